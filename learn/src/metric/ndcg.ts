/** What a grade is worth: 2^grade − 1 (Burges et al. 2005). */
export const gainOfGrade = (grade: number): number => 2 ** grade - 1;

/** Share of its gain that place `place` (from 0) gives. */
export const discount = (place: number): number => 1 / Math.log2(place + 2);

/** Discounted gain of the best order of these grades, over the first `at` places. */
export function idealGain(grades: Float64Array, at: number): number {
  const sorted = Float64Array.from(grades).sort().reverse();
  let sum = 0;
  for (let place = 0; place < Math.min(at, sorted.length); place++)
    sum += gainOfGrade(sorted[place]!) * discount(place);
  return sum;
}

/**
 * Normalised discounted cumulative gain of the first `at` places, mean over queries (Järvelin and
 * Kekäläinen 2002). Rows of one query share a value of `groups`; higher scores stand first, equal
 * ones in the order of rows. A query whose grades are all 0 counts as 1. NaN without rows.
 */
export function ndcg(
  grades: ArrayLike<number>,
  scores: ArrayLike<number>,
  groups: ArrayLike<number>,
  at = 10,
): number {
  const rowsOf = new Map<number, number[]>();
  for (let row = 0; row < grades.length; row++) {
    const rows = rowsOf.get(groups[row]!);
    if (rows) rows.push(row);
    else rowsOf.set(groups[row]!, [row]);
  }
  let sum = 0;
  for (const rows of rowsOf.values()) {
    const best = idealGain(
      Float64Array.from(rows, (row) => grades[row]!),
      at,
    );
    rows.sort((a, b) => scores[b]! - scores[a]! || a - b);
    let found = 0;
    for (let place = 0; place < Math.min(at, rows.length); place++)
      found += gainOfGrade(grades[rows[place]!]!) * discount(place);
    sum += best > 0 ? found / best : 1;
  }
  return sum / rowsOf.size;
}
