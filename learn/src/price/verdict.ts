import { centre } from './design.js';
import { normalWidth, type Demand } from './demand.js';
import { weightsOf, type ItemRows, type PriceHistory } from './history.js';
import { poolEstimates, priorOf, shrink, type Estimate, type Pooled } from './pool.js';

export interface VerdictOptions {
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

/** What an item's own rows say, or why they say nothing. */
export interface Measured extends ItemRows {
  own?: Estimate;
  reason?: string;
}

const ROWS_MIN = 8;

/** Why rows of one item cannot tell how demand answers to price, before any regression. */
export function tooThin(
  history: PriceHistory,
  rows: Int32Array,
  { priceLevelsMin = 3, variationMin = 0.02 }: VerdictOptions,
): string | undefined {
  if (rows.length < ROWS_MIN)
    return `too few periods: ${rows.length}, at least ${ROWS_MIN} are needed`;
  const levels = new Set(Array.from(rows, (row) => history.price[row]!.toFixed(4))).size;
  if (levels < priceLevelsMin)
    return `too few price levels: ${levels}, at least ${priceLevelsMin} are needed`;
  const weights = weightsOf(history, rows);
  const price = logPrices(history, rows, weights);
  const deviation = Math.sqrt(price.reduce((sum, value) => sum + value * value, 0) / price.length);
  if (deviation < variationMin) return `too little variation: prices vary by ${percent(deviation)}`;
  const sold = rows.filter((row) => history.units[row]! > 0).length;
  return sold < 3 ? 'too few sales: fewer than 3 periods sold anything' : undefined;
}

/** Why what is left of the price beside the controls is too little, if it is. */
export const ledBySeason = (
  explained: number,
  { explainedMax = 0.9 }: VerdictOptions,
): string | undefined =>
  explained > explainedMax
    ? `price moves with season: controls explain ${percent(explained)} of it`
    : undefined;

/** Log price less its weighted mean, by row. */
export const logPrices = ({ price }: PriceHistory, rows: Int32Array, weights: Float64Array) =>
  centre(
    Float64Array.from(rows, (row) => Math.log(price[row]!)),
    weights,
  );

/**
 * Partial pooling item → category → all: an item whose prices cannot tell gets its category's
 * elasticity and the verdict, never a number dressed as measured.
 */
export function conclude(
  history: PriceHistory,
  measured: readonly Measured[],
  { level = 0.9 }: VerdictOptions,
): ItemElasticity[] {
  const pooled = poolEstimates(
    measured.flatMap(({ own, category, rows, reason }) =>
      own === undefined || reason !== undefined
        ? []
        : [{ ...own, category, trait: markupOf(history, rows) }],
    ),
  );
  const width = normalWidth(level);
  return measured.map((entry) => concludeItem(history, entry, pooled, width));
}

function concludeItem(
  history: PriceHistory,
  { item, category, rows, own, reason }: Measured,
  pooled: Pooled | undefined,
  width: number,
): ItemElasticity {
  const trait = markupOf(history, rows);
  const prior = pooled && priorOf(pooled, { category, trait });
  const told = reason === undefined ? own : undefined;
  const final =
    told === undefined ? prior : prior === undefined ? told : shrink(told, prior, pooled!.freedom);
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

/** Mean over the rows that know it. */
function markupOf({ markup }: PriceHistory, rows: Int32Array): number | undefined {
  if (markup === undefined) return undefined;
  const known = Array.from(rows, (row) => markup[row]!).filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
