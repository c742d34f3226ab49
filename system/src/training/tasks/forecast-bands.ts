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

/**
 * Conformal bands of nodes from the held-out windows of all of them. Additive errors are taken
 * relative to the size of each node, so that a store lends a kiosk the shape of its errors and not
 * their size.
 */
export function bandsOf(test: Backtest, { levels, multiplicative, floor }: BandOptions): Bands {
  const sizes = multiplicative ? test.keys.map(() => 1) : test.keys.map((_, k) => sizeOf(test, k));
  const calibrated = conformal(scaled(test, sizes), { levels, multiplicative });
  const sizeBy = new Map(test.keys.map((key, k) => [key, sizes[k]!]));
  const known = sizes.filter((size) => size > 0);
  const pooled = known.length > 0 ? known.reduce((sum, size) => sum + size, 0) / known.length : 1;
  const points = test.actual.filter((value, i) => !Number.isNaN(value + test.predicted[i]!)).length;
  return {
    around(text, point) {
      const size = sizeBy.get(text) ?? (pointSize(point) || pooled);
      const options = floor === undefined ? {} : { floor: floor / size };
      return intervalsOf(
        calibrated,
        text,
        point.map((value) => value / size),
        options,
      ).map((entry) =>
        'reason' in entry
          ? entry
          : {
              level: entry.level,
              lower: entry.lower.map((value) => value * size),
              upper: entry.upper.map((value) => value * size),
              coverage: entry.coverage,
              winkler: entry.winkler.map((score) => (score === null ? null : score * size)),
            },
      );
    },
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

const pointSize = (point: Float64Array) =>
  point.reduce((sum, value) => sum + Math.abs(value), 0) / point.length;

function sizeOf(test: Backtest, row: number): number {
  const width = test.origins.length * test.horizon;
  const own = test.actual
    .subarray(row * width, (row + 1) * width)
    .filter((value) => !Number.isNaN(value));
  return (own.length > 0 && pointSize(own)) || 1;
}

function scaled(test: Backtest, sizes: readonly number[]): Backtest {
  const width = test.origins.length * test.horizon;
  const divide = (values: Float64Array) =>
    values.map((value, i) => value / sizes[Math.floor(i / width)]!);
  return {
    ...test,
    actual: divide(test.actual),
    predicted: divide(test.predicted),
    scales: test.scales.map(
      (value, cell) => value / sizes[Math.floor(cell / test.origins.length)]!,
    ),
  };
}
