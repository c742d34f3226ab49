import type { Frame } from '../frame.js';

/** One row a period of one item; all columns have the same number of rows. */
export interface PriceHistory {
  /** > 0; rows with a missing price or units are left out. */
  price: Float64Array;
  /** ≥ 0 */
  units: Float64Array;
  /** Season, weekday, promotion, trend: what moves demand besides the price. */
  controls: Frame;
  item: readonly string[];
  category: readonly string[];
  /** ≥ 0, such as fading with age. */
  weights?: Float64Array;
  /** 1 where the item ran out: sales say less than demand, and the row is left out. */
  stockOut?: ArrayLike<number>;
  /**
   * Log of price ÷ cost as the owner has it, of the row's item; `NaN` where unknown. An owner who knows the
   * guests asks more where they mind less (Lerner, 1934): pooling learns how much that says, if anything.
   */
  markup?: Float64Array;
  /** Rows of one cluster, such as a week, may move together; absent takes each row for its own. */
  cluster?: ArrayLike<number>;
}

export interface ItemRows {
  item: string;
  category: string;
  rows: Int32Array;
}

/** Rows that say something of each item's demand, items in order of first appearance. */
export function byItem(history: PriceHistory): ItemRows[] {
  const groups = new Map<string, { category: string; rows: number[] }>();
  history.item.forEach((item, row) => {
    const group = groups.get(item) ?? { category: history.category[row]!, rows: [] };
    groups.set(item, group);
    const known = history.price[row]! > 0 && history.units[row]! >= 0 && !history.stockOut?.[row];
    if (known && (history.weights?.[row] ?? 1) > 0) group.rows.push(row);
  });
  return [...groups].map(([item, { category, rows }]) => ({
    item,
    category,
    rows: Int32Array.from(rows),
  }));
}

export const weightsOf = ({ weights }: PriceHistory, rows: Int32Array) =>
  Float64Array.from(rows, (row) => weights?.[row] ?? 1);

/** Throws on columns of different lengths and on negative units. */
export function checkHistory(history: PriceHistory): void {
  const { price, units, controls, item, category, weights, stockOut, markup, cluster } = history;
  const rows = item.length;
  const lengths = {
    price: price.length,
    units: units.length,
    category: category.length,
    controls: controls.columns.length > 0 ? controls.rows : rows,
    weights: weights?.length ?? rows,
    stockOut: stockOut?.length ?? rows,
    markup: markup?.length ?? rows,
    cluster: cluster?.length ?? rows,
  };
  for (const [name, length] of Object.entries(lengths))
    if (length !== rows) throw new RangeError(`${name} has ${length} rows, expected ${rows}`);
  const negative = units.findIndex((value) => value < 0);
  if (negative >= 0)
    throw new RangeError(
      `units of row ${negative} (item ${item[negative]}) are ${units[negative]}, expected 0 or more`,
    );
}
