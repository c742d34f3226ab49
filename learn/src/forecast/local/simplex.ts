interface SimplexOptions {
  /** First step in each direction. */
  step?: number;
  evaluationsMax?: number;
  /** Ends when best and worst differ by less than this share of the best. */
  tolerance?: number;
}

/**
 * Minimises `f` without derivatives (Nelder and Mead, 1965). Deterministic. `f` may return infinity
 * outside its domain.
 */
export function nelderMead(
  f: (x: Float64Array) => number,
  start: ArrayLike<number>,
  { step = 0.5, evaluationsMax = 200 * start.length, tolerance = 1e-8 }: SimplexOptions = {},
): { x: Float64Array; value: number; evaluations: number } {
  const n = start.length;
  const corners = Array.from({ length: n + 1 }, (_, i) => {
    const x = Float64Array.from(start);
    if (i > 0) x[i - 1]! += step;
    return { x, value: f(x) };
  });
  let evaluations = n + 1;
  const centre = new Float64Array(n);
  const along = (from: Float64Array, distance: number) => {
    const x = new Float64Array(n);
    for (let j = 0; j < n; j++) x[j] = centre[j]! + distance * (from[j]! - centre[j]!);
    evaluations++;
    return { x, value: f(x) };
  };
  while (evaluations < evaluationsMax) {
    corners.sort((a, b) => a.value - b.value);
    const best = corners[0]!;
    const worst = corners[n]!;
    if (worst.value - best.value <= tolerance * (Math.abs(best.value) + tolerance)) break;
    centre.fill(0);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) centre[j]! += corners[i]!.x[j]! / n;
    const reflected = along(worst.x, -1);
    if (reflected.value < best.value) {
      const expanded = along(worst.x, -2);
      corners[n] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < corners[n - 1]!.value) corners[n] = reflected;
    else {
      const contracted = along(worst.x, reflected.value < worst.value ? -0.5 : 0.5);
      if (contracted.value < Math.min(worst.value, reflected.value)) corners[n] = contracted;
      else {
        for (let i = 1; i <= n; i++) {
          const x = corners[i]!.x.map((value, j) => best.x[j]! + 0.5 * (value - best.x[j]!));
          corners[i] = { x, value: f(x) };
        }
        evaluations += n;
      }
    }
  }
  corners.sort((a, b) => a.value - b.value);
  return { ...corners[0]!, evaluations };
}
