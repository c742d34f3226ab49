import type { Forecast } from '@tino/system/contract';
import { timeOf } from './time-ticks.js';

export interface SeriesPoint {
  at: string;
  time: number;
  value: number;
  bands: { level: number; lower: number; upper: number }[];
}

export interface Series {
  history: { at: string; time: number; value: number | null }[];
  points: SeriesPoint[];
  /** The same steps 52 weeks before, where the history reaches. */
  reference: { at: string; time: number; value: number }[];
}

const YEAR_MS = 364 * 86_400_000;

/** A forecast as its figure draws it: the last `historyMax` measured steps, then the predicted. */
export function seriesOf(forecast: Forecast, historyMax = 62): Series {
  const all = forecast.history.map((point) => ({ ...point, time: timeOf(point.at) }));
  const points = forecast.points.map(({ at, value, intervals }) => ({
    at,
    time: timeOf(at),
    value,
    bands: intervals.toSorted((a, b) => b.level - a.level),
  }));
  const measured = new Map(all.map(({ time, value }) => [time, value]));
  const reference = points.flatMap(({ at, time }) => {
    const value = measured.get(time - YEAR_MS);
    return value === undefined || value === null ? [] : [{ at, time, value }];
  });
  return { history: all.slice(-historyMax), points, reference };
}

/** Least and most of everything drawn, with a little air; zero is not forced. */
export function extentOf(
  { history, points, reference }: Series,
  withReference: boolean,
): [number, number] {
  const values = [
    ...history.flatMap(({ value }) => (value === null ? [] : [value])),
    ...points.flatMap(({ value, bands }) => [
      value,
      ...bands.flatMap(({ lower, upper }) => [lower, upper]),
    ]),
    ...(withReference ? reference.map(({ value }) => value) : []),
  ];
  if (values.length === 0) return [0, 1];
  const least = Math.min(...values);
  const most = Math.max(...values);
  const air = (most - least || Math.abs(most) || 1) * 0.06;
  return [least >= 0 ? Math.max(0, least - air) : least - air, most + air];
}
