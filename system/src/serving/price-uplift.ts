import type { DemandPosterior } from '@tino/learn';
import type { Queryable } from '../store/state.js';
import type { OutcomeDetail } from './price-learning.js';

/** Profit a week and item that suggested prices brought above the items that kept theirs. */
export interface Uplift {
  /** In the currency; null when it is too early to say. */
  value: number | null;
  /** 95 % interval. */
  lower: number | null;
  upper: number | null;
  /** Item-weeks with a suggested price, and of the hold-out. */
  treated: number;
  heldOut: number;
  /** Item-weeks that each group needs. */
  needed: number;
}

const NEEDED = 8;

/**
 * Difference of differences: each outcome against what was expected of that item at its old price,
 * and the items with a suggested price against those of the hold-out; Welch's interval.
 */
export async function upliftOf(
  state: Queryable,
  model: string,
  visible: (key: string) => boolean,
): Promise<Uplift> {
  const rows = await state.query<{
    key: string;
    state: string;
    detail: OutcomeDetail;
    cost: number;
    current: number;
    posterior: DemandPosterior | null;
  }>(
    `SELECT o.key, s.state, o.detail, (s.detail->'proposal'->>'cost')::float8 AS cost,
       s.current::float8 AS current, s.detail->'posterior' AS posterior
     FROM outcomes o JOIN suggestions s ON s.id = o.suggestion
     WHERE o.model = $1 AND s.state IN ('applied', 'hold-out')`,
    [model],
  );
  const treated: number[] = [];
  const heldOut: number[] = [];
  for (const { key, state: group, detail, cost, current, posterior } of rows) {
    if (!visible(key) || posterior === null) continue;
    const weekly = (detail.units / detail.days) * 7 * (detail.price - cost);
    const expected = expectedUnits(posterior, current) * 7 * (current - cost);
    (group === 'applied' ? treated : heldOut).push(weekly - expected);
  }
  const counts = { treated: treated.length, heldOut: heldOut.length, needed: NEEDED };
  if (treated.length < NEEDED || heldOut.length < NEEDED)
    return { value: null, lower: null, upper: null, ...counts };
  const a = moments(treated);
  const b = moments(heldOut);
  const value = a.mean - b.mean;
  const half = 1.96 * Math.sqrt(a.variance / treated.length + b.variance / heldOut.length);
  return { value, lower: value - half, upper: value + half, ...counts };
}

const expectedUnits = ({ mean, referencePrice }: DemandPosterior, price: number): number =>
  Math.exp(mean[0]! + mean[1]! * Math.log(price / referencePrice));

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) };
}
