import type { Backtest, Rng } from '@tino/learn';
import type { Evidence } from '../../evidence.js';
import { atOrigins } from './choose.js';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import { scoresOf } from './score.js';

const RESAMPLES = 500;

/**
 * The case for a family at the gate: the metric at each origin of the challenger, of the champion's
 * rules fitted again on the same windows, and of the baseline; and the difference with an interval
 * over members, drawn again with replacement (Efron, 1979).
 */
export function evidenceOf(
  { metric }: ForecastDeclaration,
  tests: { challenger: Backtest; champion: Backtest | null; baseline: Backtest },
  {
    fitted,
    sameRecipe,
    checks,
    rng,
  }: {
    fitted: readonly number[];
    sameRecipe: boolean;
    checks: Evidence['checks'];
    /** Draws the interval of the difference; null where too few members changed to have one. */
    rng: Rng | null;
  },
): Evidence {
  const folds = (test: Backtest) => scoresOf(test, metric, fitted);
  return {
    metric,
    better: 'lower',
    challenger: folds(tests.challenger),
    champion: tests.champion && folds(tests.champion),
    baseline: folds(tests.baseline),
    sameRecipe,
    difference:
      tests.champion &&
      differenceOf(
        atOrigins(tests.champion, fitted),
        atOrigins(tests.challenger, fitted),
        metric,
        rng,
      ),
    checks,
  };
}

/** Champion less challenger: positive is better. */
function differenceOf(
  champion: Backtest,
  challenger: Backtest,
  metric: ForecastDeclaration['metric'],
  rng: Rng | null,
): Evidence['difference'] {
  const before = lossesOf(champion, metric);
  const after = lossesOf(challenger, metric);
  const rows = before.flatMap((loss, k) => (loss.weight > 0 && after[k]!.weight > 0 ? [k] : []));
  if (rows.length === 0) return null;
  const gain = (sample: readonly number[]) => ratio(before, sample) - ratio(after, sample);
  if (rng === null) return { difference: gain(rows), lower: NaN, upper: NaN };
  const draws = Array.from({ length: RESAMPLES }, () =>
    gain(rows.map(() => rows[rng.below(rows.length)]!)),
  ).sort((a, b) => a - b);
  return {
    difference: gain(rows),
    lower: draws[Math.floor(RESAMPLES * 0.025)]!,
    upper: draws[Math.ceil(RESAMPLES * 0.975) - 1]!,
  };
}

interface Loss {
  loss: number;
  weight: number;
}

const ratio = (losses: readonly Loss[], rows: readonly number[]): number => {
  let loss = 0;
  let weight = 0;
  for (const row of rows) {
    loss += losses[row]!.loss;
    weight += losses[row]!.weight;
  }
  return loss / weight;
};

/** By member; `wape` weighs members by their size, the others count each alike. */
function lossesOf(test: Backtest, metric: ForecastDeclaration['metric']): Loss[] {
  return test.keys.map((key, k): Loss => {
    const own = memberTest(test, key, k);
    const scores = scoresOf(own, metric).map((score, origin) => ({
      score,
      weight: metric === 'wape' ? sizeAt(own, origin) : 1,
    }));
    const known = scores.filter(({ score, weight }) => !Number.isNaN(score) && weight > 0);
    return {
      loss: known.reduce((sum, { score, weight }) => sum + score * weight, 0),
      weight: known.reduce((sum, { weight }) => sum + weight, 0),
    };
  });
}

function memberTest(test: Backtest, key: string, row: number): Backtest {
  const { horizon, origins } = test;
  const from = row * origins.length;
  const to = from + origins.length;
  return {
    keys: [key],
    horizon,
    origins,
    actual: test.actual.subarray(from * horizon, to * horizon),
    predicted: test.predicted.subarray(from * horizon, to * horizon),
    current: test.current.subarray(from, to),
    scales: test.scales.subarray(from, to),
  };
}

function sizeAt({ horizon, actual, predicted }: Backtest, origin: number): number {
  let size = 0;
  for (let i = origin * horizon; i < (origin + 1) * horizon; i++)
    if (!Number.isNaN(actual[i]! + predicted[i]!)) size += Math.abs(actual[i]!);
  return size;
}
