/**
 * q-values of Benjamini and Hochberg (1995): the share of false ones among all findings with a
 * p-value up to this one, at most. Input order is kept; a p of `NaN` is a look that said nothing
 * and gets q = 1.
 * @param p probabilities, 0..1
 * @param looks tests that were made, also those whose p is not given; at least `p.length`
 */
export function falseDiscoveryRate(
  p: ArrayLike<number>,
  { looks = p.length }: { looks?: number } = {},
): Float64Array {
  if (!(looks >= p.length))
    throw new RangeError(`looks is ${looks}, expected at least the ${p.length} p-values given`);
  const values = Float64Array.from(p);
  for (const [i, value] of values.entries())
    if (Number.isNaN(value)) values[i] = 1;
    else if (value < 0 || value > 1)
      throw new RangeError(`p-value ${i} is ${value}, expected a number from 0 to 1`);
  const sorted = values.slice().sort();
  const shares = new Float64Array(p.length);
  let least = 1;
  for (let rank = sorted.length; rank > 0; rank--) {
    least = Math.min(least, (sorted[rank - 1]! * looks) / rank);
    shares[rank - 1] = least;
  }
  // Equal p-values have equal shares: that of the last of them is the least.
  return values.map((value) => shares[firstAt(sorted, value)]!);
}

/** Index of the first of sorted values that is not below `value`. */
function firstAt(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
