/** Constant elasticity around a reference price. Plain data. */
export interface Demand {
  referencePrice: number;
  /** Expected units of one period at the reference price. */
  units: number;
  /** Standard error of the logarithm of `units`. */
  unitsError: number;
  elasticity: number;
  elasticityError: number;
}

/** Standard normal quantile of the upper end of the interval that holds `level`. */
export const normalWidth = (level: number): number => normalQuantile((1 + level) / 2);

/**
 * Expected units at a price, in the period of the demand's units, with the interval of the
 * expectation.
 */
export function unitsAt(
  demand: Demand,
  price: number,
  level = 0.9,
): { units: number; lower: number; upper: number } {
  if (!(price > 0)) throw new RangeError(`price is ${price}, expected a number above 0`);
  const distance = Math.log(price / demand.referencePrice);
  const units = demand.units * Math.exp(demand.elasticity * distance);
  const error = Math.hypot(demand.unitsError, demand.elasticityError * distance);
  const factor = Math.exp(normalWidth(level) * error);
  return { units, lower: units / factor, upper: units * factor };
}

/** Inverse of the normal distribution (Acklam, 2003), refined once; absolute error below 1e-9. */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1))
    throw new RangeError(`probability is ${probability}, expected between 0 and 1`);
  if (probability > 0.5) return -normalQuantile(1 - probability);
  const x = probability < 0.02425 ? tail(probability) : middle(probability - 0.5);
  const error = normalCumulative(x) - probability;
  const step = error * Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2);
  return x - step / (1 + (x * step) / 2);
}

function tail(probability: number): number {
  const q = Math.sqrt(-2 * Math.log(probability));
  const c = [
    -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734,
    4.374664141464968, 2.938163982698783,
  ];
  const d = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];
  return horner(c, q) / (horner(d, q) * q + 1);
}

function middle(q: number): number {
  const r = q * q;
  const a = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
    2.506628277459239,
  ];
  const b = [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972,
    -13.28068155288572,
  ];
  return (horner(a, r) * q) / (horner(b, r) * r + 1);
}

const horner = (coefficients: readonly number[], x: number) =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

/** By the continued fraction of the tail for large values and the power series near the middle. */
function normalCumulative(x: number): number {
  const size = Math.abs(x);
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  let upper: number;
  if (size < 3) {
    let term = size;
    let sum = size;
    for (let k = 1; k < 200 && term > 1e-17 * sum; k++) {
      term *= (size * size) / (2 * k + 1);
      sum += term;
    }
    upper = 0.5 - density * sum;
  } else {
    let fraction = size;
    for (let k = 60; k > 0; k--) fraction = size + k / fraction;
    upper = density / fraction;
  }
  return x < 0 ? upper : 1 - upper;
}
