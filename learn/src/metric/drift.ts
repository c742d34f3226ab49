/**
 * Population stability index of a sample against the expected one, over bins of equal counts of the
 * expected; missing values are a bin of their own. Below 0.1 is stable, above 0.25 has moved.
 */
export function psi(expected: ArrayLike<number>, actual: ArrayLike<number>, bins = 10): number {
  const sorted = Float64Array.from(expected)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const edges = new Set<number>();
  for (let bin = 1; bin < bins && sorted.length > 0; bin++)
    edges.add(sorted[Math.min(sorted.length - 1, Math.floor((bin * sorted.length) / bins))]!);
  const cuts = [...edges];
  const before = shares(expected, cuts);
  const after = shares(actual, cuts);
  let sum = 0;
  for (let bin = 0; bin < before.length; bin++)
    sum += (after[bin]! - before[bin]!) * Math.log(after[bin]! / before[bin]!);
  return sum;
}

/** Shares of bins, an empty one counted as half a row so that its logarithm is finite. */
function shares(values: ArrayLike<number>, cuts: readonly number[]): Float64Array {
  const counts = new Float64Array(cuts.length + 2);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    let bin = cuts.length + 1;
    if (!Number.isNaN(value)) {
      bin = 0;
      while (bin < cuts.length && value >= cuts[bin]!) bin++;
    }
    counts[bin]!++;
  }
  const filled = counts.map((count) => Math.max(count, 0.5));
  const total = filled.reduce((sum, count) => sum + count, 0);
  return filled.map((count) => count / total);
}
