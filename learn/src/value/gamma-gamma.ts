import { nelderMead } from '../forecast/simplex.js';
import { logGamma } from './special.js';

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

/**
 * Maximum likelihood (Fader and Hardie, "The gamma-gamma model of monetary value", 2013). Customers
 * without a purchase value are left out; q stays above 1, so that the mean exists.
 */
export function fitGammaGamma(customers: readonly Spend[]): GammaGamma {
  const known = customers.filter(({ frequency, monetary }) => frequency >= 1 && monetary > 0);
  if (known.length < 3)
    throw new Error(`${known.length} customers have a purchase value; at least 3 are needed`);
  const scale = known.reduce((sum, { monetary }) => sum + monetary, 0) / known.length;
  const { x } = nelderMead(
    (x) => {
      if (x.some((one) => Math.abs(one) > 12)) return Infinity;
      const { p, q, v } = decode(x);
      const constant = q * Math.log(v) - logGamma(q);
      let sum = 0;
      for (const { frequency, monetary } of known) {
        const n = frequency;
        const mean = monetary / scale;
        sum +=
          logGamma(p * n + q) -
          logGamma(p * n) +
          constant +
          (p * n - 1) * Math.log(mean) +
          p * n * Math.log(n) -
          (p * n + q) * Math.log(n * mean + v);
      }
      return -sum;
    },
    [1, 1, 1],
    { step: 0.7, evaluationsMax: 900, tolerance: 1e-10 },
  );
  const fitted = decode(x);
  return { ...fitted, v: fitted.v * scale };
}

const decode = (x: Float64Array): GammaGamma => ({
  p: Math.exp(x[0]!),
  q: 1 + Math.exp(x[1]!),
  v: Math.exp(x[2]!),
});

/** Mean value of the customer's future purchases: its own drawn towards that of all. */
export function expectedSpend({ p, q, v }: GammaGamma, { frequency, monetary }: Spend): number {
  const own = frequency >= 1 && monetary > 0 ? frequency : 0;
  return (p * (v + (own > 0 ? own * monetary : 0))) / (p * own + q - 1);
}
