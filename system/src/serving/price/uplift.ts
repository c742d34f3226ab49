import { differenceInDifferences, type DemandPosterior, type HeldOutUnit } from '@tino/learn';
import type { Result } from './results.js';

/** Profit a week and item that suggested prices brought above the items that kept theirs. */
export interface Uplift {
  /** In the currency; null when it is too early to say. */
  value: number | null;
  /** 95 % interval. */
  lower: number | null;
  upper: number | null;
  /** Items, or item-weeks, with a suggested price, and of the hold-out. */
  treated: number;
  heldOut: number;
  /** How many each group needs. */
  needed: number;
  /**
   * Weeks of one item are alike, so each item counts once; only where items are too few does each
   * week count, whose interval is narrower than it should be.
   */
  design: 'items' | 'item-weeks';
}

const NEEDED = 8;

interface Week {
  key: string;
  treated: boolean;
  /** Profit of the week, and what the belief of then expected of it at the old price. */
  profit: number;
  expected: number;
}

/**
 * Difference of differences: each result against what was expected of that item at its old price, and
 * the items with a suggested price against those of the hold-out, which were drawn by their key.
 */
export function upliftOf(results: readonly Result[]): Uplift {
  const weeks = results.filter(({ state }) => state !== 'shadow').map(weekOf);
  const items = unitsOf(weeks);
  const answer = differenceInDifferences(items, { level: 0.95, groupMin: NEEDED });
  if (answer.value === null) return byWeeks(weeks);
  const { value, lower, upper, treated, control } = answer;
  return { value, lower, upper, treated, heldOut: control, needed: NEEDED, design: 'items' };
}

function weekOf({ key, state, price, units, days, cost, current, posterior }: Result): Week {
  const profit = (units / days) * 7 * (price - cost);
  const expected = expectedUnits(posterior, current) * 7 * (current - cost);
  return { key, treated: state === 'applied', profit, expected };
}

/** Each item once: what it brought a week, and what was expected. */
function unitsOf(weeks: readonly Week[]): HeldOutUnit[] {
  const groups = new Map<string, Week[]>();
  for (const week of weeks) {
    const id = `${week.treated} ${week.key}`;
    groups.set(id, [...(groups.get(id) ?? []), week]);
  }
  return [...groups.values()].map((own) => ({
    treated: own[0]!.treated,
    before: moments(own.map(({ expected }) => expected)).mean,
    after: moments(own.map(({ profit }) => profit)).mean,
  }));
}

/** Every week of every item, with Welch's interval. */
function byWeeks(weeks: readonly Week[]): Uplift {
  const above = (treated: boolean) =>
    weeks.flatMap((week) => (week.treated === treated ? [week.profit - week.expected] : []));
  const treated = above(true);
  const heldOut = above(false);
  const counts = {
    treated: treated.length,
    heldOut: heldOut.length,
    needed: NEEDED,
    design: 'item-weeks' as const,
  };
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
