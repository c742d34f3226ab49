import { nelderMead } from '../forecast/simplex.js';
import { hypergeometric, logBeta, logGamma } from './special.js';

/** One customer's purchases: the statistics that the model needs. */
export interface Purchases {
  /** Repeat purchases: without the first one. */
  frequency: number;
  /** From the first to the last purchase; 0 without a repeat. */
  recency: number;
  /** From the first purchase to now, in the same unit. */
  tenure: number;
}

/**
 * Buying rates differ as a gamma (r, alpha), chances to leave after a purchase as a beta (a, b).
 * The unit of time is that of the purchases it was fitted to.
 */
export interface BgNbd {
  r: number;
  alpha: number;
  a: number;
  b: number;
}

/** Maximum likelihood (Fader, Hardie and Lee, "Counting your customers the easy way", 2005). */
export function fitBgNbd(customers: readonly Purchases[]): BgNbd & { logLikelihood: number } {
  if (customers.length === 0) throw new Error('there is no customer to fit BG/NBD to');
  customers.forEach(({ frequency, recency, tenure }, i) => {
    if (!(frequency >= 0 && recency >= 0 && tenure >= recency))
      throw new RangeError(
        `customer ${i} has frequency ${frequency}, recency ${recency}, tenure ${tenure}; expected 0 ≤ recency ≤ tenure`,
      );
  });
  // The scale of time is that of the data, so that days and weeks find the same optimum.
  const scale = customers.reduce((sum, { tenure }) => sum + tenure, 0) / customers.length || 1;
  const scaled = customers.map(({ frequency, recency, tenure }) => ({
    frequency,
    recency: recency / scale,
    tenure: tenure / scale,
  }));
  const { x, value } = nelderMead(
    (x) => {
      if (x.some((one) => Math.abs(one) > 12)) return Infinity;
      return -logLikelihood(decode(x), scaled);
    },
    [0, -1, 0, 0.7],
    { step: 0.7, evaluationsMax: 1200, tolerance: 1e-10 },
  );
  const fitted = decode(x);
  const repeats = customers.reduce((sum, { frequency }) => sum + frequency, 0);
  return {
    ...fitted,
    alpha: fitted.alpha * scale,
    logLikelihood: -value - repeats * Math.log(scale),
  };
}

const decode = (x: Float64Array): BgNbd => ({
  r: Math.exp(x[0]!),
  alpha: Math.exp(x[1]!),
  a: Math.exp(x[2]!),
  b: Math.exp(x[3]!),
});

/** Log-likelihood of customers, equations 6 and 7. */
export function logLikelihood({ r, alpha, a, b }: BgNbd, customers: readonly Purchases[]): number {
  const terms = new Map<number, { counts: number; stays: number; leaves: number }>();
  const base = logBeta(a, b);
  const termsFor = (x: number) => {
    let found = terms.get(x);
    if (found === undefined) {
      found = {
        counts: logGamma(r + x) - logGamma(r) + r * Math.log(alpha),
        stays: logBeta(a, b + x) - base,
        leaves: x > 0 ? logBeta(a + 1, b + x - 1) - base : -Infinity,
      };
      terms.set(x, found);
    }
    return found;
  };
  let sum = 0;
  for (const { frequency: x, recency, tenure } of customers) {
    const { counts, stays, leaves } = termsFor(x);
    const alive = stays - (r + x) * Math.log(alpha + tenure);
    const gone = leaves - (r + x) * Math.log(alpha + recency);
    const larger = Math.max(alive, gone);
    sum += counts + larger + Math.log(Math.exp(alive - larger) + Math.exp(gone - larger));
  }
  return sum;
}

/** Probability that the customer has not left. */
export function pAlive({ r, alpha, a, b }: BgNbd, { frequency: x, recency, tenure }: Purchases) {
  if (x === 0) return 1;
  return 1 / (1 + (a / (b + x - 1)) * ((alpha + tenure) / (alpha + recency)) ** (r + x));
}

/** Purchases expected in the next `time`, equation 10. */
export function expectedPurchases(model: BgNbd, customer: Purchases, time: number): number {
  const { r, alpha, b } = model;
  // The formula has a removable gap at a = 1.
  const a = Math.abs(model.a - 1) < 1e-6 ? 1 + 1e-6 : model.a;
  const { frequency: x, tenure } = customer;
  const z = time / (alpha + tenure + time);
  const series = hypergeometric(r + x, b + x, a + b + x - 1, z);
  const shrink = ((alpha + tenure) / (alpha + tenure + time)) ** (r + x);
  const ifAlive = ((a + b + x - 1) / (a - 1)) * (1 - shrink * series);
  return Math.max(0, ifAlive * pAlive(model, customer));
}
