import { designOf, sharesOf, type Waves } from './design.js';
import type { LocalMethod, Surroundings } from './local-method.js';
import { ridge } from './ridge.js';
import { countKnown, meanKnown } from '../series/statistics.js';

interface RegressionOptions {
  /** A straight line over the calendar. */
  trend: boolean;
  /** Waves of the period; `null` is as many as the points can carry, up to six. */
  harmonics: number | null;
  /** Penalty on standardised columns. */
  penalty: number;
}

const HARMONICS_MAX = 6;
/** Points that one unknown asks for when the number of waves is not given. */
const POINTS_EACH = 4;
const POINTS_MIN = 4;

/**
 * Linear regression on a line, the season as waves and the covariates known ahead, by ridge.
 * Missing values are left out of the fit. Fewer than 4 known points give their mean. Parameters:
 * number of waves (−1 for the mean), intercept, one a column.
 */
export const regression = ({ trend, harmonics, penalty }: RegressionOptions): LocalMethod => {
  if (!(penalty >= 0)) throw new RangeError(`penalty is ${penalty}, expected 0 or more`);
  const design = (
    length: number,
    known: number,
    period: number,
    count: number,
    around: Surroundings,
  ) => {
    const waves: Waves[] = count > 0 ? [{ period, harmonics: count }] : [];
    return designOf(length, known, { trend, waves }, around);
  };
  return {
    kind: 'regression',
    fit(values, period, around) {
      const known = countKnown(values);
      if (known < POINTS_MIN) return Float64Array.of(-1, meanKnown(values));
      const most = Math.min(Math.floor(period / 2), harmonics ?? HARMONICS_MAX);
      const carried = harmonics ?? Math.floor(known / (2 * POINTS_EACH));
      const count = values.length >= 2 * period ? Math.min(most, carried) : 0;
      const { columns } = design(values.length, values.length, period, count, around);
      const { intercept, coefficients } = ridge(values, columns, penalty);
      return Float64Array.of(count, intercept, ...coefficients);
    },
    forecast(values, period, { parameters, fresh }, out, around, parts) {
      const [count, intercept] = parameters;
      if (count === -1) return void out.fill(fresh ? meanKnown(values) : intercept!);
      const n = values.length;
      const found = design(n + out.length, n, period, count!, around);
      const coefficients = parameters.subarray(2);
      const shares = sharesOf(found, coefficients, n);
      const level = fresh ? levelOf(values, found.columns, coefficients) : intercept!;
      out.fill(level);
      for (const share of shares.values())
        for (let h = 0; h < out.length; h++) out[h]! += share[h]!;
      if (parts === undefined) return;
      parts['level'] = new Float64Array(out.length).fill(level);
      for (const [name, share] of shares) parts[name] = share;
    },
    trace(values, period, parameters, out, around) {
      const [count, intercept] = parameters;
      out.fill(intercept!);
      if (count === -1) return;
      const found = design(values.length, values.length, period, count!, around);
      for (const share of sharesOf(found, parameters.subarray(2), 0).values())
        for (let t = 0; t < out.length; t++) out[t]! += share[t]!;
    },
    usedInstead(values) {
      const known = countKnown(values);
      return known < POINTS_MIN
        ? `mean: ${known} known points, regression needs ${POINTS_MIN}`
        : undefined;
    },
  };
};

/** The mean of what the columns leave, for a series that the coefficients were not fitted on. */
function levelOf(
  values: Float64Array,
  columns: readonly Float64Array[],
  coefficients: Float64Array,
): number {
  const rest = values.map((value, t) =>
    columns.reduce((left, column, c) => left - coefficients[c]! * column[t]!, value),
  );
  const level = meanKnown(rest);
  return Number.isNaN(level) ? meanKnown(values) : level;
}
