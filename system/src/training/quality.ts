import {
  bandAround,
  calibrationTable,
  capturedShare,
  conformalBands,
  conformalFactors,
  metricOf,
  weightedQuantile,
  type ConformalBands,
  type ConformalFactor,
} from '@tino/learn';
import type { TabularJob } from './job.js';
import { check, type Check } from './evidence.js';

/** What the held-out rows say of a model. */
export interface Quality {
  metrics: Record<string, number>;
  coverage: { level: number; measured: number; points: number }[];
  checks: Check[];
  detail: Record<string, unknown>;
}

/** Widths by bands of the answer, or one factor, or why there is none; first versions have one width. */
export type StoredInterval = ConformalBands | ConformalFactor | { level: number; offset: number };

const BUNDLES = {
  classify: ['rocAuc', 'prAuc', 'logLoss', 'brier'],
  regress: ['rmse', 'mae', 'wape', 'r2', 'medianAe'],
};
// Folds differ in their level; an order is right or wrong within one.
const RANKING = new Set(['rocAuc', 'prAuc']);
const LEVELS = [0.8, 0.95];
const SHARES = [0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** @param said predictions of rows that were not trained on; NaN elsewhere */
export function qualityOf(job: TabularJob, said: Float64Array): Quality {
  const rows = heldOut(said);
  const y = Float64Array.from(rows, (row) => job.y[row]!);
  const p = Float64Array.from(rows, (row) => said[row]!);
  const names = [...new Set([job.metric, ...BUNDLES[job.task]])];
  const metrics = Object.fromEntries(
    names.map((name) => [
      name,
      RANKING.has(name) ? byFold(name, job, said) : metricOf(name).of(y, p),
    ]),
  );
  return job.task === 'classify'
    ? { ...classifyQuality(y, p, new Set(rows.map((row) => job.groups[row]!)).size), metrics }
    : { ...regressQuality(job, said, y, p), metrics };
}

function byFold(name: string, job: TabularJob, said: Float64Array): number {
  const scores = job.folds
    .map(({ test }) =>
      metricOf(name).of(
        Float64Array.from(test, (row) => job.y[row]!),
        Float64Array.from(test, (row) => said[row]!),
      ),
    )
    .filter(Number.isFinite);
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

export const heldOut = (said: Float64Array): Int32Array => {
  const rows: number[] = [];
  said.forEach((value, row) => {
    if (!Number.isNaN(value)) rows.push(row);
  });
  return Int32Array.from(rows);
};

function classifyQuality(
  y: Float64Array,
  p: Float64Array,
  entities: number,
): Omit<Quality, 'metrics'> {
  const table = calibrationTable(y, p);
  const rate = y.reduce((sum, value) => sum + value, 0) / y.length;
  const gap = table.reduce(
    (sum, { said, happened, count }) => sum + (Math.abs(said - happened) * count) / y.length,
    0,
  );
  // Ten bins of a perfect model still differ from what happened by chance; an entity seen at several
  // cut-offs counts once, because its outcomes repeat each other.
  const chance = Math.sqrt((10 * rate * (1 - rate)) / entities);
  return {
    coverage: [],
    checks: [
      check(
        'calibration',
        gap <= 0.05 + chance,
        `disse e aconteceu diferem ${points(gap, 'pt')} pontos em média`,
        `said and happened differ by ${points(gap, 'en')} points on average`,
      ),
    ],
    detail: {
      calibration: table,
      capacity: SHARES.map((contacted) => ({
        contacted,
        captured: capturedShare(y, p, contacted),
      })),
      rate,
      calibrationGap: gap,
    },
  };
}

function regressQuality(
  job: TabularJob,
  said: Float64Array,
  y: Float64Array,
  p: Float64Array,
): Omit<Quality, 'metrics'> {
  const intervals = intervalsOf(job.target, y, p);
  const coverage = coverageOf(job, said);
  const errors = Float64Array.from(y, (value, row) => Math.abs((value - p[row]!) / value));
  const zeros = y.filter((value) => value === 0).length / y.length;
  return {
    coverage,
    checks: coverage.map(({ level, measured, points: n }) => {
      const slack = 0.03 + 2 * Math.sqrt((level * (1 - level)) / n);
      return check(
        `coverage${Math.round(level * 100)}`,
        measured >= level - slack,
        `faixa de ${Math.round(level * 100)}% acertou ${points(measured, 'pt')}%`,
        `the ${Math.round(level * 100)}% interval held ${points(measured, 'en')}%`,
      );
    }),
    detail: {
      intervals,
      // Where many values are 0 an error has no share to speak of.
      typicalError: zeros > 0.05 ? null : weightedQuantile(errors.filter(Number.isFinite), 0.5),
    },
  };
}

export const intervalsOf = (
  target: TabularJob['target'],
  y: ArrayLike<number>,
  p: ArrayLike<number>,
): StoredInterval[] =>
  target === 'log' ? conformalFactors(y, p, LEVELS) : conformalBands(y, p, LEVELS);

/** Each fold's rows against intervals made from the other folds. */
function coverageOf(job: TabularJob, said: Float64Array): Quality['coverage'] {
  const parts = job.folds.map(({ test }) => test.filter((row) => !Number.isNaN(said[row]!)));
  if (parts.length < 2) return [];
  const inside = LEVELS.map(() => 0);
  const counted = LEVELS.map(() => 0);
  for (const own of parts) {
    const others = parts.filter((part) => part !== own).flatMap((part) => [...part]);
    const intervals = intervalsOf(
      job.target,
      others.map((row) => job.y[row]!),
      others.map((row) => said[row]!),
    );
    for (const [l, interval] of intervals.entries()) {
      if ('reason' in interval) continue;
      for (const row of own) {
        const [low, high] = around(interval, said[row]!);
        counted[l]!++;
        if (job.y[row]! >= low && job.y[row]! <= high) inside[l]!++;
      }
    }
  }
  return LEVELS.flatMap((level, l) =>
    counted[l]! > 0 ? [{ level, measured: inside[l]! / counted[l]!, points: counted[l]! }] : [],
  );
}

export const around = (
  interval: Exclude<StoredInterval, { reason: string }>,
  value: number,
): [number, number] => {
  if ('bands' in interval) return bandAround(interval, value);
  return 'factor' in interval
    ? [value / interval.factor, value * interval.factor]
    : [value - interval.offset, value + interval.offset];
};

const points = (share: number, language: 'pt' | 'en') => {
  const text = (share * 100).toFixed(1);
  return language === 'pt' ? text.replace('.', ',') : text;
};
