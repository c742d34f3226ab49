import type { Backtest } from './backtest.js';

/** Which windows of a backtest speak of the same steps: such windows are no two pieces of evidence. */
export interface Overlap {
  overlaps(origin: number, other: number): boolean;
  /** Share of a window that it has for itself, 0..1: 1 where none overlap. */
  apart: number;
}

export function overlapOf({
  origins,
  horizon,
  span = horizon,
}: Pick<Backtest, 'origins' | 'horizon' | 'span'>): Overlap {
  const gaps = origins.length - 1;
  const step = gaps > 0 ? (origins[gaps]! - origins[0]!) / gaps : span;
  return {
    overlaps: (a, b) => Math.abs(origins[a]! - origins[b]!) < span,
    apart: Math.min(1, step / span),
  };
}
