import { armaScratch, continueArma, filterArma } from './arma-filter.js';
import { armaReader, fitArma, type ArimaOrder } from './arima-fit.js';
import { searchOrder } from './arima-order.js';
import { addSeason, findSeasonality, removeSeason } from './decompose.js';
import type { LocalMethod } from './local.js';
import { bridged } from './missing.js';
import { scaleOf } from './statistics.js';
import { difference, differencingOf, isConstant } from './unit-root.js';

interface ArimaOptions {
  /** p, d, q or p, d, q, P, D, Q; `null` searches. */
  order: readonly number[] | null;
}

// A longer season makes states by the hundred: it is taken out first.
const PERIOD_MAX = 24;
const POINTS_MIN = 8;
const LIMITS = { ordersMax: 5, seasonalMax: 2, modelsMax: 94 };

/**
 * Seasonal ARIMA by exact maximum likelihood, its order found stepwise (Hyndman and Khandakar,
 * 2008). Gaps are bridged. Fewer than 8 points, or a constant series, give the naive forecast.
 * Parameters: code of the order, mean of the differenced series, variance, then the unbounded
 * coefficients.
 */
export const arima = ({ order }: ArimaOptions): LocalMethod => {
  const fixed = order === null ? undefined : readOrder(order);
  return {
    kind: 'arima',
    fit(values, period) {
      const { y, inner } = adjust(values, period);
      if (y.length < POINTS_MIN || isConstant(y)) return Float64Array.of(encodeOrder(NAIVE), 0, 0);
      return fitArima(y, inner, fixed);
    },
    forecast(values, period, { parameters, fresh }, out, _around, parts) {
      const { y, inner, season } = adjust(values, period);
      forecastArima(y, inner, parameters, fresh, out);
      if (parts !== undefined) parts['level'] = out.slice();
      addSeason(out, season, values.length, parts);
    },
    trace(values, period, parameters, out) {
      const { y, inner, season } = adjust(values, period);
      traceArima(y, inner, parameters, out);
      addSeason(out, season, 0);
    },
    usedInstead(values) {
      const filled = bridged(values);
      if (filled.length < POINTS_MIN)
        return `naive: ${filled.length} points, arima needs ${POINTS_MIN}`;
      return isConstant(filled) ? 'naive: every value is the same' : undefined;
    },
  };
};

const NAIVE: ArimaOrder = { p: 0, d: 1, q: 0, P: 0, D: 0, Q: 0 };

function readOrder(order: readonly number[]): ArimaOrder {
  const [p = 0, d = 0, q = 0, P = 0, D = 0, Q = 0] = order;
  const whole = [p, d, q, P, D, Q].every((one) => Number.isInteger(one) && one >= 0);
  if (!whole || order.length % 3 !== 0 || order.length > 6 || Math.max(p, q) > 9 || d + D > 3)
    throw new RangeError(
      `arima order is ${JSON.stringify(order)}, expected [p, d, q] or [p, d, q, P, D, Q]`,
    );
  return { p, d, q, P, D, Q };
}

function adjust(values: Float64Array, period: number) {
  const filled = bridged(values);
  if (period <= PERIOD_MAX) return { y: filled, inner: period, season: undefined };
  const season = findSeasonality(values, period);
  return { y: removeSeason(filled, season), inner: 1, season };
}

/** One number for an order, so that parameters of one order are pooled with their like. */
const encodeOrder = ({ p, d, q, P, D, Q }: ArimaOrder): number =>
  p + 10 * (q + 10 * (P + 10 * (Q + 10 * (d + 10 * D))));

function decodeOrder(code: number): ArimaOrder {
  const digit = (place: number) => Math.floor(code / 10 ** place) % 10;
  return { p: digit(0), q: digit(1), P: digit(2), Q: digit(3), d: digit(4), D: digit(5) };
}

function differenced(y: Float64Array, { d, D }: ArimaOrder, period: number): Float64Array {
  let w = y;
  for (let i = 0; i < D; i++) w = difference(w, period);
  for (let i = 0; i < d; i++) w = difference(w, 1);
  return w;
}

function fitArima(y: Float64Array, period: number, fixed?: ArimaOrder): Float64Array {
  const scale = scaleOf(y);
  const scaled = y.map((value) => value / scale);
  const { d, D } = fixed ?? differencingOf(scaled, period);
  const values = differenced(scaled, { ...NAIVE, d, D }, period);
  const problem = { values, regressors: [], period };
  const chosen =
    fixed === undefined
      ? searchOrder(problem, { d, D }, LIMITS)
      : { order: fixed, constant: d + D <= 1, fit: undefined };
  const { order, constant } = chosen;
  const regressors = constant ? [new Float64Array(values.length).fill(1)] : [];
  const start = chosen.fit?.x ?? new Float64Array(order.p + order.q + order.P + order.Q).fill(0.1);
  const { x, coefficients, variance } = fitArma({ values, regressors, period }, order, start, 1e-6);
  const mean = constant ? coefficients[0]! * scale : 0;
  return Float64Array.of(encodeOrder(order), mean, variance * scale * scale, ...x);
}

function forecastArima(
  y: Float64Array,
  period: number,
  parameters: Float64Array,
  fresh: boolean,
  out: Float64Array,
): void {
  const order = decodeOrder(parameters[0]!);
  const lost = order.d + order.D * period;
  if (y.length <= lost) return void out.fill(y[y.length - 1]!);
  const w = differenced(y, order, period);
  const { arma, read } = armaReader(order, period);
  read(parameters.subarray(3));
  // A mean belongs to the units of the series that it was fitted on.
  const mean = !fresh || parameters[1] === 0 ? parameters[1]! : averageOf(w);
  const scratch = armaScratch(arma.phi.length, arma.theta.length);
  const centred = w.map((value) => value - mean);
  filterArma([centred], arma, scratch, [new Float64Array(w.length)]);
  continueArma(arma, scratch.state, out);
  for (let h = 0; h < out.length; h++) out[h]! += mean;
  integrate(y, order, period, out);
}

/** Values less the errors of the differenced series; the first ones have nothing before them. */
function traceArima(y: Float64Array, period: number, parameters: Float64Array, out: Float64Array) {
  const order = decodeOrder(parameters[0]!);
  const lost = order.d + order.D * period;
  out.fill(NaN);
  if (y.length <= lost) return;
  const { arma, read } = armaReader(order, period);
  read(parameters.subarray(3));
  const scratch = armaScratch(arma.phi.length, arma.theta.length);
  const centred = differenced(y, order, period).map((value) => value - parameters[1]!);
  const errors = new Float64Array(centred.length);
  filterArma([centred], arma, scratch, [errors], false);
  for (let t = lost; t < y.length; t++) out[t] = y[t]! - errors[t - lost]!;
}

const averageOf = (w: Float64Array) => w.reduce((sum, value) => sum + value / w.length, 0);

/** Undoes the differences, the last one made first. */
function integrate(y: Float64Array, { d, D }: ArimaOrder, period: number, out: Float64Array): void {
  const seasonal = differenced(y, { ...NAIVE, d: 0, D }, period);
  for (let i = d - 1; i >= 0; i--) {
    let last = differenced(seasonal, { ...NAIVE, d: i, D: 0 }, period).at(-1)!;
    for (let h = 0; h < out.length; h++) last = out[h] = out[h]! + last;
  }
  for (let i = D - 1; i >= 0; i--) {
    const before = differenced(y, { ...NAIVE, d: 0, D: i }, period);
    for (let h = 0; h < out.length; h++)
      out[h]! += h < period ? before[before.length - period + h]! : out[h - period]!;
  }
}
