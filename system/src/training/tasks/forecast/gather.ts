import { regularise, type Availability, type Hygiene } from '@tino/learn';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import { dayOf, stepIndex, weekStartOf } from './steps.js';

export interface Point {
  key: string;
  /** Local moment: 'YYYY-MM-DD' or 'YYYY-MM-DD HH:MM:SS'. */
  at: string;
  value: number;
  /** For `mean`: the quantity behind the value. */
  weight: number;
  /** Share of the moment in which it could be sold, 0 to 1; absent: nothing is said of it. */
  available?: number;
}

interface Gathered {
  series: { key: string; start: number; values: Float64Array; hygiene: Hygiene }[];
  /** The last whole step that anything is known of; every series is padded to it. */
  end: number;
  /** What was odd, counted over all series. */
  hygiene: Hygiene;
}

/**
 * Lays points on the steps of the calendar before step `before`. A step without points is 0 for
 * `sum` and missing for `mean` and `last`; a step in which it could not be sold is missing for all.
 * Series begin at their first point and all end together.
 */
export function gather(
  points: readonly Point[],
  options: Pick<
    ForecastDeclaration,
    'step' | 'weekStarts' | 'how' | 'leadingZeros' | 'duplicates'
  > & {
    before: number;
  },
): Gathered {
  const { step, how, before, leadingZeros = 'keep', duplicates = 'keep' } = options;
  const byKey = new Map<string, { time: number; value: number; weight: number }[]>();
  const availability = new Map<string, Availability[]>();
  let unknown = 0;
  let until = -Infinity;
  let end = -Infinity;
  for (const { key, at, value, weight, available } of points) {
    const index = stepIndex(at, options);
    if (index >= before) continue;
    const time = dayOf(at);
    if (available !== undefined) {
      const said = availability.get(key) ?? [];
      availability.set(key, said);
      said.push({ time, available });
    }
    if (Number.isNaN(value)) {
      unknown++;
      continue;
    }
    until = Math.max(until, time);
    end = Math.max(end, index);
    const own = byKey.get(key);
    if (own === undefined) byKey.set(key, [{ time, value, weight }]);
    else own.push({ time, value, weight });
  }
  if (byKey.size === 0) return { series: [], end: before - 1, hygiene: totalOf([], unknown) };
  const empty = how === 'sum' ? ('zero' as const) : ('missing' as const);
  const series = [...byKey].map(([key, own]) => ({
    key,
    ...regularise(own, {
      step,
      weekStart: weekStartOf(options),
      how,
      empty,
      until,
      leadingZeros,
      duplicates,
      availability: availability.get(key) ?? [],
    }),
  }));
  return {
    series,
    end,
    hygiene: totalOf(
      series.map(({ hygiene }) => hygiene),
      unknown,
    ),
  };
}

/** @param unknown points without a value, which never came to a series */
function totalOf(all: readonly Hygiene[], unknown: number): Hygiene {
  const total = { points: unknown, unknown, gaps: 0, duplicates: 0, leadingZeros: 0, censored: 0 };
  const names = Object.keys(total) as (keyof Hygiene)[];
  for (const one of all) for (const name of names) total[name] += one[name];
  return total;
}
