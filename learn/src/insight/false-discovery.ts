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
  const at = (i: number) => (Number.isNaN(p[i]!) ? 1 : p[i]!);
  for (let i = 0; i < p.length; i++)
    if (at(i) < 0 || at(i) > 1)
      throw new RangeError(`p-value ${i} is ${p[i]}, expected a number from 0 to 1`);
  const order = Array.from({ length: p.length }, (_, i) => i).sort((a, b) => at(a) - at(b));
  const q = new Float64Array(p.length);
  let least = 1;
  for (let rank = order.length; rank > 0; rank--) {
    const i = order[rank - 1]!;
    least = Math.min(least, (at(i) * looks) / rank);
    q[i] = least;
  }
  return q;
}
