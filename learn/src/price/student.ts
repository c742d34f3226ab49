import { normalQuantile } from './demand.js';

/**
 * Quantile of Student's distribution (Hill, 1970, algorithm 396): for means of few groups, where the
 * normal's interval is too narrow. Relative error below 1e-4 from 3 degrees of freedom; one and two are
 * closed forms.
 * @param probability in (0, 1)
 * @param freedom ≥ 1
 */
export function studentQuantile(probability: number, freedom: number): number {
  if (!(freedom >= 1))
    throw new RangeError(`degrees of freedom are ${freedom}, expected 1 or more`);
  if (probability < 0.5) return -studentQuantile(1 - probability, freedom);
  if (probability === 0.5) return 0;
  const twoSided = 2 * (1 - probability);
  if (freedom === 1) return 1 / Math.tan((twoSided * Math.PI) / 2);
  if (freedom === 2) return Math.sqrt(2 / (twoSided * (2 - twoSided)) - 2);
  const a = 1 / (freedom - 0.5);
  const b = 48 / (a * a);
  let c = ((20700 * a) / b - 98) * a - 16 + 96.36;
  const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * freedom;
  let y = (d * twoSided) ** (2 / freedom);
  if (y > 0.05 + a) {
    const x = -normalQuantile(1 - twoSided / 2);
    y = x * x;
    if (freedom < 5) c += 0.3 * (freedom - 4.5) * (x + 0.6);
    c += (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b;
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
    y = Math.expm1(a * y * y);
  } else {
    const near = 1 / (((freedom + 6) / (freedom * y) - 0.089 * d - 0.822) * (freedom + 2) * 3);
    y = ((near + 0.5 / (freedom + 4)) * y - 1) * ((freedom + 1) / (freedom + 2)) + 1 / y;
  }
  return Math.sqrt(freedom * y);
}
