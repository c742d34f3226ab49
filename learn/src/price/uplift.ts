import { meanDifference, momentsOf } from '../insight/difference.js';
import { studentQuantile } from './student.js';

/** What a price policy brought, in the unit of the outcomes, with its interval. */
export type Uplift =
  | { value: number; lower: number; upper: number; treated: number; control: number }
  | { value: null; reason: string; treated: number; control: number };

export interface UpliftOptions {
  level?: number;
  /** Items, restaurants or blocks that each side needs. */
  groupMin?: number;
}

/** One unit of a randomised hold-out: an item or a restaurant, with its mean outcome a period. */
export interface HeldOutUnit {
  treated: boolean;
  before: number;
  after: number;
}

/**
 * Difference of differences over units drawn at random to keep their prices (Ashenfelter and Card,
 * 1985), with the coefficient of `before` estimated as in the analysis of covariance (Deng et al.,
 * 2013), which is never worse than taking it for 1. Welch's interval: the two sides vary differently.
 */
export function differenceInDifferences(
  units: readonly HeldOutUnit[],
  options: UpliftOptions = {},
): Uplift {
  units.forEach(({ before, after }, i) => {
    if (!Number.isFinite(before) || !Number.isFinite(after))
      throw new RangeError(`unit ${i} has ${before} before and ${after} after, expected numbers`);
  });
  const slope = slopeWithin(units);
  const adjusted = (treated: boolean) =>
    units.flatMap((unit) => (unit.treated === treated ? [unit.after - slope * unit.before] : []));
  return welch(adjusted(true), adjusted(false), options);
}

/** Slope of `after` on `before` inside each side, so that the effect itself does not tilt it. */
function slopeWithin(units: readonly HeldOutUnit[]): number {
  let products = 0;
  let squares = 0;
  for (const side of [true, false]) {
    const own = units.filter(({ treated }) => treated === side);
    const before = meanOf(own.map((unit) => unit.before));
    const after = meanOf(own.map((unit) => unit.after));
    for (const unit of own) {
      products += (unit.before - before) * (unit.after - after);
      squares += (unit.before - before) ** 2;
    }
  }
  return squares > 0 ? products / squares : 0;
}

/** One period of one unit whose policy is drawn anew each block. */
export interface SwitchbackPeriod {
  unit: string;
  /** Number of the block; all periods of a unit's block have the same policy. */
  block: number;
  treated: boolean;
  outcome: number;
  /** Periods since the block began, 0 for the first. */
  age: number;
}

/**
 * Switchback (Bojinov, Simchi-Levi and Zhao, 2023): each unit is its own control over blocks drawn at
 * random, and each block counts once, so that neighbouring days do not pass for independent. Periods
 * younger than `burnIn` are left out: they still feel the other price.
 */
export function switchback(
  periods: readonly SwitchbackPeriod[],
  { burnIn = 0, ...options }: UpliftOptions & { burnIn?: number } = {},
): Uplift {
  const blocks = new Map<string, { unit: string; treated: boolean; values: number[] }>();
  for (const { unit, block, treated, outcome, age } of periods) {
    if (!Number.isFinite(outcome))
      throw new RangeError(`outcome of unit ${unit} in block ${block} is ${outcome}`);
    const key = JSON.stringify([unit, block]);
    const own = blocks.get(key) ?? { unit, treated, values: [] };
    if (own.treated !== treated)
      throw new Error(`block ${block} of unit ${unit} has both policies; give each its own block`);
    blocks.set(key, own);
    if (age >= burnIn) own.values.push(outcome);
  }
  const rows = [...blocks.values()].filter(({ values }) => values.length > 0);
  return withinUnits(
    rows.map(({ unit, treated, values }) => ({ unit, treated, value: meanOf(values) })),
    options,
  );
}

/**
 * Least squares with an effect of each unit and robust errors (White, 1980). Units that never switched
 * compare with nothing and are left out.
 */
function withinUnits(
  rows: readonly { unit: string; treated: boolean; value: number }[],
  { level = 0.9, groupMin = 8 }: UpliftOptions,
): Uplift {
  const groups = new Map<string, { share: number; value: number }[]>();
  for (const { unit, treated, value } of rows)
    groups.set(unit, [...(groups.get(unit) ?? []), { share: treated ? 1 : 0, value }]);
  const terms: { x: number; y: number; treated: boolean }[] = [];
  let units = 0;
  for (const group of groups.values()) {
    const share = meanOf(group.map((row) => row.share));
    if (share === 0 || share === 1) continue;
    units++;
    const value = meanOf(group.map((row) => row.value));
    for (const row of group)
      terms.push({ x: row.share - share, y: row.value - value, treated: row.share === 1 });
  }
  const treated = terms.filter((term) => term.treated).length;
  const counts = { treated, control: terms.length - treated };
  const freedom = terms.length - units - 1;
  if (treated < groupMin || counts.control < groupMin || freedom < 1) return thin(counts, groupMin);
  const squares = terms.reduce((sum, { x }) => sum + x * x, 0);
  const value = terms.reduce((sum, { x, y }) => sum + x * y, 0) / squares;
  const meat = terms.reduce((sum, { x, y }) => sum + (x * (y - value * x)) ** 2, 0);
  const error = Math.sqrt((meat / squares ** 2) * (terms.length / freedom));
  const half = studentQuantile((1 + level) / 2, freedom) * error;
  return { value, lower: value - half, upper: value + half, ...counts };
}

const thin = (counts: { treated: number; control: number }, groupMin: number): Uplift => ({
  value: null,
  reason: `${counts.treated} with the policy and ${counts.control} without, ${groupMin} of each are needed`,
  ...counts,
});

function welch(
  treated: readonly number[],
  control: readonly number[],
  { level = 0.9, groupMin = 8 }: UpliftOptions,
): Uplift {
  const counts = { treated: treated.length, control: control.length };
  if (treated.length < groupMin || control.length < groupMin) return thin(counts, groupMin);
  return { ...meanDifference(momentsOf(treated), momentsOf(control), level), ...counts };
}

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
