import { fitArma, type ArimaOrder } from './arima-fit.js';
import { searchOrder } from './arima-order.js';
import { differenced, encodeOrder, forecastArima, NAIVE, traceArima } from './arima-path.js';
import { addSeason, findSeasonality, removeSeason } from './decompose.js';
import type { LocalMethod } from './local-method.js';
import { bridged } from '../series/missing.js';
import { scaleOf } from '../series/statistics.js';
import { differencingOf, isConstant } from './unit-root.js';

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
