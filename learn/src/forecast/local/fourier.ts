import { searchOrder } from './arima-order.js';
import { differenced, encodeOrder, forecastArima, NAIVE, traceArima } from './arima-path.js';
import { fitArma } from './arima-fit.js';
import { designOf, sharesOf, type Design, type Waves } from './design.js';
import type { LocalMethod, Surroundings } from './local-method.js';
import { bridged } from '../series/missing.js';
import { ridge } from './ridge.js';
import { scaleOf } from '../series/statistics.js';
import { differencingOf } from './unit-root.js';

interface FourierOptions {
  /** Steps of each season; `null` is the period of the series. */
  periods: readonly number[] | null;
  /** Pairs of waves a season at most. */
  harmonicsMax: number;
}

const POINTS_MIN = 12;
const LIMITS = { ordersMax: 3, seasonalMax: 0, modelsMax: 30 };

/**
 * Dynamic harmonic regression (Young, Pedregal and Tych, 1999; the place of TBATS for long and
 * several seasons): waves and known covariates, with an ARIMA of what they leave, fitted together
 * by exact likelihood. The number of waves is that of the smallest AICc of the regression. Gaps are
 * bridged; fewer than 12 points give the naive forecast. Parameters: code of the order, number of
 * seasons, period and waves of each, columns, their coefficients, mean, variance, ARMA
 * coefficients.
 */
export const fourier = ({ periods, harmonicsMax }: FourierOptions): LocalMethod => ({
  kind: 'fourier',
  fit(values, period, around) {
    const y = bridged(values);
    const scale = scaleOf(y);
    const scaled = y.map((value) => value / scale);
    if (y.length < POINTS_MIN) return writeFourier(NAIVE_FIT);
    const waves = chooseWaves(scaled, periods ?? [period], harmonicsMax, around);
    const columns = filledColumns(y.length, y.length, waves, around).columns;
    return writeFourier(fitRest(scaled, columns, waves, scale));
  },
  forecast(values, _period, { parameters, fresh }, out, around, parts) {
    const y = bridged(values);
    const { waves, coefficients, rest } = readFourier(parameters);
    const n = y.length;
    // A naive forecast looks at nothing else.
    const design =
      coefficients.length === 0 ? EMPTY : filledColumns(n + out.length, n, waves, around);
    const left = without(y, design, coefficients);
    forecastArima(left, 1, rest, fresh, out);
    if (parts !== undefined) parts['level'] = out.slice();
    for (const [name, share] of sharesOf(design, coefficients, n)) {
      for (let h = 0; h < out.length; h++) out[h]! += share[h]!;
      if (parts !== undefined) parts[name] = share;
    }
  },
  trace(values, _period, parameters, out, around) {
    const y = bridged(values);
    const { waves, coefficients, rest } = readFourier(parameters);
    const design =
      coefficients.length === 0 ? EMPTY : filledColumns(y.length, y.length, waves, around);
    traceArima(without(y, design, coefficients), 1, rest, out);
    for (const share of sharesOf(design, coefficients, 0).values())
      for (let t = 0; t < out.length; t++) out[t]! += share[t]!;
  },
  usedInstead: (values) =>
    values.length < POINTS_MIN
      ? `naive: ${values.length} points, fourier needs ${POINTS_MIN}`
      : undefined,
});

const EMPTY: Design = { names: [], columns: [] };

/**
 * Covariates unknown within the past are bridged as the series is; in the future they are errors.
 */
function filledColumns(
  length: number,
  known: number,
  waves: readonly Waves[],
  around: Surroundings,
): Design {
  const { names, columns } = designOf(length, known, { trend: false, waves }, around);
  const filled = columns.map((column) => bridged(column));
  return {
    names,
    columns: filled.map((column) => (Number.isNaN(column[0]!) ? column.fill(0) : column)),
  };
}

