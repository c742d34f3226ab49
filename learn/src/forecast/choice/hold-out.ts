import type { Effects } from '../../estimator.js';
import { seriesValues, type SeriesSet } from '../../series.js';
import type { Forecaster, ForecastRecipe } from '../forecaster.js';
import { firstKnown } from '../series/missing.js';
import { withoutTail } from '../series/panel.js';
import type { HeldOutForecasts } from './stack.js';
import { changeOf, countKnown, quantileSorted, scaleOf } from '../series/statistics.js';

export interface HoldOutPlan {
  horizon: number;
  /** Fits of each member. */
  fits: number;
  /** Windows after each other that one fit forecasts, each from the history before it. */
  windows: number;
  /** Between the origins of neighbouring windows; they overlap where it is below the horizon. */
  step: number;
}

// What is left of a series must be able to say something of itself.
const POINTS_LEFT_MIN = 4;
const FITS = 2;
const WINDOWS_MAX = 3;
// Errors at a step that an interval of 95 % needs.
const ERRORS_WANTED = 20;

/**
 * Two fits, and where three of four series keep half of their history and more than a season, up to
 * three windows for each: what happened in few months alike for all series is no measure of other
 * months. Few series have more windows, which overlap: from few errors nothing follows about rare
 * ones.
 * @param origins windows with a fit each; `null` to plan them
 */
export function planHoldOut(set: SeriesSet, horizon: number, origins: number | null): HoldOutPlan {
  if (origins !== null) return { horizon, fits: origins, windows: 1, step: horizon };
  const lengths = Float64Array.from(set.keys, (_, k) => countKnown(seriesValues(set, k))).sort();
  const known = lengths.length > 0 ? quantileSorted(lengths, 0.25) : 0;
  // What a fit has seen of how one season follows the last is what it can be judged by.
  const seasoned = set.period > 1 ? known - set.period - horizon : known;
  const spare = Math.floor(Math.max(0, Math.min(known / 2, seasoned)));
  const apart = Math.min(WINDOWS_MAX, Math.floor(spare / FITS / horizon));
  const wanted = Math.ceil(ERRORS_WANTED / Math.max(1, lengths.length) / FITS);
  if (wanted <= apart || spare <= FITS * horizon)
    return { horizon, fits: FITS, windows: Math.max(1, apart), step: horizon };
  const evenly = Math.floor((spare - horizon) / (FITS * wanted - 1));
  const step = Math.max(1, Math.min(horizon, evenly));
  const carried = Math.floor(((spare - horizon) / step + 1) / FITS);
  return { horizon, fits: FITS, windows: Math.min(wanted, carried), step };
}

/**
 * What each member would have said of the last windows of every series, fitted on what came before:
 * each series is cut at its own end. After a stop no further member is tried; the first always is.
 */
export async function holdOut(
  set: SeriesSet,
  recipes: readonly ForecastRecipe[],
  { horizon, fits, windows, step }: HoldOutPlan,
  make: (recipe: ForecastRecipe) => Forecaster,
  effects: Effects,
): Promise<{ tried: ForecastRecipe[]; held: HeldOutForecasts }> {
  const series = set.keys.length;
  const origins = fits * windows;
  const cells = series * origins;
  const actual = new Float64Array(cells * horizon).fill(NaN);
  const cuts = Array.from({ length: origins }, (_, o) => withoutTail(set, horizon + o * step));
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
    for (let f = 0; f < fits; f++) {
      const served = cuts.slice(f * windows, (f + 1) * windows);
      const model = await make(recipe).fit(served.at(-1)!, {
        ...effects,
        rng: effects.rng.fork(`held out ${m} ${f}`),
        progress: (done) => effects.progress?.((m * fits + f + done) / recipes.length / fits / 2),
      });
      const out = new Float64Array(series * horizon);
      for (const [w, cut] of served.entries()) {
        model.forecast(cut, horizon, out);
        const o = f * windows + w;
        for (let k = 0; k < series; k++)
          said.set(out.subarray(k * horizon, (k + 1) * horizon), (k * origins + o) * horizon);
      }
    }
    tried.push(recipe);
    predicted.push(said);
  }
  const held = { series, origins, horizon, step, actual, predicted };
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
