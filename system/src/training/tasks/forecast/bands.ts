import { conformal, intervalsOf, type Backtest, type LevelInterval } from '@tino/learn';

export interface IntervalRecord {
  level: number;
  /** By steps ahead; null with one window. */
  coverage: readonly (number | null)[];
  /** Mean scaled interval score (M4) by steps ahead: in seasonal naive errors, less is better. */
  msis: readonly (number | null)[];
}

export interface Bands {
  /** Around the forecasts of one node; levels that cannot be supported come with the reason. */
  around(text: string, point: Float64Array): LevelInterval[];
  /** Promised beside measured on held-out windows, over all steps. */
  coverage: { level: number; measured: number; points: number }[];
  /** By level of the interval: measured at each step, and its mean scaled interval score. */
  records: IntervalRecord[];
}

interface BandOptions {
  levels: readonly number[];
  /** Prices: errors are ratios. Amounts, which may be 0: errors are differences. */
  multiplicative: boolean;
  floor?: number | undefined;
}

/** Conformal bands of nodes from the held-out windows of all of them. */
export function bandsOf(test: Backtest, { levels, multiplicative, floor }: BandOptions): Bands {
  const calibrated = conformal(test, { levels, multiplicative });
  const points = test.actual.filter((value, i) => !Number.isNaN(value + test.predicted[i]!)).length;
  const limits = floor === undefined ? {} : { floor };
  return {
    around: (text, point) => intervalsOf(calibrated, text, point, limits),
    records: calibrated.levels.flatMap((entry) =>
      'reason' in entry ? [] : [{ level: entry.level, coverage: entry.coverage, msis: entry.msis }],
    ),
    coverage: calibrated.levels.flatMap((entry) => {
      if ('reason' in entry) return [];
      const measured = entry.coverage.filter((share) => share !== null);
      const sum = measured.reduce((total, share) => total + share, 0);
      return measured.length === 0
        ? []
        : [{ level: entry.level, measured: sum / measured.length, points }];
    }),
  };
}
