import { lastKnown } from '../series/missing.js';
import type { LocalMethod } from './local-method.js';
import { meanKnown } from '../series/statistics.js';

const noParameters = () => Float64Array.of(0);

/** The last known value, for ever. */
export const naive = (): LocalMethod => ({
  kind: 'naive',
  fit: noParameters,
  forecast: (values, _period, _fitted, out) => void out.fill(values[lastKnown(values)]!),
});

/**
 * The last known value of the same phase; where a phase was never known, the last known value. With
 * a period of 1, or fewer points than a period, it is the naive forecast for the phases not yet
 * seen.
 */
export const seasonalNaive = (): LocalMethod => ({
  kind: 'seasonalNaive',
  fit: noParameters,
  forecast(values, period, _fitted, out) {
    const last = values[lastKnown(values)]!;
    for (let h = 0; h < out.length; h++) {
      let at = values.length + h - period;
      while (at >= values.length || (at >= 0 && Number.isNaN(values[at]!))) at -= period;
      out[h] = at >= 0 ? values[at]! : last;
    }
  },
});

/** The line through the first and the last known value; one point gives the naive forecast. */
export const drift = (): LocalMethod => ({
  kind: 'drift',
  fit: noParameters,
  forecast(values, _period, _fitted, out, _around, parts) {
    const last = lastKnown(values);
    const slope = last > 0 ? (values[last]! - values[0]!) / last : 0;
    for (let h = 0; h < out.length; h++)
      out[h] = values[last]! + slope * (values.length - last + h);
    if (parts === undefined) return;
    parts['level'] = new Float64Array(out.length).fill(values[last]!);
    parts['trend'] = out.map((value) => value - values[last]!);
  },
});

/** The mean of the known values, of the last `window` steps when one is given. */
export const mean = ({ window }: { window: number | null }): LocalMethod => ({
  kind: 'mean',
  fit: noParameters,
  forecast(values, _period, _fitted, out) {
    const recent = window === null ? NaN : meanKnown(values.subarray(-window));
    out.fill(Number.isNaN(recent) ? meanKnown(values) : recent);
  },
});
