import type { Effects } from '../../estimator.js';
import type { SeriesSet } from '../../series.js';
import { BASELINE } from './auto-members.js';
import type { Backtest } from './backtest.js';
import { shrinkDifferences } from './choose.js';
import type { Forecaster, ForecastRecipe, MemberWeight } from '../forecaster.js';
import { holdOut, type HoldOutPlan } from './hold-out.js';
import { lastKnown } from '../series/missing.js';
import { stack, type HeldOutForecasts, type Joining } from './stack.js';
import { changeOf, meanKnown } from '../series/statistics.js';

interface Weighing {
  plan: HoldOutPlan;
  make: (recipe: ForecastRecipe) => Forecaster;
  effects: Effects;
}

/** What each member has in the forecasts of `auto`. */
export interface Weights {
  how: Joining;
  members: MemberWeight[];
  /** Of series never judged. */
  pooled: Float64Array;
  /** Rows are series in the order of `keys`, columns members. */
  own: Float64Array;
  keys: readonly string[];
  /** Of a fit of its own; absent from files. */
  heldOut?: Backtest;
}

/**
 * Parts of the members by held-out windows, the seasonal naive forecast among them; equal parts
 * when no window can be judged.
 */
export async function weigh(
  set: SeriesSet,
  recipes: readonly ForecastRecipe[],
  { plan, make, effects }: Weighing,
): Promise<Weights> {
  const { tried, held } = await holdOut(set, withBaseline(recipes), plan, make, effects);
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
  { origins, horizon, step, actual, predicted }: HeldOutForecasts,
  baseline: Float64Array,
  isBaseline: Uint8Array,
): Backtest {
  const out = {
    actual: new Float64Array(actual.length),
    predicted: new Float64Array(actual.length),
    current: new Float64Array(keys.length * origins),
    scales: new Float64Array(keys.length * origins),
    steps: new Float64Array(keys.length * origins),
  };
  const now = { scalesNow: new Float64Array(keys.length), stepsNow: new Float64Array(keys.length) };
  keys.forEach((_, k) => {
    const values = set.values.subarray(set.offsets[k], set.offsets[k + 1]);
    now.scalesNow[k] = changeOf(values, set.period);
    now.stepsNow[k] = changeOf(values, 1);
    for (let o = 0; o < origins; o++) {
      const from = (k * origins + o) * horizon;
      const cell = k * origins + origins - 1 - o;
      out.actual.set(actual.subarray(from, from + horizon), cell * horizon);
      const said = isBaseline[k] === 1 ? baseline : predicted[0]!;
      out.predicted.set(said.subarray(from, from + horizon), cell * horizon);
      const known = values.subarray(0, Math.max(0, values.length - horizon - o * step));
      out.current[cell] = known[lastKnown(known)] ?? NaN;
      out.scales[cell] = changeOf(known, set.period);
      out.steps[cell] = changeOf(known, 1);
    }
  });
  const ends = Int32Array.from({ length: origins }, (_, o) => -horizon - (origins - 1 - o) * step);
  return { keys, horizon, origins: ends, ...out, ...now };
}

/**
 * Whom the seasonal naive forecast, the first member, serves better than all members joined, by more
 * than one standard error. Windows that overlap tell less than as many that do not.
 */
function servedByBaseline(
  joined: Float64Array,
  baseline: Float64Array,
  { series, origins, horizon, step }: HeldOutForecasts,
) {
  const apart = Math.min(1, step / horizon);
  const keys = Array.from({ length: series });
  const { mean, deviation } = shrinkDifferences(
    joined,
    baseline,
    { keys, origins: { length: origins } },
    apart,
  );
  const judged = joined.map((loss, cell) => loss - baseline[cell]!).filter((d) => !Number.isNaN(d));
  const overall = meanKnown(judged);
  const squares = judged.reduce((sum, difference) => sum + (difference - overall) ** 2, 0);
  return {
    each: Uint8Array.from(mean, (difference, k) => Number(difference > deviation[k]!)),
    all: overall > Math.sqrt(squares / apart) / judged.length,
  };
}

const isBaseline = ({ kind, params }: ForecastRecipe) =>
  kind === BASELINE.kind && Object.keys(params).length === 0;

const withBaseline = (recipes: readonly ForecastRecipe[]): ForecastRecipe[] => [
  BASELINE,
  ...recipes.filter((recipe) => !isBaseline(recipe)),
];
