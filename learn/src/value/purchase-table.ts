import type { Purchases } from './bg-nbd.js';

/** Customers' purchases as columns of one length: the form for many customers. */
export interface PurchaseColumns {
  frequency: ArrayLike<number>;
  recency: ArrayLike<number>;
  tenure: ArrayLike<number>;
}

/** Customers alike counted once; each value as its place among the distinct ones. */
export interface PurchaseTable {
  frequencies: Float64Array;
  recencies: Float64Array;
  tenures: Float64Array;
  /** By distinct customer. */
  frequencyAt: Int32Array;
  recencyAt: Int32Array;
  tenureAt: Int32Array;
  count: Float64Array;
  customers: number;
  repeats: number;
}

export const columnsOf = (customers: readonly Purchases[] | PurchaseColumns): PurchaseColumns =>
  isList(customers)
    ? {
        frequency: Float64Array.from(customers, ({ frequency }) => frequency),
        recency: Float64Array.from(customers, ({ recency }) => recency),
        tenure: Float64Array.from(customers, ({ tenure }) => tenure),
      }
    : customers;

const isList = (
  customers: readonly Purchases[] | PurchaseColumns,
): customers is readonly Purchases[] => Array.isArray(customers);

/** Refuses impossible customers; the order of customers does not matter. */
export function purchaseTable({ frequency, recency, tenure }: PurchaseColumns): PurchaseTable {
  const rows = frequency.length;
  if (rows === 0) throw new Error('there is no customer to fit BG/NBD to');
  if (recency.length !== rows || tenure.length !== rows)
    throw new RangeError(
      `frequency, recency and tenure have ${rows}, ${recency.length} and ${tenure.length} rows`,
    );
  for (let i = 0; i < rows; i++)
    if (!(frequency[i]! >= 0 && recency[i]! >= 0 && tenure[i]! >= recency[i]!))
      throw new RangeError(
        `customer ${i} has frequency ${frequency[i]}, recency ${recency[i]}, tenure ${tenure[i]}; expected 0 ≤ recency ≤ tenure`,
      );
  const frequencies = distinct(frequency);
  const recencies = distinct(recency);
  const tenures = distinct(tenure);
  const width = recencies.values.length * tenures.values.length;
  const keys = Float64Array.from({ length: rows }, (_, i) => {
    // Without a repeat the recency says nothing.
    const last = frequency[i] === 0 ? 0 : recencies.places[i]!;
    return frequencies.places[i]! * width + last * tenures.values.length + tenures.places[i]!;
  });
  // Exact below 2⁵³, as with a hundred counts and ten million moments of each kind.
  keys.sort();
  const starts: number[] = [];
  for (let i = 0; i < rows; i++) if (i === 0 || keys[i] !== keys[i - 1]) starts.push(i);
  const place = (of: (key: number) => number) => Int32Array.from(starts, (at) => of(keys[at]!));
  return {
    frequencies: frequencies.values,
    recencies: recencies.values,
    tenures: tenures.values,
    frequencyAt: place((key) => Math.floor(key / width)),
    recencyAt: place((key) => Math.floor((key % width) / tenures.values.length)),
    tenureAt: place((key) => key % tenures.values.length),
    count: Float64Array.from(starts, (at, i) => (starts[i + 1] ?? rows) - at),
    customers: rows,
    repeats: sum(frequency),
  };
}

function distinct(column: ArrayLike<number>): { values: Float64Array; places: Int32Array } {
  const sorted = Float64Array.from(column).sort();
  const values = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  const places = new Int32Array(column.length);
  const ofWhole = wholePlaces(values);
  for (let i = 0; i < column.length; i++)
    places[i] = ofWhole === undefined ? placeOf(values, column[i]!) : ofWhole[column[i]!]!;
  return { values, places };
}

/** Days and counts are small whole numbers: a table beats a search. */
function wholePlaces(values: Float64Array): Int32Array | undefined {
  const most = values[values.length - 1]!;
  if (most > 1e6 || !values.every((value) => Number.isInteger(value))) return undefined;
  const places = new Int32Array(most + 1);
  values.forEach((value, place) => (places[value] = place));
  return places;
}

function placeOf(values: Float64Array, wanted: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
