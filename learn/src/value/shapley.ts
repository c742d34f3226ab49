/**
 * Shares of `of(values) − of(reference)` by value: Shapley's, exact over all 2ⁿ mixtures of the two,
 * so only for few numbers (Lundberg and Lee, 2017; the reference is one row).
 */
export function shapleyShares(
  values: readonly number[],
  reference: readonly number[],
  of: (mixture: readonly number[]) => number,
): Float64Array {
  const n = values.length;
  const said = Float64Array.from({ length: 1 << n }, (_, taken) =>
    of(values.map((value, i) => ((taken >> i) & 1 ? value : reference[i]!))),
  );
  // Weight of a coalition of s others: s! (n − s − 1)! / n!.
  const weights = new Float64Array(n).fill(1 / n);
  for (let s = 1; s < n; s++) weights[s] = (weights[s - 1]! * s) / (n - s);
  const shares = new Float64Array(n);
  for (let taken = 0; taken < said.length; taken++)
    for (let i = 0; i < n; i++) {
      if ((taken >> i) & 1) continue;
      shares[i]! += weights[bits(taken)]! * (said[taken | (1 << i)]! - said[taken]!);
    }
  return shares;
}

function bits(taken: number): number {
  let count = 0;
  for (let left = taken; left > 0; left &= left - 1) count++;
  return count;
}
