import { covarianceOf, quasiNewton, type Smooth } from './quasi-newton.js';
import { LOG_MAX } from './bg-nbd-likelihood.js';
import { digamma, logGamma } from './special.js';

/** Spend of a purchase is gamma (p, ν) with ν gamma (q, v) over customers. */
export interface GammaGamma {
  p: number;
  q: number;
  v: number;
}

export interface Spend {
  /** Purchases that the mean is of, ≥ 1. */
  frequency: number;
  /** Mean value of a purchase, > 0. */
  monetary: number;
}

/** Customers' spending as columns of one length: the form for many customers. */
export interface SpendColumns {
  frequency: ArrayLike<number>;
  monetary: ArrayLike<number>;
}

export interface FittedGammaGamma extends GammaGamma {
  /** Of the logarithms of p, q − 1 and v: 3 × 3; null where the data does not hold them. */
  covariance: number[] | null;
}

/**
 * Maximum likelihood (Fader and Hardie, "The gamma-gamma model of monetary value", 2013). Customers
 * without a purchase value are left out; q stays above 1, so that the mean exists.
 */
export function fitGammaGamma(customers: readonly Spend[] | SpendColumns): FittedGammaGamma {
  const { frequency, monetary } = columnsOf(customers);
  const known: number[] = [];
  let total = 0;
  for (let i = 0; i < frequency.length; i++)
    if (frequency[i]! >= 1 && monetary[i]! > 0) {
      known.push(i);
      total += monetary[i]!;
    }
  if (known.length < 3)
    throw new Error(`${known.length} customers have a purchase value; at least 3 are needed`);
  const scale = total / known.length;
  const groups = groupsOf(known, { frequency, monetary }, scale);
  const loss = gammaGammaLoss(groups);
  const { x } = quasiNewton(loss, [1, 1, 1]);
  return {
    p: Math.exp(x[0]!),
    q: 1 + Math.exp(x[1]!),
    v: Math.exp(x[2]!) * scale,
    covariance: covarianceOf(loss, x),
  };
}

/** Customers with one number of purchases: what the likelihood asks of them. */
interface Group {
  n: number;
  /** n × mean value of each. */
  totals: Float64Array;
  /** Sum of the logarithms of the mean values. */
  logs: number;
}

function groupsOf(
  rows: readonly number[],
  { frequency, monetary }: SpendColumns,
  scale: number,
): Group[] {
  const order = Int32Array.from(rows).sort(
    (a, b) => frequency[a]! - frequency[b]! || monetary[a]! - monetary[b]!,
  );
  const groups: Group[] = [];
  for (let from = 0, to = 0; from < order.length; from = to) {
    const n = frequency[order[from]!]!;
    while (to < order.length && frequency[order[to]!] === n) to++;
    const means = Float64Array.from(order.subarray(from, to), (row) => monetary[row]! / scale);
    const logs = means.reduce((sum, mean) => sum + Math.log(mean), 0);
    groups.push({ n, totals: means.map((mean) => n * mean), logs });
  }
  return groups;
}

/** Minus the log-likelihood and its gradient, by the logarithms of p, q − 1 and v. */
function gammaGammaLoss(groups: readonly Group[]): Smooth {
  return (logs, gradient) => {
    gradient.fill(0);
    if (logs.some((one) => !(Math.abs(one) <= LOG_MAX))) return Infinity;
    const [p, above, v] = logs.map(Math.exp) as unknown as [number, number, number];
    const q = 1 + above;
    const [logGammaQ, digammaQ, logV] = [logGamma(q), digamma(q), Math.log(v)];
    let [sum, byP, byQ, byV] = [0, 0, 0, 0];
    for (const { n, totals, logs: means } of groups) {
      let [log, inverse] = [0, 0];
      for (let i = 0; i < totals.length; i++) {
        log += Math.log(totals[i]! + v);
        inverse += 1 / (totals[i]! + v);
      }
      const size = totals.length;
      const both = digamma(p * n + q);
      sum +=
        size *
          (logGamma(p * n + q) - logGamma(p * n) - logGammaQ + q * logV + p * n * Math.log(n)) +
        (p * n - 1) * means -
        (p * n + q) * log;
      byP += n * (size * (both - digamma(p * n) + Math.log(n)) + means - log);
      byQ += size * (both - digammaQ + logV) - log;
      byV += (size * q) / v - (p * n + q) * inverse;
    }
    gradient[0] = -p * byP;
    gradient[1] = -above * byQ;
    gradient[2] = -v * byV;
    return -sum;
  };
}

/** Mean value of the customer's future purchases: its own drawn towards that of all. */
export function expectedSpend({ p, q, v }: GammaGamma, { frequency, monetary }: Spend): number {
  const own = frequency >= 1 && monetary > 0 ? frequency : 0;
  return (p * (v + (own > 0 ? own * monetary : 0))) / (p * own + q - 1);
}

const columnsOf = (customers: readonly Spend[] | SpendColumns): SpendColumns =>
  isList(customers)
    ? {
        frequency: Float64Array.from(customers, ({ frequency }) => frequency),
        monetary: Float64Array.from(customers, ({ monetary }) => monetary),
      }
    : customers;

const isList = (customers: readonly Spend[] | SpendColumns): customers is readonly Spend[] =>
  Array.isArray(customers);
