import type { Insight, Part } from '@tino/learn';
import type { Words } from '../contract/words.js';
import type { Rows } from './read.js';

/** What a search found, with what its sentence and its list are made of. */
export interface Finding extends Insight {
  /** Conditions that all hold; or the two items, as columns `first` and `next`. */
  parts: Part[];
  /** Distinct units that it is about. */
  people: number;
  /** Of them those on its list: whom something can be done about. */
  listed: number;
  /** Names of segments as they were when it was found. */
  names?: Record<string, Words>;
}

/** What a search says even when it finds nothing: totals, rates, shares by name. */
export type Headline = Record<string, number>;

/** Those who bought for the first time in one period; null is not known yet. */
export interface CohortRow {
  /** First day of the period. */
  start: string;
  size: number;
  /** By periods since, from 0: share that bought in it, and money a head. */
  retained: (number | null)[];
  value: (number | null)[];
}

/** Two items that go together, in one basket or one after the other. */
export interface PairRow {
  kind: 'together' | 'later';
  first: string;
  next: string;
  /** Baskets with both; or customers in this order. */
  count: number;
  /** Of those with the first. */
  confidence: number;
  lift: number;
  lower: number;
  upper: number;
  /** Days between, on average; null of one basket. */
  gap: number | null;
  q: number;
}

/** As a search makes it, before its list is made. */
export type Unlisted = Omit<Finding, 'listed'>;

export interface Found<Of = Finding> {
  findings: Of[];
  headline: Headline;
  cohorts?: CohortRow[];
  pairs?: PairRow[];
  /** Families of looks that were guarded apart from each other. */
  families: number;
  /** Combinations that were looked at. */
  looks: number;
}

/** Tells for each row whether all of `parts` hold. */
export function holder({ x }: Pick<Rows, 'x'>, parts: readonly Part[]): (row: number) => boolean {
  const conditions = parts.map(({ column, level }) => {
    const found = x.columns.find(({ name }) => name === column);
    if (found?.kind !== 'category') return { codes: new Int32Array(x.rows).fill(-1), code: 0 };
    return { codes: found.codes, code: found.levels.indexOf(level) };
  });
  return (row) => conditions.every(({ codes, code }) => codes[row] === code);
}

/** Distinct units among the rows that hold. */
export function unitsIn({ rows, unit }: Rows, holds: (row: number) => boolean): Set<number> {
  const units = new Set<number>();
  for (let row = 0; row < rows; row++)
    if (unit.codes[row]! >= 0 && holds(row)) units.add(unit.codes[row]!);
  return units;
}

/** A row of nobody known is a unit of its own. */
export function unitCodes({ unit }: Pick<Rows, 'unit'>): Float64Array {
  let next = unit.levels.length;
  return Float64Array.from(unit.codes, (code) => (code < 0 ? next++ : code));
}
