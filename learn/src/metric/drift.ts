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
  return psiOfCounts(counted(expected, cuts), counted(actual, cuts));
}

/**
 * The same over bins that are given, by their counts of rows. An empty one counts as half a row, so
 * that its logarithm is finite.
 */
export function psiOfCounts(expected: Float64Array, actual: Float64Array): number {
  const before = shares(expected);
  const after = shares(actual);
  let sum = 0;
  for (let bin = 0; bin < before.length; bin++)
    sum += (after[bin]! - before[bin]!) * Math.log(after[bin]! / before[bin]!);
  return sum;
}

function counted(values: ArrayLike<number>, cuts: readonly number[]): Float64Array {
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
  return counts;
}

function shares(counts: Float64Array): Float64Array {
  const filled = counts.map((count) => Math.max(count, 0.5));
  const total = filled.reduce((sum, count) => sum + count, 0);
  return filled.map((count) => count / total);
}
