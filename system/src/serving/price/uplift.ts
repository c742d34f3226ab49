import {
  differenceInDifferences,
  switchback,
  type DemandPosterior,
  type HeldOutUnit,
  type Uplift as Found,
} from '@tino/learn';
import type { HoldOut } from '../../workspace/types.js';
import { roundOf, type Arm } from './hold-out.js';
import type { Result } from './results.js';

/** Profit a week and item that suggested prices brought above prices that were kept. */
export interface Uplift {
  /** In the currency; null when it is too early to say. */
  value: number | null;
  /** 95 % interval. */
  lower: number | null;
  upper: number | null;
  /** Items, item-weeks, groups or cycles with suggested prices, and of the hold-out. */
  treated: number;
  heldOut: number;
  /** How many each group needs. */
  needed: number;
  /**
   * Weeks of one item are alike, so each item counts once; only where items are too few does each
   * week count, whose interval is narrower than it should be. A group that was drawn counts once, and
   * so does a cycle of a group.
   */
  design: 'items' | 'item-weeks' | 'groups' | 'cycles';
}

const NEEDED = 8;
const OPTIONS = { level: 0.95, groupMin: NEEDED };

interface Week {
  key: string;
  treated: boolean;
  /** Profit of the week, and what the belief of then expected of it at the old price. */
  profit: number;
  expected: number;
}

/** What suggested prices brought, by the estimator that fits how a hold-out is drawn. */
export function upliftOf(results: readonly Result[], holdOut: HoldOut): Uplift {
  if (typeof holdOut === 'number') return byItems(results);
  const { hold, by = null } = holdOut;
  // What was drawn otherwise, before the declaration changed, is no experiment of this kind.
  const drawn = results.flatMap((one) =>
    one.arm?.hold === hold && one.arm.by === by && one.cycle !== null
      ? [{ ...one, arm: one.arm, cycle: one.cycle }]
      : [],
  );
  return hold === 'groups' ? byGroups(drawn) : byCycles(drawn, holdOut.share);
}

type Drawn = Result & { arm: Arm; cycle: number };

/**
 * Difference of differences over whole groups: the profit of each beside what was expected of its items
 * before the first cycle, at the prices of then, so that what prices gained step by step adds up.
 */
function byGroups(results: readonly Drawn[]): Uplift {
  const firsts = new Map<string, Drawn>();
  for (const one of results) {
    const first = firsts.get(one.key);
    if (first === undefined || one.cycle < first.cycle) firsts.set(one.key, one);
  }
  const units = grouped(results, ({ arm }) => `${arm.held} ${arm.unit}`).map((own) => ({
    treated: !own[0]!.arm.held,
    before: aDay(own, (one) => weekOf(firsts.get(one.key)!).expected),
    after: aDay(own, (one) => weekOf(one).profit),
  }));
  return said(differenceInDifferences(units, OPTIONS), 'groups');
}

/**
 * Switchback: a cycle in which prices could move beside one in which they stayed where the cycle before
 * had left them, each against what was expected at those prices: what a cycle of moves brings. Cycles
 * compare inside the round that they were drawn in, so that no trend passes for chance or effect.
 */
function byCycles(results: readonly Drawn[], share: number): Uplift {
  const blocks = grouped(results, ({ arm, cycle }) => `${cycle} ${arm.held} ${arm.unit}`);
  const periods = blocks.map((own) => ({
    unit: `${own[0]!.arm.unit} ${roundOf(own[0]!.cycle, share)}`,
    block: own[0]!.cycle,
    treated: !own[0]!.arm.held,
    outcome: aDay(own, (one) => weekOf(one).profit - weekOf(one).expected),
    age: 0,
  }));
  return said(switchback(periods, OPTIONS), 'cycles');
}

const said = (found: Found, design: Uplift['design']): Uplift => ({
  value: found.value,
  lower: found.value === null ? null : found.lower,
  upper: found.value === null ? null : found.upper,
  treated: found.treated,
  heldOut: found.control,
  needed: NEEDED,
  design,
});

/** Mean over the days of all results. */
function aDay(results: readonly Drawn[], valueOf: (one: Drawn) => number): number {
  const days = results.reduce((sum, one) => sum + one.days, 0);
  return results.reduce((sum, one) => sum + one.days * valueOf(one), 0) / days;
}

/**
 * Difference of differences: each result against what was expected of that item at its old price, and
 * the items with a suggested price against those of the hold-out, which were drawn by their key.
 */
function byItems(results: readonly Result[]): Uplift {
  const weeks = results.filter(({ state, arm }) => arm === null && state !== 'shadow').map(weekOf);
  const items = unitsOf(weeks);
  const answer = differenceInDifferences(items, OPTIONS);
  if (answer.value === null) return byWeeks(weeks);
  return said(answer, 'items');
}

function weekOf({ key, state, price, units, days, cost, current, posterior }: Result): Week {
  const profit = (units / days) * 7 * (price - cost);
  const expected = expectedUnits(posterior, current) * 7 * (current - cost);
  return { key, treated: state === 'applied', profit, expected };
}

/** Each item once: what it brought a week, and what was expected. */
function unitsOf(weeks: readonly Week[]): HeldOutUnit[] {
  return grouped(weeks, ({ treated, key }) => `${treated} ${key}`).map((own) => ({
    treated: own[0]!.treated,
    before: moments(own.map(({ expected }) => expected)).mean,
    after: moments(own.map(({ profit }) => profit)).mean,
  }));
}

function grouped<T>(rows: readonly T[], idOf: (row: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const own = groups.get(idOf(row));
    if (own === undefined) groups.set(idOf(row), [row]);
    else own.push(row);
  }
  return [...groups.values()];
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
