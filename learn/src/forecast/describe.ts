import type { SeriesSet } from '../series.js';
import type { ForecastRecipe } from './forecaster.js';
import { surroundings, trimmed } from './local/fit-series.js';
import type { LocalMethod, Parts } from './local/local-method.js';
import { keepBetween } from './local/local.js';
import type { Combining } from './choice/combine.js';
import { combinationOf, localOf } from './recipe.js';
import { countKnown, meanKnown, medianKnown } from './series/statistics.js';

/** One series as one local recipe sees it, or a combination of such. */
export interface SeriesDescription {
  forecast: Float64Array;
  /** Named parts of the forecast, each as long as the horizon; they sum to it. */
  parts: Parts;
  /** Forecasts one step ahead within the series, from its first known value; `NaN` where none. */
  fitted: Float64Array;
  /** Mean squared error one step ahead; `NaN` when no step could be judged. */
  variance: number;
  /** Known values, and gaps between the first and the last of them. */
  points: number;
  missing: number;
  /** What answered when the series could not carry the method, and why. */
  usedInstead: string | undefined;
}

/**
 * Fits a local recipe, or a combination of such, to one series and takes its forecast apart. Parts
 * of a combination are those of its members: their mean, or of the middle ones of each step.
 * @throws RangeError when the recipe is not local to one series, or the series has no known value
 */
export function describeSeries(
  recipe: ForecastRecipe,
  set: SeriesSet,
  index: number,
  horizon: number,
): SeriesDescription {
  const combined = combinationOf(recipe);
  if (combined === undefined) return describeLocal(recipe, set, index, horizon);
  const each = combined.members.map((member) => describeSeries(member, set, index, horizon));
  const values = trimmed(set, index).values;
  return describeCombination(each, combined, values);
}

function describeCombination(
  each: readonly SeriesDescription[],
  { members, how }: { members: readonly ForecastRecipe[]; how: Combining },
  values: Float64Array,
): SeriesDescription {
  const joint = how === 'mean' ? meanKnown : medianKnown;
  const [first] = each;
  const forecast = first!.forecast.map((_, h) => joint(each.map((one) => one.forecast[h]!)));
  const fitted = first!.fitted.map((_, t) => joint(each.map((one) => one.fitted[t]!)));
  const parts: Parts = {};
  for (let h = 0; h < forecast.length; h++) {
    const served = servedAt(each, how, h);
    for (const one of served)
      for (const [name, part] of Object.entries(one.parts))
        (parts[name] ??= new Float64Array(forecast.length))[h]! += part[h]! / served.length;
  }
  const instead = each.flatMap(({ usedInstead }, m) =>
    usedInstead === undefined ? [] : [`${members[m]!.kind}: ${usedInstead}`],
  );
  return {
    forecast,
    parts,
    fitted,
    variance: meanSquare(values, fitted),
    points: first!.points,
    missing: first!.missing,
    usedInstead: instead.length > 0 ? instead.join('; ') : undefined,
  };
}

/** The members whose mean is the forecast of a step. */
function servedAt(each: readonly SeriesDescription[], how: Combining, step: number) {
  const known = each.filter(({ forecast }) => !Number.isNaN(forecast[step]!));
  if (how === 'mean') return known;
  known.sort((a, b) => a.forecast[step]! - b.forecast[step]!);
  return known.slice(Math.floor((known.length - 1) / 2), Math.floor(known.length / 2) + 1);
}

function describeLocal(
  recipe: ForecastRecipe,
  set: SeriesSet,
  index: number,
  horizon: number,
): SeriesDescription {
  const { method, options } = localOf(recipe);
  const { values, start } = trimmed(set, index);
  if (values.length === 0)
    throw new RangeError(`series ${set.keys[index]} has no known value to describe`);
  const { period } = set;
  const around = surroundings(set, index, start);
  const parameters = method.fit(values, period, around);
  const forecast = new Float64Array(horizon);
  const parts: Parts = {};
  method.forecast(values, period, { parameters, fresh: false }, forecast, around, parts);
  if (Object.keys(parts).length === 0) parts['level'] = forecast.slice();
  const free = forecast.slice();
  keepBetween(forecast, values, options);
  if (free.some((value, h) => value !== forecast[h]))
    parts['limit'] = forecast.map((value, h) => value - free[h]!);
  const fitted = traceOf(method, values, period, parameters, around);
  const points = countKnown(values);
  return {
    forecast,
    parts,
    fitted,
    variance: meanSquare(values, fitted),
    points,
    missing: values.length - points,
    usedInstead: method.usedInstead?.(values, period, parameters),
  };
}

function traceOf(
  method: LocalMethod,
  values: Float64Array,
  period: number,
  parameters: Float64Array,
  around: ReturnType<typeof surroundings>,
): Float64Array {
  const fitted = new Float64Array(values.length).fill(NaN);
  if (method.trace !== undefined) method.trace(values, period, parameters, fitted, around);
  else
    for (let t = 1; t < values.length; t++)
      method.forecast(
        values.subarray(0, t),
        period,
        { parameters, fresh: false },
        fitted.subarray(t, t + 1),
        around,
      );
  return fitted;
}

function meanSquare(values: Float64Array, fitted: Float64Array): number {
  let squares = 0;
  let count = 0;
  for (let t = 0; t < values.length; t++) {
    const error = values[t]! - fitted[t]!;
    if (Number.isNaN(error)) continue;
    squares += error * error;
    count++;
  }
  return squares / count;
}
