import { encodeArtifact, type Artifact } from '../../artifact.js';
import { checkOutput, type Forecaster, type ForecastModel } from '../forecaster.js';
import { meanKnown, medianKnown } from '../series/statistics.js';

/**
 * `median`: no member can spoil it (Petropoulos and Svetunkov, 2020). `mean`: where all are sound,
 * a little better.
 */
export type Combining = 'median' | 'mean';

/** What a combination is made of, for the next fit to take over. */
const membersOf = new WeakMap<ForecastModel, readonly ForecastModel[]>();

/** Several forecasts as one, step by step. A member without an answer is left out of its step. */
export function combination(members: readonly Forecaster[], how: Combining = 'median'): Forecaster {
  if (how !== 'median' && how !== 'mean')
    throw new Error(`a combination is by ${String(how)}, expected median or mean`);
  if (members.length === 0) throw new Error('a combination needs at least one member');
  return {
    async fit(set, effects, previous) {
      const before = (previous && membersOf.get(previous)) ?? [];
      const models: ForecastModel[] = [];
      for (const [i, member] of members.entries())
        models.push(
          await member.fit(
            set,
            {
              ...effects,
              rng: effects.rng.fork(`member ${i}`),
              progress: (done) => effects.progress?.((i + done) / members.length),
            },
            before[i],
          ),
        );
      return combined(models, how);
    },
  };
}

export function loadCombination(
  artifact: Artifact,
  load: (bytes: Uint8Array) => ForecastModel,
): ForecastModel {
  const models = Object.values(artifact.sections).map((section) => load(section as Uint8Array));
  // Files of before there was a choice are medians.
  return combined(models, (artifact.meta['how'] ?? 'median') as Combining);
}

function combined(models: readonly ForecastModel[], how: Combining): ForecastModel {
  const joint = how === 'mean' ? meanKnown : medianKnown;
  const model: ForecastModel = {
    kind: 'combination',
    failures: models.flatMap(({ failures }) => failures ?? []),
    forecast(history, horizon, out) {
      checkOutput(history, horizon, out);
      const each = models.map((model) => {
        const one = new Float64Array(out.length);
        model.forecast(history, horizon, one);
        return one;
      });
      for (let i = 0; i < out.length; i++) out[i] = joint(each.map((one) => one[i]!));
    },
    bytes: () =>
      encodeArtifact({
        kind: 'combination',
        meta: { how },
        sections: Object.fromEntries(models.map((model, i) => [`member${i}`, model.bytes()])),
      }),
  };
  membersOf.set(model, models);
  return model;
}
