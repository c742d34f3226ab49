import { boosting } from '../boosting/boost.js';
import type { Effects, Estimator } from '../estimator.js';
import { categoryColumn, frame, numberColumn, takeRows, type Frame } from '../frame.js';
import { byItem, checkHistory, weightsOf, type ItemRows, type PriceHistory } from './history.js';
import { centre, controlDesign } from './design.js';
import { solveScore, type Rest } from './orthogonal-score.js';
import { explainedShare, leastSquares, poissonRegression } from './regression.js';
import {
  conclude,
  ledBySeason,
  logPrices,
  tooThin,
  type ItemElasticity,
  type Measured,
  type VerdictOptions,
} from './verdict.js';

export interface OrthogonalHistory extends PriceHistory {
  /** Of each row, in any unit that ascends, such as days. */
  time: Float64Array;
}

export interface OrthogonalOptions extends VerdictOptions {
  /** Each row is foretold by models that saw none of its fold. */
  folds?: number;
  /** Blocks of time, dealt to the folds in turn: neighbours in time stay together. */
  blocks?: number;
  /** Foretells units relative to the item's mean (above 0) from controls, item, category and time. */
  unitsModel?: Estimator;
  /** Foretells log price relative to the item's mean from the same. */
  priceModel?: Estimator;
}

/**
 * Own-price elasticity where prices follow demand: double machine learning (Chernozhukov et al., 2018)
 * for the multiplicative model, units = exp(elasticity × log price) × g(controls). Two models foretell
 * units and price from the controls by cross-fitting over blocks of time, and what is left of the price
 * meets what is left of the units. The score (units × exp(−θ v) − q) × v, with v the rest of log price,
 * is orthogonal to both models, takes zeros, and is right when either model is. Pooled and judged as in
 * `elasticity`. What moves both price and demand and is in no control biases it as it does any other.
 */
export async function orthogonalElasticity(
  history: OrthogonalHistory,
  options: OrthogonalOptions,
  effects: Effects,
): Promise<ItemElasticity[]> {
  checkHistory(history);
  if (history.time.length !== history.item.length)
    throw new RangeError(`time has ${history.time.length} rows, expected ${history.item.length}`);
  const entries = byItem(history);
  const thin = new Map(entries.map(({ item, rows }) => [item, tooThin(history, rows, options)]));
  const usable = entries.filter(({ item }) => thin.get(item) === undefined);
  const rest = await restOf(history, usable, options, effects);
  const measured = entries.map((entry): Measured => {
    const reason =
      thin.get(entry.item) ?? ledBySeason(explainedOf(history, entry.rows, rest.price), options);
    if (reason !== undefined) return { ...entry, reason };
    const own = solveScore(history, entry.rows, rest);
    return own === undefined
      ? { ...entry, reason: 'too few sales: the score has no solution' }
      : { ...entry, own };
  });
  return conclude(history, measured, options);
}

const FOLDS = 5;
const BLOCKS = 40;
// A share of the item's mean: less is never expected, so that no row weighs without bound.
const EXPECTED_MIN = 0.02;

/** By row of the history, relative to the item: what controls have to foretell. */
interface Relative {
  /** Log price less the item's mean. */
  price: Float64Array;
  /** The item's mean units. */
  level: Float64Array;
}

async function restOf(
  history: OrthogonalHistory,
  items: readonly ItemRows[],
  { folds = FOLDS, blocks = BLOCKS, unitsModel, priceModel }: OrthogonalOptions,
  effects: Effects,
): Promise<Rest> {
  if (!(Number.isInteger(folds) && folds >= 2 && blocks >= folds))
    throw new RangeError(
      `folds is ${folds} over ${blocks} blocks, expected 2 or more, and as many`,
    );
  const rows = Int32Array.from(items.flatMap((entry) => [...entry.rows])).sort();
  if (rows.length === 0) return { price: new Float64Array(0), expected: new Float64Array(0) };
  const { price, level } = relativeOf(history, items);
  const x = featuresOf(history);
  const foldOf = foldsOfBlocks(history.time, rows, { folds, blocks });
  /** By row, foretold by a model that saw none of the row's fold. */
  const foretell = async (estimator: Estimator, name: string, target: Targets) => {
    const foretold = new Float64Array(history.item.length);
    for (let fold = 0; fold < folds; fold++) {
      const held = rows.filter((_, i) => foldOf[i] === fold);
      const seen = rows.filter((_, i) => foldOf[i] !== fold);
      if (held.length === 0 || seen.length === 0) continue;
      const y = Float64Array.from(seen, target.y);
      const weights = Float64Array.from(seen, target.weight);
      const rng = effects.rng.fork(`${name} ${fold}`);
      const model = await estimator.fit({ x: takeRows(x, seen), y, weights }, { ...effects, rng });
      const out = new Float64Array(held.length);
      model.predict(takeRows(x, held), out);
      held.forEach((row, i) => (foretold[row] = out[i]!));
    }
    return foretold;
  };
  const weightAt = (row: number) => history.weights?.[row] ?? 1;
  const prices = await foretell(priceModel ?? defaultModel('squared'), 'price', {
    y: (row) => price[row]!,
    weight: weightAt,
  });
  // Relative to the item's mean and weighted by it: the same as Poisson with an offset.
  const units = await foretell(unitsModel ?? defaultModel('poisson'), 'units', {
    y: (row) => history.units[row]! / level[row]!,
    weight: (row) => weightAt(row) * level[row]!,
  });
  const logs = units.map((value) => Math.log(Math.max(EXPECTED_MIN, value)));
  return calibrated(history, rows, { price, level }, { price: prices, units: logs });
}

