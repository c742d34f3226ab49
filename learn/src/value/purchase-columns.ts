import { quantileSorted, sortedKnown } from '../forecast/series/statistics.js';
import { conform, type ColumnSchema, type Frame } from '../frame.js';
import type { Purchases } from './bg-nbd.js';

/** How a table counts what BG/NBD reads. */
export interface PurchaseReading {
  /**
   * `sinceLast`: the recency counts from the last purchase to now; `firstToLast`: the model's own.
   */
  recency: 'sinceLast' | 'firstToLast';
  /** Column that holds it. */
  recencyColumn: string;
  /** `repeats`: frequency is without the first purchase; `all`: with it. */
  frequency: 'repeats' | 'all';
}

/** How a table is read where nothing else is said. */
export const readingOf = ({
  recency = 'sinceLast',
  recencyColumn = 'recency_days',
  frequency = 'repeats',
}: Partial<PurchaseReading>): PurchaseReading => ({ recency, recencyColumn, frequency });

/** The columns that are read, by name; others are ignored. */
export const purchaseSchema = ({ recencyColumn }: PurchaseReading): ColumnSchema[] =>
  ['frequency', recencyColumn, 'tenure_days', 'monetary'].map((name) => ({ kind: 'number', name }));

/** The four numbers of a row, in the order of the schema. */
export const purchaseNumbers = (x: Frame, row: number): number[] =>
  x.columns.map((column) => (column.kind === 'number' ? column.values[row]! : NaN));

export type Customer = Purchases & { monetary: number };

/** `undefined` when the numbers do not say when the customer bought. */
export function customerOf(
  numbers: readonly number[],
  { recency, frequency }: Pick<PurchaseReading, 'recency' | 'frequency'>,
): Customer | undefined {
  const [count, days, tenure, monetary] = numbers as [number, number, number, number];
  if (Number.isNaN(count + days + tenure) || tenure < 0) return undefined;
  const repeats = Math.max(0, frequency === 'all' ? count - 1 : count);
  const last = recency === 'sinceLast' ? tenure - days : days;
  return {
    frequency: repeats,
    recency: repeats === 0 ? 0 : Math.min(Math.max(last, 0), tenure),
    tenure,
    monetary,
  };
}

/**
 * The numbers with the silence in the place of the recency, which can be changed alone: another
 * tenure then is another first purchase and not another last one.
 */
export const bySilence = (
  numbers: readonly number[],
  { recency }: PurchaseReading,
): readonly number[] => {
  const [count, days, tenure, monetary] = numbers as [number, number, number, number];
  return recency === 'sinceLast' ? numbers : [count, tenure - days, tenure, monetary];
};

export interface Customers {
  /** By row. */
  all: (Customer | undefined)[];
  /** Of each group the one watched longest: its history holds those of its other rows. */
  latest: Customer[];
  /** Medians of the four numbers, by silence: what explanations start from. */
  typical: number[];
}

/** The customers of a training table; one that tells nothing of any is refused. */
export function customersOf(
  x: Frame,
  groups: Int32Array | undefined,
  reading: PurchaseReading,
): Customers {
  const columns = conform(x, purchaseSchema(reading));
  const all = Array.from({ length: x.rows }, (_, row) =>
    customerOf(purchaseNumbers(columns, row), reading),
  );
  const latest = new Map<number, Customer>();
  all.forEach((one, row) => {
    if (one === undefined) return;
    const group = groups ? groups[row]! : row;
    const known = latest.get(group);
    if (known === undefined || one.tenure > known.tenure) latest.set(group, one);
  });
  if (latest.size === 0) throw new Error('no customer has frequency, recency and tenure');
  const told = Array.from({ length: x.rows }, (_, row) =>
    bySilence(purchaseNumbers(columns, row), reading),
  );
  const typical = columns.columns.map((_, c) =>
    quantileSorted(sortedKnown(told.map((numbers) => numbers[c]!)), 0.5),
  );
  return { all, latest: [...latest.values()], typical };
}
