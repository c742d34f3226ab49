export interface Line {
  intercept: number;
  slope: number;
}

/** Least squares through the points at 1, 2, … n. */
export function fitLine(y: Float64Array): Line {
  const n = y.length;
  const middle = (n + 1) / 2;
  let mean = 0;
  let product = 0;
  let spread = 0;
  for (let t = 1; t <= n; t++) {
    mean += y[t - 1]! / n;
    product += (t - middle) * y[t - 1]!;
    spread += (t - middle) ** 2;
  }
  const slope = spread > 0 ? product / spread : 0;
  return { intercept: mean - slope * middle, slope };
}
