import type { Effects } from '../estimator.js';
import { elasticity, type ElasticityOptions } from './elasticity.js';
import {
  orthogonalElasticity,
  type OrthogonalHistory,
  type OrthogonalOptions,
} from './orthogonal.js';
import type { ItemElasticity } from './verdict.js';

/** Why one way of measuring was taken. */
export interface ElasticityVerdict {
  method: 'regression' | 'orthogonal';
  /** Items that both could measure. */
  compared: number;
  /** Mean square of how far the two are apart, by item. */
  apart: number;
  /** Mean variance of an item's orthogonal score: what they may be apart by chance. */
  chance: number;
}

/**
 * Elasticities by the regression, unless orthogonal scores contradict it. The regression keeps its
 * intervals with few rows and is off where prices follow demand in a way that its controls do not hold;
 * the scores are right then too. Where both are right their difference varies by the variance of the
 * scores less that of the regression (Hausman, 1978), so by no more than that of the scores: items that
 * are further apart than that on average are measured by the scores, all of them.
 */
export async function measuredElasticity(
  history: OrthogonalHistory,
  options: ElasticityOptions & OrthogonalOptions,
  effects: Effects,
): Promise<{ items: ItemElasticity[]; verdict: ElasticityVerdict }> {
  const plain = elasticity(history, options);
  const scores = await orthogonalElasticity(history, options, effects);
  const verdict = verdictOf(plain, scores);
  return { items: verdict.method === 'regression' ? plain : scores, verdict };
}

function verdictOf(
  plain: readonly ItemElasticity[],
  scores: readonly ItemElasticity[],
): ElasticityVerdict {
  let [squares, variances, compared] = [0, 0, 0];
  plain.forEach((one, i) => {
    const other = scores[i]!;
    if (!one.identifiable || !other.identifiable || !one.own || !other.own) return;
    squares += (one.own.elasticity - other.own.elasticity) ** 2;
    variances += other.own.standardError ** 2;
    compared++;
  });
  const method = squares > variances ? 'orthogonal' : 'regression';
  if (compared === 0) return { method, compared, apart: 0, chance: 0 };
  return { method, compared, apart: squares / compared, chance: variances / compared };
}
