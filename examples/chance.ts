import type { Rng } from '@tino/learn';

/** One of the items, each as likely. */
export const pick = <T>(items: readonly T[], rng: Rng): T => items[rng.below(items.length)]!;

/** One of the items, by weight. */
export function pickWeighted<T>(items: readonly (readonly [T, number])[], rng: Rng): T {
  let left = rng.next() * items.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [item, weight] of items) {
    left -= weight;
    if (left < 0) return item;
  }
  return items[items.length - 1]![0];
}

export const chance = (probability: number, rng: Rng): boolean => rng.next() < probability;

export const between = (low: number, high: number, rng: Rng): number =>
  low + (high - low) * rng.next();

/** Exponential with the given mean. */
export const exponential = (mean: number, rng: Rng): number => -mean * Math.log(1 - rng.next());

/** Log-normal with the given median and standard deviation of the logarithm. */
export const logNormal = (median: number, deviation: number, rng: Rng): number =>
  median * Math.exp(deviation * rng.normal());

/** Poisson count: Knuth's product up to a mean of 30, rounded normal above. */
export function poisson(mean: number, rng: Rng): number {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * rng.normal()));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = rng.next(); product > limit; product *= rng.next()) count++;
  return count;
}

/** Gamma with unit scale and shape ≥ 1 (Marsaglia and Tsang, 2000). */
export function gamma(shape: number, rng: Rng): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = rng.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - rng.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A key of 32 hexadecimal digits, as public data sets anonymise theirs. */
export function hexKey(rng: Rng): string {
  let key = '';
  for (let i = 0; i < 4; i++) {
    key += Math.floor(rng.next() * 0x100000000)
      .toString(16)
      .padStart(8, '0');
  }
  return key;
}

/** Weights that fall as 1 / rank^power, the first the largest. */
export const zipf = (n: number, power: number): number[] =>
  Array.from({ length: n }, (_, i) => (i + 1) ** -power);

export const round = (value: number, digits = 2): number => {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
};
