import type { Hierarchy } from '../../src/index.js';

/** The summing matrix, nodes × bottom. */
export const summingMatrix = ({ nodes, bottom }: Hierarchy): number[][] =>
  nodes.map(({ members }) =>
    Array.from({ length: bottom }, (_, j) => (members.includes(j) ? 1 : 0)),
  );

/** Shrunk covariance by its definition, pair by pair (Schäfer and Strimmer, 2005). */
export function denseShrunk(residuals: Float64Array, count: number): number[][] {
  const length = residuals.length / count;
  const rows = Array.from({ length: count }, (_, i) => {
    const own = [...residuals.subarray(i * length, (i + 1) * length)];
    const mean = own.reduce((sum, value) => sum + value, 0) / length;
    return own.map((value) => value - mean);
  });
  const product = (a: number[], b: number[]) => a.map((value, t) => value * b[t]!);
  const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0);
  const deviations = rows.map((row) => Math.sqrt(total(product(row, row)) / length));
  let spread = 0;
  let correlations = 0;
  rows.forEach((a, i) =>
    rows.forEach((b, j) => {
      if (i === j) return;
      const w = product(a, b).map((value) => value / (deviations[i]! * deviations[j]!));
      const mean = total(w) / length;
      spread += total(w.map((value) => (value - mean) ** 2));
      correlations += mean ** 2;
    }),
  );
  const shrinkage = Math.min(1, spread / (length * (length - 1)) / correlations);
  return rows.map((a, i) =>
    rows.map((b, j) => (total(product(a, b)) / (length - 1)) * (i === j ? 1 : 1 - shrinkage)),
  );
}

export const transpose = (a: number[][]) => a[0]!.map((_, j) => a.map((row) => row[j]!));
export const times = (a: number[][], b: number[][]) =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)));

/** Gauss and Jordan with the largest pivot. */
export function inverse(a: number[][]): number[][] {
  const n = a.length;
  const work = a.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let j = 0; j < n; j++) {
    let best = j;
    for (let i = j; i < n; i++) if (Math.abs(work[i]![j]!) > Math.abs(work[best]![j]!)) best = i;
    [work[j], work[best]] = [work[best]!, work[j]!];
    const pivot = work[j]!.map((value) => value / work[j]![j]!);
    work[j] = pivot;
    for (let i = 0; i < n; i++)
      if (i !== j) {
        const factor = work[i]![j]!;
        work[i] = work[i]!.map((value, k) => value - factor * pivot[k]!);
      }
  }
  return work.map((row) => row.slice(n));
}

/** S (S' W⁻¹ S)⁻¹ S' W⁻¹: the textbook's projection, dense. */
export function denseProjection(S: number[][], W: number[][]): number[][] {
  const weighted = times(transpose(S), inverse(W));
  return times(S, times(inverse(times(weighted, S)), weighted));
}
