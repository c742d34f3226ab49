import { encodeArtifact, type Artifact } from '../artifact.js';
import { checkOutput, type Forecaster, type ForecastModel } from './forecaster.js';
import { medianKnown } from './statistics.js';

/**
 * The median of several forecasts, step by step: hard to beat, and no member can spoil it
 * (Petropoulos and Svetunkov, 2020).
 */
export function combination(members: readonly Forecaster[]): Forecaster {
  if (members.length === 0) throw new Error('a combination needs at least one member');
  return {
    async fit(set, effects) {
      const models: ForecastModel[] = [];
      for (const [i, member] of members.entries())
        models.push(
          await member.fit(set, {
            ...effects,
            rng: effects.rng.fork(`member ${i}`),
            progress: (done) => effects.progress?.((i + done) / members.length),
          }),
        );
      return combined(models);
    },
  };
}

export function loadCombination(
  artifact: Artifact,
  load: (bytes: Uint8Array) => ForecastModel,
): ForecastModel {
  return combined(Object.values(artifact.sections).map((section) => load(section as Uint8Array)));
}

function combined(models: readonly ForecastModel[]): ForecastModel {
  return {
    kind: 'combination',
    forecast(history, horizon, out) {
      checkOutput(history, horizon, out);
      const each = models.map((model) => {
        const one = new Float64Array(out.length);
        model.forecast(history, horizon, one);
        return one;
      });
      for (let i = 0; i < out.length; i++) out[i] = medianKnown(each.map((one) => one[i]!));
    },
    bytes: () =>
      encodeArtifact({
        kind: 'combination',
        meta: {},
        sections: Object.fromEntries(models.map((model, i) => [`member${i}`, model.bytes()])),
      }),
  };
}