interface Targets {
  y: (row: number) => number;
  weight: (row: number) => number;
}

function relativeOf(history: PriceHistory, items: readonly ItemRows[]): Relative {
  const price = new Float64Array(history.item.length);
  const level = new Float64Array(history.item.length);
  for (const { rows } of items) {
    const weights = weightsOf(history, rows);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const own = logPrices(history, rows, weights);
    const sold = rows.reduce((sum, row, i) => sum + weights[i]! * history.units[row]!, 0);
    rows.forEach((row, i) => {
      price[row] = own[i]!;
      level[row] = sold / total;
    });
  }
  return { price, level };
}

/**
 * Shrunken trees foretell too little, of price and units alike, and what both leave out would pass for
 * an answer of demand to price. So what was foretold, out of fold, is calibrated: price and units are
 * regressed on both forecasts.
 * @param foretold log price and log units, relative to the item
 */
function calibrated(
  history: PriceHistory,
  rows: Int32Array,
  relative: Relative,
  foretold: { price: Float64Array; units: Float64Array },
): Rest {
  const weights = weightsOf(history, rows);
  const at = (values: Float64Array) =>
    centre(
      Float64Array.from(rows, (row) => values[row]!),
      weights,
    );
  const columns = [at(foretold.price), at(foretold.units)];
  const prices = at(relative.price);
  const slopes = leastSquares(columns, prices, weights);
  const [level = 0, ofPrice = 0, ofUnits = 0] = poissonRegression(
    columns,
    Float64Array.from(rows, (row) => history.units[row]! / relative.level[row]!),
    weights.map((weight, i) => weight * relative.level[rows[i]!]!),
    { ridge: [RIDGE_MIN, RIDGE_MIN] },
  ).coefficients;
  const rest: Rest = {
    price: new Float64Array(history.item.length).fill(NaN),
    expected: new Float64Array(history.item.length),
  };
  rows.forEach((row, i) => {
    const [p, u] = [columns[0]![i]!, columns[1]![i]!];
    rest.price[row] = prices[i]! - slopes[0]! * p - slopes[1]! * u;
    rest.expected[row] = relative.level[row]! * Math.exp(level + ofPrice * p + ofUnits * u);
  });
  return rest;
}
// Two forecasts that say the same share their coefficient.
const RIDGE_MIN = 1e-6;

/** Small trees, many rounds, heavy leaves: they must not chase what a price did. */
const defaultModel = (objective: 'squared' | 'poisson') =>
  boosting({ objective, rounds: 250, learningRate: 0.06, leaves: 4, minDataInLeaf: 15, l2: 1 });

const featuresOf = ({ controls, item, category, time }: OrthogonalHistory): Frame => {
  const own = controls.columns.map((column) => ({ ...column, name: `control ${column.name}` }));
  return frame([
    ...own,
    categoryColumn('item', item),
    categoryColumn('category', category),
    numberColumn('time', time),
  ]);
};

/** Blocks of as many rows, in order of time, dealt to the folds in turn. */
function foldsOfBlocks(
  time: Float64Array,
  rows: Int32Array,
  { folds, blocks }: { folds: number; blocks: number },
): Int32Array {
  const sorted = Float64Array.from(rows, (row) => time[row]!).sort();
  const starts = Array.from(
    { length: blocks },
    (_, block) => sorted[Math.floor((block * sorted.length) / blocks)]!,
  );
  return Int32Array.from(rows, (row) => {
    const block = starts.findLastIndex((start) => start <= time[row]!);
    return Math.max(0, block) % folds;
  });
}

/** Share of the variance of log price that controls account for, out of fold or by a plain regression. */
function explainedOf(history: PriceHistory, rows: Int32Array, rest: Float64Array): number {
  const weights = weightsOf(history, rows);
  const price = logPrices(history, rows, weights);
  let left = 0;
  let all = 0;
  rows.forEach((row, i) => {
    left += weights[i]! * rest[row]! ** 2;
    all += weights[i]! * price[i]! ** 2;
  });
  const { columns } = controlDesign(history.controls, rows, weights);
  const plain = rows.length > 3 * columns.length ? explainedShare(columns, price, weights) : 0;
  return Math.max(1 - left / all, plain);
}
