import type { Frame } from '../frame.js';
import { normalWidth, type Demand } from './demand.js';
import { centre, controlDesign } from './design.js';
import { poolEstimates, posterior, type Estimate, type Pooled } from './pool.js';
import { explainedShare, poissonRegression } from './regression.js';

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
}

export interface ElasticityOptions {
  /** Of the intervals. */
  level?: number;
  /** Distinct prices that an item needs. */
  priceLevelsMin?: number;
  /** Standard deviation of log price that an item needs: 0.02 is 2 %. */
  variationMin?: number;
  /** Share of the price's variance that controls may explain. */
  explainedMax?: number;
}

export interface ItemElasticity {
  item: string;
  category: string;
  /** Shrunk to the category; the category's when not identifiable; `NaN` when nothing is known. */
  elasticity: number;
  lower: number;
  upper: number;
  identifiable: boolean;
  /** Why it is not identifiable. */
  reason?: string;
  /** From this item's rows alone. */
  own?: { elasticity: number; standardError: number };
  /** Absent without an elasticity or without sales. */
  demand?: Demand;
}

interface ItemRows {
  item: string;
  category: string;
  rows: Int32Array;
}

interface Fitted extends ItemRows {
  own?: Estimate;
  reason?: string;
}

// A weak pull of the controls towards no effect; the price is left free.
const CONTROL_RIDGE = 0.5;
const ROWS_MIN = 8;

/**
 * Own-price elasticity of each item: Poisson regression of units on log price and controls,
 * partially pooled item → category → all. An item whose prices cannot tell gets its category's
 * elasticity and the verdict, never a number dressed as measured.
 */
export function elasticity(
  history: PriceHistory,
  options: ElasticityOptions = {},
): ItemElasticity[] {
  checkLengths(history);
  const fitted = byItem(history).map((entry) => fitItem(history, entry, options));
  const pooled = poolEstimates(
    fitted.flatMap(({ own, category, reason }) =>
      own === undefined || reason !== undefined ? [] : [{ ...own, category }],
    ),
  );
  const width = normalWidth(options.level ?? 0.9);
  return fitted.map((entry) => conclude(history, entry, pooled, width));
}

function conclude(
  history: PriceHistory,
  { item, category, rows, own, reason }: Fitted,
  pooled: Pooled | undefined,
  width: number,
): ItemElasticity {
  const prior = pooled?.categories.get(category) ?? pooled?.all;
  const measured = reason === undefined ? own : undefined;
  const final =
    measured === undefined ? prior : prior === undefined ? measured : posterior(measured, prior);
  const half = final === undefined ? NaN : width * Math.sqrt(final.variance);
  const demand = final && demandOf(history, rows, final);
  return {
    item,
    category,
    elasticity: final?.mean ?? NaN,
    lower: final === undefined ? NaN : final.mean - half,
    upper: final === undefined ? NaN : final.mean + half,
    identifiable: reason === undefined,
    ...(reason === undefined ? {} : { reason }),
    ...(own && { own: { elasticity: own.mean, standardError: Math.sqrt(own.variance) } }),
    ...(demand && { demand }),
  };
}

