import type { Effects } from '../estimator.js';
import { seriesValues, type SeriesSet } from '../series.js';
import type { Forecaster, ForecastRecipe } from './forecaster.js';
import { firstKnown } from './missing.js';
import { withoutTail } from './panel.js';
import type { HeldOutForecasts } from './stack.js';
import { changeOf, countKnown, scaleOf } from './statistics.js';

export interface HoldOutPlan {
  horizon: number;
  origins: number;
  make: (recipe: ForecastRecipe) => Forecaster;
}

// What is left of a series must be able to say something of itself.
const POINTS_LEFT_MIN = 4;

/**
 * What each member would have said of the last windows of every series, fitted on what came before:
 * each series is cut at its own end. After a stop no further member is tried; the first always is.
 */
export async function holdOut(
  set: SeriesSet,
  recipes: readonly ForecastRecipe[],
  { horizon, origins, make }: HoldOutPlan,
  effects: Effects,
): Promise<{ tried: ForecastRecipe[]; held: HeldOutForecasts }> {
  const series = set.keys.length;
  const cells = series * origins;
  const actual = new Float64Array(cells * horizon).fill(NaN);
  const cuts = Array.from({ length: origins }, (_, o) => withoutTail(set, (o + 1) * horizon));
  cuts.forEach((cut, o) => {
    for (let k = 0; k < series; k++) {
      const left = seriesValues(cut, k);
      const all = seriesValues(set, k);
      if (countKnown(left) < POINTS_LEFT_MIN || losesSeason(all, left, set.period)) continue;
      const after = all.subarray(left.length, left.length + horizon);
      actual.set(after, (k * origins + o) * horizon);
    }
  });
  const tried: ForecastRecipe[] = [];
  const predicted: Float64Array[] = [];
  for (const [m, recipe] of recipes.entries()) {
    if (m > 0 && effects.stop?.stopped === true) break;
    const said = new Float64Array(cells * horizon);
    for (const [o, cut] of cuts.entries()) {
      const model = await make(recipe).fit(cut, {
        ...effects,
        rng: effects.rng.fork(`held out ${m} ${o}`),
        progress: (done) =>
          effects.progress?.((m * origins + o + done) / recipes.length / origins / 2),
      });
      const out = new Float64Array(series * horizon);
      model.forecast(cut, horizon, out);
      for (let k = 0; k < series; k++)
        said.set(out.subarray(k * horizon, (k + 1) * horizon), (k * origins + o) * horizon);
    }
    tried.push(recipe);
    predicted.push(said);
  }
  const held = { series, origins, horizon, actual, predicted };
  return { tried, held: { ...held, weights: windowWeights(cuts, held) } };
}

/**
 * Whether a series knows a whole season and what is left of it does not: the seasonal naive forecast
 * is then the naive one, and nothing that is judged there is what would be served.
 */
function losesSeason(all: Float64Array, left: Float64Array, period: number): boolean {
  const first = firstKnown(all);
  return all.length - first >= period && left.length - first < period;
}

/**
 * Half by the size of a series and half by its seasonal naive error in the past, each in units of
 * what the first member loses on average: as OWA joins sMAPE and MASE (M4).
 */
function windowWeights(
  cuts: readonly SeriesSet[],
  { series, origins, horizon, actual, predicted }: Omit<HeldOutForecasts, 'weights'>,
): Float64Array {
  const bySize = new Float64Array(series * origins).fill(NaN);
  const byChange = bySize.slice();
  const totals = { size: 0, change: 0, count: 0 };
  for (let k = 0; k < series; k++)
    cuts.forEach((cut, o) => {
      const cell = k * origins + o;
      const known = seriesValues(cut, k);
      bySize[cell] = 1 / scaleOf(known);
      byChange[cell] = 1 / changeOf(known, cut.period);
      let [sum, count] = [0, 0];
      for (let i = cell * horizon; i < (cell + 1) * horizon; i++) {
        const error = Math.abs(predicted[0]![i]! - actual[i]!);
        if (Number.isNaN(error)) continue;
        sum += error;
        count++;
      }
      if (count === 0 || !Number.isFinite(byChange[cell]!)) return;
      totals.size += (sum / count) * bySize[cell]!;
      totals.change += (sum / count) * byChange[cell]!;
      totals.count++;
    });
  return bySize.map((size, cell) => {
    const change = byChange[cell]!;
    // A series that never changed has a size alone.
    if (!Number.isFinite(change) || totals.change === 0) return size;
    return ((size * totals.count) / totals.size + (change * totals.count) / totals.change) / 2;
  });
}
