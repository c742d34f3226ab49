import { armaScratch, continueArma, filterArma } from './arma-filter.js';
import { armaReader, type ArimaOrder } from './arima-fit.js';
import { difference } from './unit-root.js';

/** A walk: the last value, for ever. */
export const NAIVE: ArimaOrder = { p: 0, d: 1, q: 0, P: 0, D: 0, Q: 0 };

/** One number for an order, so that parameters of one order are pooled with their like. */
export const encodeOrder = ({ p, d, q, P, D, Q }: ArimaOrder): number =>
  p + 10 * (q + 10 * (P + 10 * (Q + 10 * (d + 10 * D))));

export function decodeOrder(code: number): ArimaOrder {
  const digit = (place: number) => Math.floor(code / 10 ** place) % 10;
  return { p: digit(0), q: digit(1), P: digit(2), Q: digit(3), d: digit(4), D: digit(5) };
}

export function differenced(y: Float64Array, { d, D }: ArimaOrder, period: number): Float64Array {
  let w = y;
  for (let i = 0; i < D; i++) w = difference(w, period);
  for (let i = 0; i < d; i++) w = difference(w, 1);
  return w;
}

/** Forecasts from code of the order, mean, variance and unbounded coefficients. */
export function forecastArima(
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
export function traceArima(
  y: Float64Array,
  period: number,
  parameters: Float64Array,
  out: Float64Array,
) {
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