function fitItem(history: PriceHistory, entry: ItemRows, options: ElasticityOptions): Fitted {
  const { priceLevelsMin = 3, variationMin = 0.02, explainedMax = 0.9 } = options;
  const { rows } = entry;
  const weights = weightsOf(history, rows);
  const refuse = (reason: string): Fitted => ({ ...entry, reason });
  if (rows.length < ROWS_MIN)
    return refuse(`too few periods: ${rows.length}, at least ${ROWS_MIN} are needed`);
  const logPrice = Float64Array.from(rows, (row) => Math.log(history.price[row]!));
  const levels = new Set(Array.from(rows, (row) => history.price[row]!.toFixed(4))).size;
  if (levels < priceLevelsMin)
    return refuse(`too few price levels: ${levels}, at least ${priceLevelsMin} are needed`);
  const price = centre(logPrice, weights);
  const deviation = Math.sqrt(price.reduce((sum, value) => sum + value * value, 0) / price.length);
  if (deviation < variationMin)
    return refuse(`too little variation: prices vary by ${percent(deviation)}`);
  const units = Float64Array.from(rows, (row) => history.units[row]!);
  if (units.filter((value) => value > 0).length < 3)
    return refuse('too few sales: fewer than 3 periods sold anything');
  const { columns } = controlDesign(history.controls, rows, weights);
  if (rows.length - columns.length - 2 < 3)
    return refuse(`too few periods: ${rows.length} for ${columns.length} controls`);
  const explained = explainedShare(columns, price, weights);
  if (explained > explainedMax)
    return refuse(`price moves with season: controls explain ${percent(explained)} of it`);
  const { coefficients, covariance } = poissonRegression([price, ...columns], units, weights, [
    0,
    ...columns.map(() => CONTROL_RIDGE),
  ]);
  const width = columns.length + 2;
  // Robust errors are too small when a handful of rows fits them; a few units cannot be that sure.
  const variance = Math.max(covariance[width + 1]!, 1e-6);
  return { ...entry, own: { mean: coefficients[1]!, variance } };
}

/** The level that meets the units sold, given the elasticity: exact for Poisson regression. */
function demandOf(
  history: PriceHistory,
  rows: Int32Array,
  { mean, variance }: Estimate,
): Demand | undefined {
  const weights = weightsOf(history, rows);
  let total = 0;
  let logs = 0;
  for (const [i, row] of rows.entries()) {
    total += weights[i]!;
    logs += weights[i]! * Math.log(history.price[row]!);
  }
  const referencePrice = Math.exp(logs / total);
  let sold = 0;
  let expected = 0;
  for (const [i, row] of rows.entries()) {
    sold += weights[i]! * history.units[row]!;
    expected += weights[i]! * (history.price[row]! / referencePrice) ** mean;
  }
  if (!(sold > 0)) return undefined;
  const units = sold / expected;
  let squares = 0;
  for (const [i, row] of rows.entries()) {
    const fitted = units * (history.price[row]! / referencePrice) ** mean;
    squares += (weights[i]! * (history.units[row]! - fitted)) ** 2;
  }
  return {
    referencePrice,
    units,
    unitsError: Math.sqrt(squares) / sold,
    elasticity: mean,
    elasticityError: Math.sqrt(variance),
  };
}

function byItem(history: PriceHistory): ItemRows[] {
  const groups = new Map<string, { category: string; rows: number[] }>();
  history.item.forEach((item, row) => {
    const group = groups.get(item) ?? { category: history.category[row]!, rows: [] };
    groups.set(item, group);
    const known = history.price[row]! > 0 && history.units[row]! >= 0;
    if (known && (history.weights?.[row] ?? 1) > 0) group.rows.push(row);
  });
  return [...groups].map(([item, { category, rows }]) => ({
    item,
    category,
    rows: Int32Array.from(rows),
  }));
}

const weightsOf = ({ weights }: PriceHistory, rows: Int32Array) =>
  Float64Array.from(rows, (row) => weights?.[row] ?? 1);

function checkLengths({ price, units, controls, item, category, weights }: PriceHistory): void {
  const rows = item.length;
  const lengths = {
    price: price.length,
    units: units.length,
    category: category.length,
    controls: controls.columns.length > 0 ? controls.rows : rows,
    weights: weights?.length ?? rows,
  };
  for (const [name, length] of Object.entries(lengths))
    if (length !== rows) throw new RangeError(`${name} has ${length} rows, expected ${rows}`);
  const negative = units.findIndex((value) => value < 0);
  if (negative >= 0)
    throw new RangeError(
      `units of row ${negative} (item ${item[negative]}) are ${units[negative]}, expected 0 or more`,
    );
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
