/** A rising step-free curve through knots: straight between them, level outside. */
export interface Curve {
  x: number[];
  y: number[];
}

/**
 * Weighted isotonic regression by pooling adjacent violators (Ayer et al. 1955). Knots stand at
 * both ends of each pool.
 */
export function isotonic(
  scores: ArrayLike<number>,
  y: ArrayLike<number>,
  weights?: ArrayLike<number>,
): Curve {
  interface Pool {
    low: number;
    high: number;
    sum: number;
    weight: number;
  }
  const order = Int32Array.from({ length: scores.length }, (_, i) => i).sort(
    (a, b) => scores[a]! - scores[b]! || a - b,
  );
  const pools: Pool[] = [];
  const level = (pool: Pool) => pool.sum / pool.weight;
  for (const i of order) {
    const weight = weights ? weights[i]! : 1;
    let pool: Pool = { low: scores[i]!, high: scores[i]!, sum: weight * y[i]!, weight };
    for (
      let last = pools[pools.length - 1];
      last && (last.high === pool.low || level(last) >= level(pool));
      last = pools[pools.length - 1]
    ) {
      pools.pop();
      pool = {
        low: last.low,
        high: pool.high,
        sum: last.sum + pool.sum,
        weight: last.weight + pool.weight,
      };
    }
    pools.push(pool);
  }
  const curve: Curve = { x: [], y: [] };
  for (const pool of pools) {
    curve.x.push(pool.low);
    curve.y.push(level(pool));
    if (pool.high > pool.low) {
      curve.x.push(pool.high);
      curve.y.push(level(pool));
    }
  }
  return curve;
}

export function atCurve({ x, y }: Curve, value: number): number {
  if (value <= x[0]!) return y[0]!;
  let low = 0;
  let high = x.length - 1;
  if (value >= x[high]!) return y[high]!;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= value) low = middle;
    else high = middle;
  }
  const share = (value - x[low]!) / (x[high]! - x[low]!);
  return y[low]! + share * (y[high]! - y[low]!);
}
