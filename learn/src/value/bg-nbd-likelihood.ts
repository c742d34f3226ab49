import type { PurchaseTable } from './purchase-table.js';
import type { Smooth } from './quasi-newton.js';
import { digamma, logBeta, logGamma } from './special.js';

/** Parameters this far out (e^±12) are a model that the data does not hold. */
export const LOG_MAX = 12;

/**
 * Minus the log-likelihood of BG/NBD (Fader, Hardie and Lee, 2005, equations 6 and 7) and its
 * gradient, by the logarithms of r, alpha, a, b. What belongs to a count or a moment is computed
 * once a distinct one; a customer costs one exponential and one logarithm.
 */
export function bgNbdLoss(table: PurchaseTable): Smooth {
  const { frequencies, recencies, tenures, frequencyAt, recencyAt, tenureAt, count } = table;
  const [counts, byR, byA, byB, odds, inverseB] = Array.from(
    { length: 6 },
    () => new Float64Array(frequencies.length),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const lastLog = new Float64Array(recencies.length);
  const lastInverse = new Float64Array(recencies.length);
  const nowLog = new Float64Array(tenures.length);
  const nowInverse = new Float64Array(tenures.length);
  const perCount = (r: number, alpha: number, a: number, b: number) => {
    const beta = logBeta(a, b);
    const [ofR, ofB, ofAB] = [digamma(r), digamma(b), digamma(a + b)];
    frequencies.forEach((x, i) => {
      counts[i] = logGamma(r + x) - logGamma(r) + r * Math.log(alpha) + logBeta(a, b + x) - beta;
      byR[i] = digamma(r + x) - ofR + Math.log(alpha);
      byA[i] = ofAB - digamma(a + b + x);
      byB[i] = digamma(b + x) - ofB + byA[i]!;
      // The gone one against the alive one, but for their moments.
      odds[i] = x > 0 ? Math.log(a / (b + x - 1)) : -Infinity;
      inverseB[i] = x > 0 ? 1 / (b + x - 1) : 0;
    });
  };
  return (logs, gradient) => {
    gradient.fill(0);
    if (logs.some((one) => !(Math.abs(one) <= LOG_MAX))) return Infinity;
    const [r, alpha, a, b] = logs.map(Math.exp) as unknown as [number, number, number, number];
    perCount(r, alpha, a, b);
    moments(recencies, alpha, lastLog, lastInverse);
    moments(tenures, alpha, nowLog, nowInverse);
    let [sum, sumR, sumAlpha, sumA, sumB] = [0, 0, 0, 0, 0];
    for (let i = 0; i < count.length; i++) {
      const f = frequencyAt[i]!;
      const last = recencyAt[i]!;
      const now = tenureAt[i]!;
      const n = count[i]!;
      const power = r + frequencies[f]!;
      const apart = odds[f]! + power * (nowLog[now]! - lastLog[last]!);
      const gone = Math.exp(-Math.abs(apart));
      // Chance to have left, without overflow on either side.
      const q = apart > 0 ? 1 / (1 + gone) : gone / (1 + gone);
      const softplus = Math.max(0, apart) + Math.log1p(gone);
      sum += n * (counts[f]! - power * nowLog[now]! + softplus);
      sumR += n * (byR[f]! - nowLog[now]! + q * (nowLog[now]! - lastLog[last]!));
      sumAlpha +=
        n * (r / alpha - power * (nowInverse[now]! + q * (lastInverse[last]! - nowInverse[now]!)));
      sumA += n * (byA[f]! + q / a);
      sumB += n * (byB[f]! - q * inverseB[f]!);
    }
    gradient[0] = -r * sumR;
    gradient[1] = -alpha * sumAlpha;
    gradient[2] = -a * sumA;
    gradient[3] = -b * sumB;
    return -sum;
  };
}

function moments(
  times: Float64Array,
  alpha: number,
  logs: Float64Array,
  inverses: Float64Array,
): void {
  for (let i = 0; i < times.length; i++) {
    logs[i] = Math.log(alpha + times[i]!);
    inverses[i] = 1 / (alpha + times[i]!);
  }
}
