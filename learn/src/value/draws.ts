import type { Rng } from '../random.js';

/** A gamma of this shape and scale 1 (Marsaglia and Tsang, 2000). */
export function gammaDraw(shape: number, rng: Rng): number {
  if (shape < 1) return gammaDraw(shape + 1, rng) * (1 - rng.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = rng.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - rng.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

export function betaDraw(a: number, b: number, rng: Rng): number {
  const first = gammaDraw(a, rng);
  return first / (first + gammaDraw(b, rng));
}
