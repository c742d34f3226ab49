import { bgNbdLoss } from './bg-nbd-likelihood.js';
import {
  columnsOf,
  purchaseTable,
  type PurchaseColumns,
  type PurchaseTable,
} from './purchase-table.js';
import { covarianceOf, quasiNewton } from './quasi-newton.js';
import { hypergeometric } from './special.js';

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

export interface FittedBgNbd extends BgNbd {
  logLikelihood: number;
  /**
   * Of the logarithms of r, alpha, a and b: 4 × 4, from the curvature at the optimum;
   * null where the data does not hold them.
   */
  covariance: number[] | null;
}

/**
 * Maximum likelihood (Fader, Hardie and Lee, "Counting your customers the easy way", 2005), by its
 * analytic gradient over the distinct customers.
 */
export function fitBgNbd(customers: readonly Purchases[] | PurchaseColumns): FittedBgNbd {
  const table = purchaseTable(columnsOf(customers));
  // The scale of time is that of the data, so that days and weeks find the same optimum.
  let total = 0;
  table.count.forEach((count, i) => (total += count * table.tenures[table.tenureAt[i]!]!));
  const scale = total / table.customers || 1;
  const scaled = {
    ...table,
    recencies: table.recencies.map((time) => time / scale),
    tenures: table.tenures.map((time) => time / scale),
  };
  const loss = bgNbdLoss(scaled);
  const { x, value } = quasiNewton(loss, ...beginning(scaled));
  const [r, alpha, a, b] = x.map(Math.exp) as unknown as [number, number, number, number];
  return {
    r,
    alpha: alpha * scale,
    a,
    b,
    logLikelihood: -value - table.repeats * Math.log(scale),
    covariance: covarianceOf(loss, x),
  };
}

// Fewer distinct customers are no work.
const THINNED = 20_000;

/** Where to start: with many customers, at the optimum of an even share of the distinct ones. */
function beginning(
  table: PurchaseTable,
): [start: ArrayLike<number>, options: { inverse?: number[] | undefined }] {
  const start = [0, -1, 0, 0.7];
  const stride = Math.floor(table.count.length / THINNED);
  if (stride < 2) return [start, {}];
  const thin = <T extends Float64Array | Int32Array>(column: T): T =>
    column.filter((_, i) => i % stride === 0) as T;
  const count = thin(table.count);
  const total = count.reduce((sum, one) => sum + one, 0);
  const loss = bgNbdLoss({
    ...table,
    count,
    frequencyAt: thin(table.frequencyAt),
    recencyAt: thin(table.recencyAt),
    tenureAt: thin(table.tenureAt),
  });
  const { x } = quasiNewton(loss, start);
  const covariance = covarianceOf(loss, x);
  return [x, { inverse: covariance?.map((one) => (one * total) / table.customers) }];
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

/**
 * Chance of at least one purchase in the next `time`: alive, and a rate that is gamma
 * (r + x, alpha + T) then; to leave takes a purchase first.
 */
export function chanceOfPurchase(model: BgNbd, customer: Purchases, time: number): number {
  const { r, alpha } = model;
  const { frequency: x, tenure } = customer;
  const none = ((alpha + tenure) / (alpha + tenure + time)) ** (r + x);
  return pAlive(model, customer) * (1 - none);
}
