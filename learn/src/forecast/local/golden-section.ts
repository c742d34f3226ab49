const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The least of `f` between two ends: the best of `cells` equal cells first, so that a second valley
 * is not overlooked, then golden sections of the cells beside it (Kiefer, 1953).
 */
export function leastBetween(
  f: (x: number) => number,
  low: number,
  high: number,
  { cells = 8, tolerance = 1e-4 }: { cells?: number; tolerance?: number } = {},
): { x: number; value: number } {
  const width = (high - low) / cells;
  let best = { x: low, value: f(low) };
  for (let i = 1; i <= cells; i++) {
    const x = low + i * width;
    const value = f(x);
    if (value < best.value) best = { x, value };
  }
  let from = Math.max(low, best.x - width);
  let to = Math.min(high, best.x + width);
  let left = to - GOLDEN * (to - from);
  let right = from + GOLDEN * (to - from);
  let atLeft = f(left);
  let atRight = f(right);
  while (to - from > tolerance) {
    if (atLeft < atRight) {
      to = right;
      right = left;
      atRight = atLeft;
      left = to - GOLDEN * (to - from);
      atLeft = f(left);
    } else {
      from = left;
      left = right;
      atLeft = atRight;
      right = from + GOLDEN * (to - from);
      atRight = f(right);
    }
  }
  if (atLeft < best.value) best = { x: left, value: atLeft };
  if (atRight < best.value) best = { x: right, value: atRight };
  return best;
}
