/**
 * Quantile of values with weights: the smallest value at which the share of weight at or below it
 * reaches `level` (the inverse of the empirical distribution); half-way between two where it is
 * reached exactly, so that an unweighted median of an even count is the usual one.
 */
export function weightedQuantile(
  values: ArrayLike<number>,
  level: number,
  weights?: ArrayLike<number>,
): number {
  const n = values.length;
  if (n === 0) return NaN;
  if (!weights) return quantileInPlace(Float64Array.from(values), level);
  const order = Int32Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => values[a]! - values[b]! || a - b,
  );
  const cumulative = new Float64Array(n);
  let total = 0;
  for (let i = 0; i < n; i++) cumulative[i] = total += weights[order[i]!]!;
  return atShare(
    level * total,
    n,
    (i) => values[order[i]!]!,
    (i) => cumulative[i]!,
  );
}

/** Several quantiles of values that weigh the same, sorted once; `NaN` each without values. */
export function quantiles(values: ArrayLike<number>, levels: readonly number[]): number[] {
  const n = values.length;
  if (n === 0) return levels.map(() => NaN);
  const sorted = Float64Array.from(values).sort();
  const value = (i: number) => sorted[i]!;
  return levels.map((level) => atShare(level * n, n, value, (i) => i + 1));
}

function atShare(
  target: number,
  n: number,
  value: (index: number) => number,
  share: (index: number) => number,
): number {
  let low = 0;
  let high = n - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (share(middle) < target * (1 - 1e-12)) low = middle + 1;
    else high = middle;
  }
  const reached = Math.abs(share(low) - target) <= 1e-12 * Math.abs(target);
  return reached && low + 1 < n ? (value(low) + value(low + 1)) / 2 : value(low);
}

/**
 * The quantile of values without weights, which are put into another order. Takes time in proportion
 * to their number unless one is `NaN`, which sorts last.
 */
export function quantileInPlace(values: Float64Array, level: number): number {
  const n = values.length;
  if (n === 0) return NaN;
  const isOrdered = holdsNaN(values);
  if (isOrdered) values.sort();
  return atShare(
    level * n,
    n,
    (i) => (isOrdered ? values[i]! : select(values, i)),
    (i) => i + 1,
  );
}

function holdsNaN(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i]!)) return true;
  return false;
}

/**
 * The value that sorting would put at `place`; smaller ones are left before it, larger ones after
 * (Hoare's selection, 1961). None may be `NaN`.
 */
export function select(values: Float64Array, place: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    // The median of three keeps sorted values, and equal ones, from being the worst case.
    const pivot = median3(values[low]!, values[(low + high) >> 1]!, values[high]!);
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const held = values[i]!;
      values[i++] = values[j]!;
      values[j--] = held;
    }
    if (place <= j) high = j;
    else if (place >= i) low = i;
    else break;
  }
  return values[place]!;
}

const median3 = (a: number, b: number, c: number) =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
