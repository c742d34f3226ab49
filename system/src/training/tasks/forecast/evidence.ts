import { compareBacktests, type Backtest } from '@tino/learn';
import type { Evidence } from '../../evidence.js';
import { atOrigins } from './choose.js';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import { scoresOf } from './score.js';

/**
 * The case for a family at the gate: the metric at each origin of the challenger, of the champion's
 * rules fitted again on the same windows, and of the baseline; and the difference with an interval
 * over time, as what happens in one week happens to all members.
 */
export function evidenceOf(
  { metric }: ForecastDeclaration,
  tests: { challenger: Backtest; champion: Backtest | null; baseline: Backtest },
  {
    fitted,
    sameRecipe,
    checks,
  }: { fitted: readonly number[]; sameRecipe: boolean; checks: Evidence['checks'] },
): Evidence {
  const folds = (test: Backtest) => scoresOf(test, metric, fitted);
  const judged = (test: Backtest) => atOrigins(test, fitted);
  return {
    metric,
    better: 'lower',
    challenger: folds(tests.challenger),
    champion: tests.champion && folds(tests.champion),
    baseline: folds(tests.baseline),
    sameRecipe,
    difference:
      tests.champion && compareBacktests(judged(tests.champion), judged(tests.challenger), metric),
    checks,
  };
}
