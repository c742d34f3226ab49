import { encodeArtifact, type Artifact } from '../artifact.js';
import type { Effects } from '../estimator.js';
import { permutation, type Rng } from '../random.js';
import { seriesValues, type SeriesSet } from '../series.js';
import { BASELINE, defaultHorizon, defaultMembers } from './auto-members.js';
import type { Backtest } from './backtest.js';
import { shrinkDifferences } from './choose.js';
import {
  checkOutput,
  type Forecaster,
  type ForecastModel,
  type ForecastRecipe,
  type MemberWeight,
} from './forecaster.js';
import { holdOut } from './hold-out.js';
import { indexKeys } from './key-places.js';
import { keepBetween } from './local.js';
import { lastKnown } from './missing.js';
import { takeSeries } from './panel.js';
import { changeOf } from './statistics.js';
import { joiner, stack, type HeldOutForecasts, type Joining } from './stack.js';

export interface AutoParams {
  /** Steps that will be asked for; `null` by the period. */
  horizon: number | null;
  /** Windows held out at the end of each series. */
  origins: number;
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

interface AutoState {
  how: Joining;
  models: ForecastModel[];
  members: MemberWeight[];
  /** Of series never judged. */
  pooled: Float64Array;
  /** Rows are series by `indexOf`, columns members. */
  own: Float64Array;
  keys: readonly string[];
  /** Of a fit of its own; absent from files. */
  heldOut?: Backtest;
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
      const weighed = await weigh(sample, withBaseline(recipes), {
        horizon,
        params,
        make,
        effects,
      });
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

const isBaseline = ({ kind, params }: ForecastRecipe) =>
  kind === BASELINE.kind && Object.keys(params).length === 0;

const withBaseline = (recipes: readonly ForecastRecipe[]): ForecastRecipe[] => [
  BASELINE,
  ...recipes.filter((recipe) => !isBaseline(recipe)),
];

function sampled(set: SeriesSet, most: number, rng: Rng): SeriesSet {
  if (set.keys.length <= most) return set;
  return takeSeries(
    set,
    permutation(set.keys.length, rng.fork('sample')).subarray(0, most).toSorted(),
  );
}

interface Weighing {
  horizon: number;
  params: AutoParams;
  make: (recipe: ForecastRecipe) => Forecaster;
  effects: Effects;
}

type Weighed = Omit<AutoState, 'models' | 'indexOf' | 'floor' | 'ceiling'>;

/** Parts of the members by held-out windows; equal parts when no window can be judged. */
async function weigh(
  set: SeriesSet,
  recipes: readonly ForecastRecipe[],
  { horizon, params, make, effects }: Weighing,
): Promise<Weighed> {
  const { tried, held } = await holdOut(
    set,
    recipes,
    { horizon, origins: params.origins, make },
    effects,
  );
  const { how, pooled, own, losses, windows, joined, predicted } = stack(held);
  const served = servedByBaseline(joined, windows[0]!, held);
  for (let k = 0; k < held.series; k++)
    if (served.each[k] === 1)
      own
        .fill(0, k * tried.length, (k + 1) * tried.length)
        .fill(1, k * tried.length, k * tried.length + 1);
  if (served.all) pooled.fill(0).fill(1, 0, 1);
  const members = tried.map((recipe, m): MemberWeight => {
    let weight = 0;
    for (let k = 0; k < held.series; k++) weight += own[k * tried.length + m]! / held.series;
    const loss = losses[m]! / losses[0]!;
    return { recipe, weight, loss: Number.isNaN(loss) ? null : loss };
  });
  const heldOut = oldestFirst(
    set,
    { ...held, predicted: [predicted] },
    held.predicted[0]!,
    served.each,
  );
  return { how, members, pooled, own, keys: set.keys, heldOut };
}

/** What would have been served from each origin, as a backtest: what intervals are learned from. */
function oldestFirst(
  { keys, ...set }: SeriesSet,
  { origins, horizon, actual, predicted }: HeldOutForecasts,
  baseline: Float64Array,
  isBaseline: Uint8Array,
): Backtest {
  const out = {
    actual: new Float64Array(actual.length),
    predicted: new Float64Array(actual.length),
    current: new Float64Array(keys.length * origins),
    scales: new Float64Array(keys.length * origins),
  };
  const scalesNow = new Float64Array(keys.length);
  keys.forEach((_, k) => {
    const values = set.values.subarray(set.offsets[k], set.offsets[k + 1]);
    scalesNow[k] = changeOf(values, set.period);
    for (let o = 0; o < origins; o++) {
      const from = (k * origins + o) * horizon;
      const cell = k * origins + origins - 1 - o;
      out.actual.set(actual.subarray(from, from + horizon), cell * horizon);
      const said = isBaseline[k] === 1 ? baseline : predicted[0]!;
      out.predicted.set(said.subarray(from, from + horizon), cell * horizon);
      const known = values.subarray(0, Math.max(0, values.length - (o + 1) * horizon));
      out.current[cell] = known[lastKnown(known)] ?? NaN;
      out.scales[cell] = changeOf(known, set.period);
    }
  });
  const ends = Int32Array.from({ length: origins }, (_, o) => -(origins - o) * horizon);
  return { keys, horizon, origins: ends, ...out, scalesNow };
}

/** Whom the seasonal naive forecast, the first member, serves better than all members joined. */
function servedByBaseline(
  joined: Float64Array,
  baseline: Float64Array,
  { series, origins }: { series: number; origins: number },
) {
  const keys = Array.from({ length: series });
  const { mean } = shrinkDifferences(joined, baseline, { keys, origins: { length: origins } });
  const judged = joined.map((loss, cell) => loss - baseline[cell]!).filter((d) => !Number.isNaN(d));
  return {
    each: Uint8Array.from(mean, (difference) => Number(difference > 0)),
    all: judged.reduce((sum, difference) => sum + difference, 0) > 0,
  };
}

/** Fits what has a part on all series, the largest part first. */
async function fitMembers(
  set: SeriesSet,
  weighed: Weighed,
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
