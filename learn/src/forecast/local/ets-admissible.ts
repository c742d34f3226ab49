import type { Smoothing } from './ets-filter.js';

/**
 * Whether old values lose their weight: the roots of the characteristic equation of a seasonal
 * model lie within the unit circle (Hyndman, Akram and Archibald, 2008), by the Schur–Cohn
 * step-down. The usual bounds keep a model without season admissible by themselves.
 */
export function isAdmissible(
  { alpha, beta, gamma, phi }: Smoothing,
  period: number,
  scratch: Float64Array,
): boolean {
  const damping = phi === 0 ? 1 : phi;
  // The trend moves the forecast by φ b, so β comes in as φ β.
  const pull = damping * beta;
  const middle = alpha + pull - alpha * damping;
  const degree = period + 1;
  // Ascending powers; the leading one is 1.
  scratch[0] = damping * (1 - alpha - gamma);
  scratch[1] = middle + gamma - 1;
  for (let j = 2; j < period; j++) scratch[j] = middle;
  scratch[period] = alpha + pull - damping;
  scratch[degree] = 1;
  for (let size = degree; size > 0; size--) {
    const reflection = scratch[0]! / scratch[size]!;
    if (!(Math.abs(reflection) < 1 + 1e-10)) return false;
    const keep = 1 - reflection * reflection;
    if (keep < 1e-12) return true;
    // p(z) − r z^n p(1/z), divided by z: the first half is overwritten with the second's partner.
    for (let low = 0, high = size; low <= high; low++, high--) {
      const a = scratch[low]!;
      const b = scratch[high]!;
      scratch[low] = a - reflection * b;
      scratch[high] = b - reflection * a;
    }
    for (let j = 0; j < size; j++) scratch[j] = scratch[j + 1]!;
  }
  return true;
}
