import { encodeArtifact, type Artifact } from '../../artifact.js';
import type { Effects } from '../../estimator.js';
import { permutation, type Rng } from '../../random.js';
import { seriesValues, type SeriesSet } from '../../series.js';
import { defaultHorizon, defaultMembers } from './auto-members.js';
import { weigh, type Weights } from './auto-weights.js';
import {
  checkOutput,
  type Forecaster,
  type ForecastModel,
  type ForecastRecipe,
} from '../forecaster.js';
import { planHoldOut } from './hold-out.js';
import { indexKeys } from '../series/key-places.js';
import { keepBetween } from '../local/local.js';
import { takeSeries } from '../series/panel.js';
import { joiner, type Joining } from './stack.js';

export interface AutoParams {
  /** Steps that will be asked for; `null` by the period. */
  horizon: number | null;
  /** Windows held out at the end of each series; `null` by the length of the histories. */
  origins: number | null;
  members: ForecastRecipe[] | null;
  /** Steps of each season; `null` for that of the set. */
  periods: number[] | null;
  /** Known covariate by which global models find the same moment of a past season. */
  aligned: string | null;
  /** Series that are held out at most; the others take the pooled weights. */
  sampleMax: number;
  floor: number | 'none' | null;
  ceiling: number | null;
}

interface AutoState extends Weights {
  models: ForecastModel[];
  indexOf: ReadonlyMap<string, number>;
  floor: number | 'none' | null;
  ceiling: number | null;
}

// Members with a smaller part are left out of the last fit: they move no digit and take its time.
const WEIGHT_MIN = 0.02;
// So many series are forecast together: what members say of them is all that is held at once.
const CHUNK = 2000;

/** What a model is made of, for the next fit to take over. */
const stateOf = new WeakMap<ForecastModel, AutoState>();

/**
 * Local methods, global models and their combination, weighed by how they did on held-out windows
 * of the set itself: weights over all series, moved towards a series' own record as far as that
 * helped on windows left out. Where the combination loses to the seasonal naive forecast, as far as
 * its windows can tell from noise, the latter is served. When a stop is asked for, members not yet
 * tried are left out. A fit with a previous model keeps its weights and members: series without new
 * data are not fitted again, new ones take the pooled weights.
 */
export function auto(params: AutoParams, make: (recipe: ForecastRecipe) => Forecaster): Forecaster {
  return {
    async fit(set, effects, previous) {
      const before = previous && stateOf.get(previous);
      if (before !== undefined) return autoModel(await refit(set, before, make, effects));
      const horizon = params.horizon ?? defaultHorizon(set.period);
      const recipes = params.members ?? defaultMembers(set, horizon, params);
      const sample = sampled(set, params.sampleMax, effects.rng);
      const plan = planHoldOut(sample, horizon, params.origins);
      const weighed = await weigh(sample, recipes, { plan, make, effects });
      const fitted = await fitMembers(set, weighed, make, effects);
      return autoModel({ ...fitted, floor: params.floor, ceiling: params.ceiling });
    },
  };
}

async function refit(
  set: SeriesSet,
  before: AutoState,
  make: (recipe: ForecastRecipe) => Forecaster,
  effects: Effects,
): Promise<AutoState> {
  const models: ForecastModel[] = [];
  for (const [m, { recipe }] of before.members.entries()) {
    const rng = effects.rng.fork(`member ${m}`);
    const progress = (done: number) => effects.progress?.((m + done) / before.members.length);
    models.push(await make(recipe).fit(set, { ...effects, rng, progress }, before.models[m]));
  }
  return { ...before, models };
}

export function loadAuto(
  { meta, sections }: Artifact,
  load: (bytes: Uint8Array) => ForecastModel,
): ForecastModel {
  const { how, members, keys, floor, ceiling } = meta as unknown as AutoState;
  return autoModel({
    how,
    members,
    keys,
    floor,
    ceiling,
    models: members.map((_, m) => load(sections[`member${m}`] as Uint8Array)),
    pooled: sections['pooled'] as Float64Array,
    own: sections['own'] as Float64Array,
    indexOf: indexKeys(keys),
  });
}

function sampled(set: SeriesSet, most: number, rng: Rng): SeriesSet {
  if (set.keys.length <= most) return set;
  return takeSeries(
    set,
    permutation(set.keys.length, rng.fork('sample')).subarray(0, most).toSorted(),
  );
}

