import { discount, gainOfGrade, idealGain, ndcg } from '../metric/ndcg.js';
import type { TargetRule, Targets } from '../training-data.js';
import type { Objective } from './scores.js';

const GRADE_MAX = 30;

const grade: TargetRule = {
  says: `a grade from 0 to ${GRADE_MAX}, a whole number`,
  holds: (value) => Number.isInteger(value) && value >= 0 && value <= GRADE_MAX,
};

/**
 * LambdaMART (Burges 2010): within a query, each pair of rows of different grades pulls apart, in
 * proportion to what NDCG would lose if they changed places. As in LightGBM, pairs are taken with at
 * least one row of the `at` best, and a query's pulls are normed, so that a long or easy query does
 * not outweigh the others. Its loss is 1 − NDCG.
 */
export function lambdarank(at: number, data: Targets): Objective {
  const { groups } = data;
  if (!groups)
    throw new Error('lambdarank needs groups: the query of each row; give them with the data');
  const queries = queriesOf(groups);
  const best = queries.map((rows) =>
    idealGain(
      Float64Array.from(rows, (row) => data.y[row]!),
      at,
    ),
  );
  return {
    name: 'lambdarank',
    outputs: 1,
    target: grade,
    link: 'identity',
    unitHessian: false,
    start: () => new Float64Array(1),
    derive([scores], { y, weights }, [gradients], [hessians]) {
      gradients!.fill(0);
      hessians!.fill(0);
      queries.forEach((rows, q) => {
        if (best[q]! > 0) pull(rows, best[q]!, at, scores!, y, gradients!, hessians!);
      });
      for (let row = 0; weights && row < y.length; row++) {
        gradients![row]! *= weights[row]!;
        hessians![row]! *= weights[row]!;
      }
    },
    loss: ([scores], { y }, rows) => {
      const of = (values: ArrayLike<number>) => Float64Array.from(rows, (row) => values[row]!);
      return 1 - ndcg(of(y), of(scores!), of(groups), at);
    },
  };
}

/** Rows of each query, in their order. */
function queriesOf(groups: Int32Array): Int32Array[] {
  const rowsOf = new Map<number, number[]>();
  groups.forEach((query, row) => {
    const rows = rowsOf.get(query);
    if (rows) rows.push(row);
    else rowsOf.set(query, [row]);
  });
  return [...rowsOf.values()].map((rows) => Int32Array.from(rows));
}

/** Adds the pulls of all pairs of one query. */
function pull(
  rows: Int32Array,
  best: number,
  at: number,
  scores: Float64Array,
  y: Float64Array,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  const order = Int32Array.from(rows).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const spread = scores[order[0]!]! !== scores[order[order.length - 1]!]!;
  let sum = 0;
  for (let i = 0; i < Math.min(at, order.length); i++)
    for (let j = i + 1; j < order.length; j++) {
      if (y[order[i]!] === y[order[j]!]) continue;
      const upper = y[order[i]!]! > y[order[j]!]!;
      const high = upper ? order[i]! : order[j]!;
      const low = upper ? order[j]! : order[i]!;
      const apart = scores[high]! - scores[low]!;
      const gain = gainOfGrade(y[high]!) - gainOfGrade(y[low]!);
      let loss = (gain * Math.abs(discount(i) - discount(j))) / best;
      if (spread) loss /= 0.01 + Math.abs(apart);
      const wrong = 1 / (1 + Math.exp(apart));
      const lambda = loss * wrong;
      const curvature = loss * wrong * (1 - wrong);
      gradients[high]! -= lambda;
      gradients[low]! += lambda;
      hessians[high]! += curvature;
      hessians[low]! += curvature;
      sum += 2 * lambda;
    }
  if (sum === 0) return;
  const norm = Math.log2(1 + sum) / sum;
  for (const row of rows) {
    gradients[row]! *= norm;
    hessians[row]! *= norm;
  }
}
