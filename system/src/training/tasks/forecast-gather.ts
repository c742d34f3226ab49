import { regularise } from '@tino/learn';
import type { Step } from '../../workspace/types.js';
import { dayOf, stepIndex } from './forecast-steps.js';

export interface Point {
  key: string;
  /** Local moment: 'YYYY-MM-DD' or 'YYYY-MM-DD HH:MM:SS'. */
  at: string;
  value: number;
  /** For `mean`: the quantity behind the value. */
  weight: number;
}

interface Gathered {
  series: { key: string; start: number; values: Float64Array }[];
  /** The last whole step that anything is known of; every series is padded to it. */
  end: number;
}

/**
 * Lays points on the steps of the calendar before step `before`. A step without points is 0 for
 * `sum` and missing for `mean` and `last`. Series begin at their first point and all end together.
 */
export function gather(
  points: readonly Point[],
  { step, how, before }: { step: Step; how: 'sum' | 'mean' | 'last'; before: number },
): Gathered {
  const byKey = new Map<string, { time: number; value: number; weight: number }[]>();
  let until = -Infinity;
  let end = -Infinity;
  for (const { key, at, value, weight } of points) {
    const index = stepIndex(at, step);
    if (index >= before) continue;
    const time = dayOf(at);
    until = Math.max(until, time);
    end = Math.max(end, index);
    const own = byKey.get(key);
    if (own === undefined) byKey.set(key, [{ time, value, weight }]);
    else own.push({ time, value, weight });
  }
  if (byKey.size === 0) return { series: [], end: before - 1 };
  const empty = how === 'sum' ? ('zero' as const) : ('missing' as const);
  const series = [...byKey].map(([key, own]) => ({
    key,
    ...regularise(own, { step, how, empty, until }),
  }));
  return { series, end };
}