/** Fits what has a part on all series, the largest part first. */
async function fitMembers(
  set: SeriesSet,
  weighed: Weights,
  make: (recipe: ForecastRecipe) => Forecaster,
  effects: Effects,
): Promise<Omit<AutoState, 'floor' | 'ceiling'>> {
  const { members, own, pooled, keys } = weighed;
  const order = members
    .map((_, m) => m)
    .filter((m) => members[m]!.weight >= WEIGHT_MIN || pooled[m]! >= WEIGHT_MIN)
    .sort((a, b) => members[b]!.weight - members[a]!.weight || a - b);
  const models: ForecastModel[] = [];
  for (const m of order) {
    if (models.length > 0 && effects.stop?.stopped === true) break;
    const rng = effects.rng.fork(`member ${m}`);
    const progress = (done: number) =>
      effects.progress?.(0.5 + (models.length + done) / order.length / 2);
    models.push(await make(members[m]!.recipe).fit(set, { ...effects, rng, progress }));
  }
  const kept = order.slice(0, models.length);
  const width = members.length;
  const take = (from: Float64Array, row: number) =>
    normalised(Float64Array.from(kept, (m) => from[row * width + m]!));
  const ownKept = new Float64Array(keys.length * kept.length);
  keys.forEach((_, k) => ownKept.set(take(own, k), k * kept.length));
  return {
    ...weighed,
    models,
    members: kept.map((m) => members[m]!),
    pooled: take(pooled, 0),
    own: ownKept,
    indexOf: indexKeys(keys),
  };
}

/** Weights that sum to 1; where none is left, the same for all. */
function normalised(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total > 0
    ? weights.map((weight) => weight / total)
    : weights.fill(1 / Math.max(1, weights.length));
}

function autoModel(state: AutoState): ForecastModel {
  const { how, models, members, keys, pooled, own, floor, ceiling } = state;
  const width = models.length;
  const weightsOf = (key: string) => {
    const row = state.indexOf.get(key);
    return row === undefined ? pooled : own.subarray(row * width, (row + 1) * width);
  };
  const model: ForecastModel = {
    kind: 'auto',
    ...(state.heldOut && { heldOut: state.heldOut }),
    failures: models.flatMap(({ failures }) => failures ?? []),
    members: (key) => {
      const weights = key === undefined ? null : weightsOf(key);
      return members.map((member, m) => ({ ...member, weight: weights?.[m] ?? member.weight }));
    },
    forecast(history, horizon, out) {
      checkOutput(history, horizon, out);
      for (let from = 0; from < history.keys.length; from += CHUNK) {
        const to = Math.min(history.keys.length, from + CHUNK);
        const rows = Int32Array.from({ length: to - from }, (_, i) => from + i);
        const part = takeSeries(history, rows);
        const slot = out.subarray(from * horizon, to * horizon);
        forecastJoined(part, horizon, { how, models, weightsOf }, slot);
        for (let i = 0; i < part.keys.length; i++)
          keepBetween(slot.subarray(i * horizon, (i + 1) * horizon), seriesValues(part, i), {
            floor,
            ceiling,
          });
      }
    },
    bytes: () =>
      encodeArtifact({
        kind: 'auto',
        meta: { how, members, keys, floor, ceiling },
        sections: {
          pooled,
          own,
          ...Object.fromEntries(models.map((model, m) => [`member${m}`, model.bytes()])),
        },
      }),
  };
  stateOf.set(model, state);
  return model;
}

function forecastJoined(
  part: SeriesSet,
  horizon: number,
  {
    how,
    models,
    weightsOf,
  }: {
    how: Joining;
    models: readonly ForecastModel[];
    weightsOf: (key: string) => Float64Array;
  },
  out: Float64Array,
): void {
  const each = models.map((model) => {
    const one = new Float64Array(out.length);
    model.forecast(part, horizon, one);
    return one;
  });
  const join = joiner(how, models.length);
  for (let i = 0; i < out.length; i++) {
    const weights = weightsOf(part.keys[Math.floor(i / horizon)]!);
    out[i] = join(
      (m) => each[m]![i]!,
      (m) => weights[m]!,
    );
  }
}
