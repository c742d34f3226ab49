import type { Measure } from './measure.js';

/** Weighted mean of a loss over rows. */
function meanLoss(
  y: ArrayLike<number>,
  predicted: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  loss: (actual: number, said: number) => number,
): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < y.length; row++) {
    const weight = weights ? weights[row]! : 1;
    sum += weight * loss(y[row]!, predicted[row]!);
    total += weight;
  }
  return sum / total;
}

/** Root mean squared error, in units of y. */
export const rmse: Measure = (y, predicted, weights) =>
  Math.sqrt(meanLoss(y, predicted, weights, (actual, said) => (actual - said) ** 2));

/** Mean absolute error, in units of y. */
export const mae: Measure = (y, predicted, weights) =>
  meanLoss(y, predicted, weights, (actual, said) => Math.abs(actual - said));

/** Sum of absolute errors over the sum of |y|. */
export const wape: Measure = (y, predicted, weights) =>
  mae(y, predicted, weights) / meanLoss(y, y, weights, Math.abs);

/** Mean of |error / y| over the rows where y is not 0. */
export const mape: Measure = (y, predicted, weights) => {
  const counted = Float64Array.from(y, (value, row) =>
    value === 0 ? 0 : weights ? weights[row]! : 1,
  );
  return meanLoss(y, predicted, counted, (actual, said) =>
    actual === 0 ? 0 : Math.abs((actual - said) / actual),
  );
};

/** Mean of 2|error| / (|y| + |predicted|), 0 where both are 0; from 0 to 2. */
export const smape: Measure = (y, predicted, weights) =>
  meanLoss(y, predicted, weights, (actual, said) => {
    const size = Math.abs(actual) + Math.abs(said);
    return size === 0 ? 0 : (2 * Math.abs(actual - said)) / size;
  });

/** Share of variance explained; NaN when y does not vary. */
export const r2: Measure = (y, predicted, weights) => {
  const mean = meanLoss(y, y, weights, (actual) => actual);
  const variance = meanLoss(y, y, weights, (actual) => (actual - mean) ** 2);
  const error = meanLoss(y, predicted, weights, (actual, said) => (actual - said) ** 2);
  return variance === 0 ? NaN : 1 - error / variance;
};

/** Root mean squared error of log(1 + y); predictions below 0 count as 0. */
export const rmsle: Measure = (y, predicted, weights) =>
  Math.sqrt(
    meanLoss(
      y,
      predicted,
      weights,
      (actual, said) => (Math.log1p(actual) - Math.log1p(Math.max(said, 0))) ** 2,
    ),
  );

/** Mean deviance of counts; predictions must be above 0. */
export const poissonDeviance: Measure = (y, predicted, weights) =>
  meanLoss(
    y,
    predicted,
    weights,
    (actual, said) => 2 * ((actual === 0 ? 0 : actual * Math.log(actual / said)) - actual + said),
  );

/** Mean loss of a quantile forecast of level `alpha`, in units of y (Koenker and Bassett 1978). */
export const pinball = (
  y: ArrayLike<number>,
  predicted: ArrayLike<number>,
  alpha: number,
  weights?: ArrayLike<number>,
): number =>
  meanLoss(y, predicted, weights, (actual, said) =>
    actual >= said ? alpha * (actual - said) : (1 - alpha) * (said - actual),
  );
