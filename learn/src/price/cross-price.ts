import { normalWidth } from './demand.js';
import { centre, controlDesign } from './design.js';
import { byItem, checkHistory, weightsOf, type ItemRows, type PriceHistory } from './history.js';
import { poolEstimates, shrink, type Estimate } from './pool.js';
import { explainedShare, poissonRegression } from './regression.js';
import { tooThin, type VerdictOptions } from './verdict.js';

/** How the price of one item moves the demand of another of its category. */
export interface CrossElasticity {
  item: string;
  other: string;
  /** % of units a % of the other's price, shrunk to the category's pairs. */
  elasticity: number;
  lower: number;
  upper: number;
  /** Only where the whole interval is on one side; what is unknown is not to be acted on. */
  kind: 'substitute' | 'complement' | 'unknown';
}

export interface CrossOptions extends VerdictOptions {
  /** Number of the period of each row: prices of one period meet each other. */
  period: ArrayLike<number>;
}

const CONTROL_RIDGE = 0.5;

/**
 * Cross-price elasticities inside each category: Poisson regression of an item's units on its own log
 * price, the log price of one other, the mean log price of the rest, and controls, with robust errors;
 * pairs are shrunk to their category (empirical Bayes), since a menu has more pairs than its data can
 * tell apart. Pairs whose prices do not move apart are left out.
 */
export function crossElasticities(history: PriceHistory, options: CrossOptions): CrossElasticity[] {
  checkHistory(history);
  if (options.period.length !== history.item.length)
    throw new RangeError(
      `period has ${options.period.length} rows, expected ${history.item.length}`,
    );
  const usable = byItem(history).filter(
    ({ rows }) => tooThin(history, rows, options) === undefined,
  );
  const prices = new Map(usable.map(({ item, rows }) => [item, byPeriod(history, rows, options)]));
  const pairs = usable.flatMap((own) => {
    const others = usable.filter(
      ({ item, category }) => item !== own.item && category === own.category,
    );
    return others.flatMap(({ item: other }) => {
      const rest = others.filter(({ item }) => item !== other).map(({ item }) => prices.get(item)!);
      const found = pairOf(history, own, { of: prices.get(other)!, rest, options });
      return found ? [{ item: own.item, other, category: own.category, own: found }] : [];
    });
  });
  const pooled = poolEstimates(pairs.map(({ own, category }) => ({ ...own, category })));
  const width = normalWidth(options.level ?? 0.9);
  return pairs.map(({ item, other, category, own }) => {
    const prior = pooled?.categories.get(category);
    const final = prior === undefined ? own : shrink(own, prior, pooled!.freedom);
    const half = width * Math.sqrt(final.variance);
    const [lower, upper] = [final.mean - half, final.mean + half];
    const kind = lower > 0 ? 'substitute' : upper < 0 ? 'complement' : 'unknown';
    return { item, other, elasticity: final.mean, lower, upper, kind };
  });
}

/** Mean log price by period. */
function byPeriod(
  { price }: PriceHistory,
  rows: Int32Array,
  { period }: CrossOptions,
): ReadonlyMap<number, number> {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const row of rows) {
    const own = sums.get(period[row]!) ?? { sum: 0, count: 0 };
    sums.set(period[row]!, own);
    own.sum += Math.log(price[row]!);
    own.count++;
  }
  return new Map([...sums].map(([at, { sum, count }]) => [at, sum / count]));
}

interface Others {
  of: ReadonlyMap<number, number>;
  rest: readonly ReadonlyMap<number, number>[];
  options: CrossOptions;
}

function pairOf(
  history: PriceHistory,
  own: ItemRows,
  { of, rest, options }: Others,
): Estimate | undefined {
  const { period, explainedMax = 0.9, variationMin = 0.02 } = options;
  // Periods without the other say nothing of the pair.
  const rows = own.rows.filter((row) => of.has(period[row]!));
  if (tooThin(history, rows, options) !== undefined) return undefined;
  const weights = weightsOf(history, rows);
  const column = (value: (row: number) => number) =>
    centre(Float64Array.from(rows, value), weights);
  const price = column((row) => Math.log(history.price[row]!));
  const other = column((row) => of.get(period[row]!)!);
  const index = column((row) => meanAt(rest, period[row]!));
  const { columns } = controlDesign(history.controls, rows, weights);
  const beside = [price, ...(rest.length > 0 ? [index] : []), ...columns];
  const deviation = Math.sqrt(other.reduce((sum, value) => sum + value * value, 0) / rows.length);
  if (deviation < variationMin || rows.length - beside.length - 3 < 3) return undefined;
  if (explainedShare(beside, other, weights) > explainedMax) return undefined;
  const { coefficients, covariance } = poissonRegression(
    [other, ...beside],
    Float64Array.from(rows, (row) => history.units[row]!),
    weights,
    {
      // The prices are free, the index but for what keeps a constant one from being singular.
      ridge: [0, 0, ...(rest.length > 0 ? [1e-6] : []), ...columns.map(() => CONTROL_RIDGE)],
      ...(history.cluster && { clusters: Array.from(rows, (row) => history.cluster![row]!) }),
    },
  );
  const width = coefficients.length;
  return { mean: coefficients[1]!, variance: Math.max(covariance[width + 1]!, 1e-6) };
}

/** Missing when none of the others was sold in the period; it then counts as the mean. */
function meanAt(prices: readonly ReadonlyMap<number, number>[], period: number): number {
  let sum = 0;
  let count = 0;
  for (const byTime of prices) {
    const value = byTime.get(period);
    if (value === undefined) continue;
    sum += value;
    count++;
  }
  return count > 0 ? sum / count : NaN;
}
