import { seeded, type BgNbd, type Purchases, type Rng } from '@tino/learn';
import { logBeta, logGamma } from '../../src/value/special.js';

/** Equations 6 and 7 of the paper, one customer after another. */
export function logLikelihood({ r, alpha, a, b }: BgNbd, customers: readonly Purchases[]): number {
  let sum = 0;
  for (const { frequency: x, recency, tenure } of customers) {
    const stays = Math.exp(logBeta(a, b + x) - logBeta(a, b)) * (alpha + tenure) ** -(r + x);
    const leaves =
      x > 0
        ? Math.exp(logBeta(a + 1, b + x - 1) - logBeta(a, b)) * (alpha + recency) ** -(r + x)
        : 0;
    sum += logGamma(r + x) - logGamma(r) + r * Math.log(alpha) + Math.log(stays + leaves);
  }
  return sum;
}

/** Marsaglia and Tsang (2000). */
function gamma(shape: number, rng: Rng): number {
  if (shape < 1) return gamma(shape + 1, rng) * (1 - rng.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = rng.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - rng.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

export interface SimulatedCustomer extends Purchases {
  monetary: number;
  later: number;
  spentLater: number;
}

export const world = { r: 0.8, alpha: 10, a: 0.9, b: 2.5 };
export const spending = { p: 6, q: 4, v: 15 };

/** Customers by the model's own story, in weeks: watched for `tenure`, then for 26 more. */
export function simulateCustomers(count: number, seed: number): SimulatedCustomer[] {
  const rng = seeded(seed);
  return Array.from({ length: count }, () => {
    const rate = gamma(world.r, rng) / world.alpha;
    const ga = gamma(world.a, rng);
    const leave = ga / (ga + gamma(world.b, rng));
    const scale = gamma(spending.q, rng) / spending.v;
    const tenure = 30 + rng.below(40);
    let time = 0;
    let [frequency, recency, later, total, spentLater] = [0, 0, 0, 0, 0];
    const basket = () => gamma(spending.p, rng) / scale;
    total += basket();
    for (;;) {
      time -= Math.log(1 - rng.next()) / rate;
      if (time > tenure + 26) break;
      if (time <= tenure) {
        frequency++;
        recency = time;
        total += basket();
      } else {
        later++;
        spentLater += basket();
      }
      if (rng.next() < leave) break;
    }
    return { frequency, recency, tenure, monetary: total / (frequency + 1), later, spentLater };
  });
}