const without = (y: Float64Array, { columns }: Design, coefficients: Float64Array) =>
  y.map((value, t) =>
    columns.reduce((rest, column, c) => rest - coefficients[c]! * column[t]!, value),
  );

/** One season after the other, as many waves as AICc finds worth their cost. */
function chooseWaves(
  y: Float64Array,
  asked: readonly number[],
  harmonicsMax: number,
  around: Surroundings,
): Waves[] {
  const n = y.length;
  const kept: Waves[] = [];
  const criterion = (waves: readonly Waves[]) => {
    const { columns } = designOf(n, n, { trend: true, waves }, { ...around, covariates: [] });
    const k = columns.length + 2;
    if (n - k - 1 <= 0) return Infinity;
    const { squares } = ridge(y, columns, 0);
    return n * Math.log(Math.max(squares / n, 1e-18)) + 2 * k + (2 * k * (k + 1)) / (n - k - 1);
  };
  for (const period of [...new Set(asked)].filter((one) => one > 1 && n >= 2 * one)) {
    let least = criterion(kept);
    let best = 0;
    for (
      let harmonics = 1;
      harmonics <= Math.min(harmonicsMax, Math.floor(period / 2));
      harmonics++
    ) {
      const value = criterion([...kept, { period, harmonics }]);
      if (!(value < least)) continue;
      least = value;
      best = harmonics;
    }
    if (best > 0) kept.push({ period, harmonics: best });
  }
  return kept;
}

interface FourierFit {
  code: number;
  waves: readonly Waves[];
  coefficients: ArrayLike<number>;
  mean: number;
  variance: number;
  x: ArrayLike<number>;
}

const NAIVE_FIT: FourierFit = {
  code: encodeOrder(NAIVE),
  waves: [],
  coefficients: [],
  mean: 0,
  variance: 0,
  x: [],
};

function fitRest(
  scaled: Float64Array,
  columns: readonly Float64Array[],
  waves: readonly Waves[],
  scale: number,
): FourierFit {
  const first = ridge(scaled, columns, 0);
  const left = scaled.map((value, t) =>
    columns.reduce((rest, column, c) => rest - first.coefficients[c]! * column[t]!, value),
  );
  const { d } = differencingOf(left, 1);
  const order = { ...NAIVE, d };
  const problem = {
    values: differenced(scaled, order, 1),
    regressors: columns.map((column) => differenced(column, order, 1)),
    period: 1,
  };
  const chosen = searchOrder(problem, { d, D: 0 }, LIMITS);
  const ones = chosen.constant ? [new Float64Array(problem.values.length).fill(1)] : [];
  const whole = { ...problem, regressors: [...problem.regressors, ...ones] };
  const fit = fitArma(whole, chosen.order, chosen.fit.x, 1e-6);
  const k = columns.length;
  return {
    code: encodeOrder(chosen.order),
    waves,
    coefficients: fit.coefficients.subarray(0, k).map((value) => value * scale),
    mean: chosen.constant ? fit.coefficients[k]! * scale : 0,
    variance: fit.variance * scale * scale,
    x: fit.x,
  };
}

const writeFourier = ({ code, waves, coefficients, mean, variance, x }: FourierFit) =>
  Float64Array.from([
    code,
    waves.length,
    ...waves.flatMap(({ period, harmonics }) => [period, harmonics]),
    coefficients.length,
    ...Array.from(coefficients),
    mean,
    variance,
    ...Array.from(x),
  ]);

function readFourier(parameters: Float64Array) {
  const seasons = parameters[1]!;
  const waves = Array.from({ length: seasons }, (_, i) => ({
    period: parameters[2 + 2 * i]!,
    harmonics: parameters[3 + 2 * i]!,
  }));
  const at = 2 + 2 * seasons;
  const end = at + 1 + parameters[at]!;
  const coefficients = parameters.slice(at + 1, end);
  const rest = Float64Array.of(parameters[0]!, ...parameters.subarray(end));
  return { waves, coefficients, rest };
}
