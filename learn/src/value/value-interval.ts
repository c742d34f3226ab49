import { normalQuantile } from '../insight/probability.js';
import type { Rng } from '../random.js';
import { quantileSorted } from '../forecast/series/statistics.js';
import { pAlive, type BgNbd, type FittedBgNbd, type Purchases } from './bg-nbd.js';
import { customerValue } from './customer-value.js';
import { betaDraw, gammaDraw } from './draws.js';
import type { FittedGammaGamma, GammaGamma } from './gamma-gamma.js';

export interface ValueInterval {
  value: number;
  lower: number;
  upper: number;
}

type Customer = Purchases & { monetary: number };

/**
 * Expected value of a customer with the interval that the uncertainty of the parameters leaves
 * (delta method on the logarithm of the value). What the one customer will really bring varies far
 * more: see `valueDistribution`.
 */
export function customerValueInterval(
  models: { purchases: FittedBgNbd; spend: FittedGammaGamma },
  customer: Customer,
  horizon: number,
  { level = 0.95 }: { level?: number } = {},
): ValueInterval {
  const { purchases, spend } = models;
  if (purchases.covariance === null || spend.covariance === null)
    throw new Error(
      'the customers do not hold every parameter of BG/NBD and gamma-gamma, so there is no interval; fit to more customers or to a longer time',
    );
  const value = customerValue(models, customer, horizon);
  const z = normalQuantile((1 + level) / 2);
  const ofPurchases = varianceOf(purchases.covariance, 4, (shift) =>
    Math.log(customerValue({ purchases: shifted(purchases, shift), spend }, customer, horizon)),
  );
  const ofSpend = varianceOf(spend.covariance, 3, (shift) =>
    Math.log(customerValue({ purchases, spend: shiftedSpend(spend, shift) }, customer, horizon)),
  );
  const spread = value > 0 ? Math.exp(z * Math.sqrt(ofPurchases + ofSpend)) : 1;
  return { value, lower: value / spread, upper: value * spread };
}

/** Variance of a function of the parameters' logarithms: gradient · covariance · gradient. */
function varianceOf(
  covariance: readonly number[],
  n: number,
  of: (shift: Float64Array) => number,
): number {
  const half = 1e-4;
  const gradient = Float64Array.from({ length: n }, (_, i) => {
    const shift = new Float64Array(n);
    shift[i] = half;
    const high = of(shift);
    shift[i] = -half;
    return (high - of(shift)) / (2 * half);
  });
  let sum = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) sum += gradient[i]! * covariance[i * n + j]! * gradient[j]!;
  return Math.max(0, sum);
}

const shifted = ({ r, alpha, a, b }: BgNbd, shift: Float64Array): BgNbd => ({
  r: r * Math.exp(shift[0]!),
  alpha: alpha * Math.exp(shift[1]!),
  a: a * Math.exp(shift[2]!),
  b: b * Math.exp(shift[3]!),
});

const shiftedSpend = ({ p, q, v }: GammaGamma, shift: Float64Array): GammaGamma => ({
  p: p * Math.exp(shift[0]!),
  q: 1 + (q - 1) * Math.exp(shift[1]!),
  v: v * Math.exp(shift[2]!),
});

export interface ValueDistribution {
  mean: number;
  lower: number;
  median: number;
  upper: number;
  /** Chance that the customer brings nothing. */
  nothing: number;
}

/**
 * What one customer may bring within the horizon: futures drawn from its own posterior. Given that
 * it has not left, its rate is gamma (r + x, alpha + T) and its chance to leave beta (a, b + x).
 */
export function valueDistribution(
  { purchases, spend }: { purchases: BgNbd; spend: GammaGamma },
  customer: Customer,
  horizon: number,
  { rng, samples = 1000, level = 0.8 }: { rng: Rng; samples?: number; level?: number },
): ValueDistribution {
  const alive = pAlive(purchases, customer);
  const drawn = Float64Array.from({ length: samples }, () => {
    if (rng.next() >= alive) return 0;
    const count = futurePurchases(purchases, customer, horizon, rng);
    return count === 0 ? 0 : spendOf(spend, customer, count, rng);
  }).sort();
  return {
    mean: drawn.reduce((sum, value) => sum + value, 0) / samples,
    lower: quantileSorted(drawn, (1 - level) / 2),
    median: quantileSorted(drawn, 0.5),
    upper: quantileSorted(drawn, (1 + level) / 2),
    nothing: drawn.filter((value) => value === 0).length / samples,
  };
}

function futurePurchases(
  { r, alpha, a, b }: BgNbd,
  { frequency, tenure }: Purchases,
  horizon: number,
  rng: Rng,
): number {
  const rate = gammaDraw(r + frequency, rng) / (alpha + tenure);
  const leave = betaDraw(a, b + frequency, rng);
  let count = 0;
  for (let time = 0; ;) {
    time -= Math.log(1 - rng.next()) / rate;
    if (time > horizon) return count;
    count++;
    if (rng.next() < leave) return count;
  }
}

function spendOf({ p, q, v }: GammaGamma, customer: Customer, count: number, rng: Rng): number {
  const bought = customer.monetary > 0 ? customer.frequency + 1 : 0;
  const total = bought > 0 ? bought * customer.monetary : 0;
  const rate = gammaDraw(q + p * bought, rng) / (v + total);
  return gammaDraw(p * count, rng) / rate;
}
