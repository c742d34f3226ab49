import type { Measure } from './measure.js';

/** Weights of both classes at each distinct score, from the highest. */
export interface ScoreGroup {
  score: number;
  ones: number;
  zeros: number;
  rows: number;
}

export function scoreGroups(
  y: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights?: ArrayLike<number>,
): ScoreGroup[] {
  const order = Int32Array.from({ length: y.length }, (_, row) => row).sort(
    (a, b) => scores[b]! - scores[a]!,
  );
  const groups: ScoreGroup[] = [];
  for (const row of order) {
    let group = groups[groups.length - 1];
    if (!group || group.score !== scores[row])
      groups.push((group = { score: scores[row]!, ones: 0, zeros: 0, rows: 0 }));
    const weight = weights ? weights[row]! : 1;
    if (y[row] === 1) group.ones += weight;
    else group.zeros += weight;
    group.rows++;
  }
  return groups;
}

/** Chance that a one scores above a zero, ties half. NaN with one class. */
export const rocAuc: Measure = (y, scores, weights) => {
  let ones = 0;
  let zeros = 0;
  let area = 0;
  for (const group of scoreGroups(y, scores, weights)) {
    area += group.zeros * (ones + group.ones / 2);
    ones += group.ones;
    zeros += group.zeros;
  }
  return ones > 0 && zeros > 0 ? area / (ones * zeros) : NaN;
};

/** Area under precision by recall as steps: average precision. NaN without ones. */
export const prAuc: Measure = (y, scores, weights) => {
  let ones = 0;
  let seen = 0;
  let area = 0;
  for (const group of scoreGroups(y, scores, weights)) {
    ones += group.ones;
    seen += group.ones + group.zeros;
    if (group.ones > 0) area += group.ones * (ones / seen);
  }
  return ones > 0 ? area / ones : NaN;
};

/** Share of all ones among the rows with the highest scores; rows that tie count in part. */
export function capturedShare(
  y: ArrayLike<number>,
  scores: ArrayLike<number>,
  share: number,
  weights?: ArrayLike<number>,
): number {
  const curve = gains(y, scores, weights);
  for (let i = 1; i < curve.length; i++) {
    const before = curve[i - 1]!;
    const { share: reached, captured } = curve[i]!;
    if (reached >= share) {
      const part = (share - before.share) / (reached - before.share);
      return before.captured + part * (captured - before.captured);
    }
  }
  return curve[curve.length - 1]!.captured;
}

/** Cumulative gains: of the best-scored `share` of rows, the share of all ones; (0, 0) to (1, 1). */
export function gains(
  y: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights?: ArrayLike<number>,
): { share: number; captured: number }[] {
  const groups = scoreGroups(y, scores, weights);
  const total = groups.reduce((sum, group) => sum + group.ones + group.zeros, 0);
  const ones = groups.reduce((sum, group) => sum + group.ones, 0);
  const curve = [{ share: 0, captured: 0 }];
  let seen = 0;
  let found = 0;
  for (const group of groups) {
    seen += group.ones + group.zeros;
    found += group.ones;
    curve.push({ share: seen / total, captured: ones > 0 ? found / ones : NaN });
  }
  return curve;
}

/** How many times more ones than by chance among the best-scored share, at each of `shares`. */
export const liftCurve = (
  y: ArrayLike<number>,
  scores: ArrayLike<number>,
  shares: readonly number[],
  weights?: ArrayLike<number>,
): { share: number; lift: number }[] =>
  shares.map((share) => ({ share, lift: capturedShare(y, scores, share, weights) / share }));
