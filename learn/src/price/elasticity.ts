import { controlDesign } from './design.js';
import { byItem, checkHistory, weightsOf, type ItemRows, type PriceHistory } from './history.js';
import { explainedShare, negativeBinomialRegression, poissonRegression } from './regression.js';
import {
  conclude,
  ledBySeason,
  logPrices,
  tooThin,
  type ItemElasticity,
  type Measured,
  type VerdictOptions,
} from './verdict.js';

export interface ElasticityOptions extends VerdictOptions {
  /** How counts vary around their mean; a negative binomial's dispersion is estimated by item. */
  family?: 'poisson' | 'negativeBinomial';
}

// A weak pull of the controls towards no effect; the price is left free.
const CONTROL_RIDGE = 0.5;

/**
 * Own-price elasticity of each item: Poisson or negative binomial regression of units on log price
 * and controls, partially pooled item → category → all. Right where the controls say all that moves
 * both price and demand, in the shape that they have; see `orthogonalElasticity` where they may not.
 */
export function elasticity(
  history: PriceHistory,
  options: ElasticityOptions = {},
): ItemElasticity[] {
  checkHistory(history);
  return conclude(
    history,
    byItem(history).map((entry) => measure(history, entry, options)),
    options,
  );
}

function measure(history: PriceHistory, entry: ItemRows, options: ElasticityOptions): Measured {
  const { rows } = entry;
  const refused = tooThin(history, rows, options);
  if (refused !== undefined) return { ...entry, reason: refused };
  const weights = weightsOf(history, rows);
  const price = logPrices(history, rows, weights);
  const { columns } = controlDesign(history.controls, rows, weights);
  if (rows.length - columns.length - 2 < 3)
    return {
      ...entry,
      reason: `too few periods: ${rows.length} for ${columns.length} controls`,
    };
  const led = ledBySeason(explainedShare(columns, price, weights), options);
  if (led !== undefined) return { ...entry, reason: led };
  const { cluster } = history;
  const { coefficients, covariance } = regressionOf(options)(
    [price, ...columns],
    Float64Array.from(rows, (row) => history.units[row]!),
    weights,
    {
      ridge: [0, ...columns.map(() => CONTROL_RIDGE)],
      ...(cluster && { clusters: Array.from(rows, (row) => cluster[row]!) }),
    },
  );
  const width = columns.length + 2;
  // Robust errors are too small when a handful of rows fits them; a few units cannot be that sure.
  const variance = Math.max(covariance[width + 1]!, 1e-6);
  return { ...entry, own: { mean: coefficients[1]!, variance } };
}

const regressionOf = ({ family = 'poisson' }: ElasticityOptions) =>
  family === 'poisson' ? poissonRegression : negativeBinomialRegression;
