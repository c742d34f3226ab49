import { changeOf, type Backtest, type ForecastRecipe } from '@tino/learn';
import type { SeriesData } from './data.js';
import { saidFrom, type SayingEffects } from './said.js';
import { type Origin, valueAt, valuesOf } from './series.js';

/** Members of `now` by their place in the history of an origin; -1 where it did not exist yet. */
const placesIn = (data: SeriesData, now: SeriesData): Int32Array => {
  const place = new Map(data.set.keys.map((key, i) => [key, i]));
  return Int32Array.from(now.set.keys, (key) => place.get(key) ?? -1);
};

/**
 * Rolling origin (Tashman, 2000): from each origin one recipe forecasts `horizon` steps with the
 * history as it was known then, late corrections and promises of the future included; what happened
 * is read from `now`. A recipe is fitted at the origins that say so, on nothing after them.
 */
export async function roll(
  recipe: ForecastRecipe,
  { now, origins, horizon }: { now: SeriesData; origins: readonly Origin[]; horizon: number },
  effects: SayingEffects,
): Promise<Backtest> {
  const series = now.set.keys.length;
  const backtest = emptyBacktest(
    now.set.keys,
    origins.map(({ step }) => step),
    horizon,
  );
  const said: Float64Array[] = [];
  for (const group of byFit(origins))
    said.push(...(await saidFrom(recipe, group, horizon, effects)));
  for (const [o, { step, data }] of origins.entries()) {
    const out = said[o]!;
    const places = placesIn(data, now);
    for (let i = 0; i < series; i++) {
      const place = places[i]!;
      const cell = i * origins.length + o;
      if (place < 0 || data.cold[place]!) continue;
      backtest.predicted.set(out.subarray(place * horizon, (place + 1) * horizon), cell * horizon);
      const known = valuesOf(data.set, place);
      backtest.current[cell] = lastKnown(known);
      backtest.scales[cell] = changeOf(known, data.set.period);
      backtest.steps[cell] = changeOf(known, 1);
      for (let h = 0; h < horizon; h++)
        backtest.actual[cell * horizon + h] = valueAt(now.set, i, step + 1 + h);
    }
  }
  return backtest;
}

/** Origins from one fit to the next. */
function byFit(origins: readonly Origin[]): Origin[][] {
  const groups: Origin[][] = [];
  for (const origin of origins)
    if (origin.fits || groups.length === 0) groups.push([origin]);
    else groups.at(-1)!.push(origin);
  return groups;
}

/** Windows of which nothing is known yet. */
export function emptyBacktest(
  keys: readonly string[],
  origins: readonly number[],
  horizon: number,
): Backtest & { steps: Float64Array } {
  const cells = keys.length * origins.length;
  const nothing = (length: number) => new Float64Array(length).fill(NaN);
  return {
    keys,
    horizon,
    origins: Int32Array.from(origins),
    actual: nothing(cells * horizon),
    predicted: nothing(cells * horizon),
    current: nothing(cells),
    scales: nothing(cells),
    steps: nothing(cells),
  };
}

export function lastKnown(values: Float64Array): number {
  for (let i = values.length - 1; i >= 0; i--) if (!Number.isNaN(values[i]!)) return values[i]!;
  return NaN;
}
