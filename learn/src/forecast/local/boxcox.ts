import { leastBetween } from './golden-section.js';
import type { LocalMethod } from './local-method.js';

export const transformations = ['none', 'log', 'boxcox'] as const;
export type Transformation = (typeof transformations)[number];

/** (yᵏ − 1) ÷ k, the logarithm at k = 0 (Box and Cox, 1964). Positive values only. */
export function boxcox(y: Float64Array, lambda: number): Float64Array {
  return y.map((value) => (lambda === 0 ? Math.log(value) : (value ** lambda - 1) / lambda));
}

/** Undoes it; what has no preimage is nothing, the end of the range. */
export function unboxcox(y: Float64Array, lambda: number): Float64Array {
  return y.map((value) =>
    lambda === 0 ? Math.exp(value) : Math.max(0, lambda * value + 1) ** (1 / lambda),
  );
}

/**
 * The exponent that makes the spread of blocks of `period` values the same at every level: the
 * smallest coefficient of variation of deviation ÷ mean¹⁻ᵏ (Guerrero, 1993), between −1 and 2. One
 * when fewer than two blocks can tell.
 */
export function guerrero(y: Float64Array, period: number): number {
  const block = Math.max(2, period);
  const count = Math.floor(y.length / block);
  const means: number[] = [];
  const deviations: number[] = [];
  for (let b = 0; b < count; b++) {
    const from = y.length - (count - b) * block;
    const values = y.subarray(from, from + block).filter((value) => !Number.isNaN(value));
    if (values.length < 2) continue;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    means.push(mean);
    deviations.push(Math.sqrt(squares / (values.length - 1)));
  }
  if (means.length < 2) return 1;
  const variation = (lambda: number) => {
    const ratios = means.map((mean, b) => deviations[b]! / mean ** (1 - lambda));
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
    const squares = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0);
    return mean > 0 ? Math.sqrt(squares / (ratios.length - 1)) / mean : 0;
  };
  return leastBetween(variation, -1, 2, { cells: 12 }).x;
}

/**
 * A method on transformed values, its forecasts turned back: medians, not means. A series with a
 * value at or below 0 stays as it is. The exponent is the last parameter, `NaN` for none.
 */
export function transformed(method: LocalMethod, how: Transformation): LocalMethod {
  if (!transformations.includes(how))
    throw new Error(`transform ${String(how)} is unknown; it is ${transformations.join(', ')}`);
  if (how === 'none') return method;
  const exponent = (values: Float64Array, period: number) =>
    values.some((value) => value <= 0) ? NaN : how === 'log' ? 0 : guerrero(values, period);
  const inside = (values: Float64Array, lambda: number) =>
    Number.isNaN(lambda) ? values : boxcox(values, lambda);
  const outside = (out: Float64Array, lambda: number) => {
    if (!Number.isNaN(lambda)) out.set(unboxcox(out, lambda));
  };
  return {
    kind: method.kind,
    fit(values, period, around) {
      const lambda = exponent(values, period);
      return Float64Array.of(...method.fit(inside(values, lambda), period, around), lambda);
    },
    forecast(values, period, { parameters, fresh }, out, around, parts) {
      const own = parameters.subarray(0, -1);
      const lambda = values.some((value) => value <= 0) ? NaN : parameters.at(-1)!;
      // Parameters of transformed values mean nothing to others, and the other way round.
      const swapped = Number.isNaN(lambda) !== Number.isNaN(parameters.at(-1)!);
      const y = inside(values, lambda);
      const fitted = swapped
        ? { parameters: method.fit(y, period, around), fresh: false }
        : { parameters: own, fresh };
      if (!Number.isNaN(lambda)) {
        method.forecast(y, period, fitted, out, around);
        outside(out, lambda);
      } else method.forecast(y, period, fitted, out, around, parts);
    },
    trace(values, period, parameters, out, around) {
      const lambda = parameters.at(-1)!;
      method.trace?.(inside(values, lambda), period, parameters.subarray(0, -1), out, around);
      outside(out, lambda);
    },
    usedInstead(values, period, parameters) {
      const lambda = parameters.at(-1)!;
      if (Number.isNaN(lambda))
        return `${method.kind} without a transformation: values at or below 0`;
      return method.usedInstead?.(inside(values, lambda), period, parameters.subarray(0, -1));
    },
  };
}
