import { seasonalIndices } from './decompose.js';
import type { EtsForm } from './ets-form.js';
import type { EtsState } from './ets-filter.js';
import { bridged } from '../series/missing.js';

/**
 * Season by classical decomposition (by a line and one harmonic when there are fewer than three
 * periods), level and trend by a line through the first ten adjusted points, or the first two
 * periods where that is more.
 */
export function startState(values: Float64Array, period: number, form: EtsForm): EtsState {
  const filled = bridged(values);
  const season = form.season === 'N' ? new Float64Array(0) : startSeason(filled, period, form);
  const adjusted = filled.map((value, t) =>
    form.season === 'N'
      ? value
      : form.season === 'A'
        ? value - season[t % period]!
        : value / season[t % period]!,
  );
  const width = form.season === 'N' ? 1 : period;
  const count = Math.min(Math.max(10, 2 * width), adjusted.length);
  const middle = (count - 1) / 2;
  let mean = 0;
  let product = 0;
  let spread = 0;
  for (let t = 0; t < count; t++) {
    mean += adjusted[t]! / count;
    product += (t - middle) * adjusted[t]!;
    spread += (t - middle) ** 2;
  }
  const trend = spread > 0 && form.trend ? product / spread : 0;
  const level = mean - trend * (middle + 1);
  // A multiplicative error needs a positive first forecast.
  return form.multiplicativeError && level + trend <= 0
    ? { level: Math.max(mean, 1e-3), trend: 0, season }
    : { level, trend, season };
}

function startSeason(y: Float64Array, period: number, form: EtsForm): Float64Array {
  const kind = form.season === 'A' ? 'additive' : 'multiplicative';
  const indices =
    y.length >= 3 * period ? seasonalIndices(y, period, kind).indices : wave(y, period, kind);
  if (kind === 'additive') return indices;
  const raised = indices.map((index) => Math.max(index, 1e-2));
  const mean = raised.reduce((sum, index) => sum + index, 0) / period;
  return raised.map((index) => index / mean);
}

/** One harmonic about a line by least squares; a line is taken out first, then sine and cosine. */
function wave(y: Float64Array, period: number, kind: 'additive' | 'multiplicative'): Float64Array {
  const n = y.length;
  const columns = [
    Float64Array.from(y, () => 1),
    Float64Array.from(y, (_, t) => t - (n - 1) / 2),
    Float64Array.from(y, (_, t) => Math.cos((2 * Math.PI * t) / period)),
    Float64Array.from(y, (_, t) => Math.sin((2 * Math.PI * t) / period)),
  ];
  // Gram–Schmidt: exact for four columns, and a column without a direction of its own drops out.
  const rest = y.slice();
  const kept: Float64Array[] = [];
  const fits: Float64Array[] = [];
  for (const column of columns) {
    const direction = column.slice();
    for (const before of kept) subtract(direction, before, dot(direction, before));
    const size = Math.sqrt(dot(direction, direction));
    if (size < 1e-9) continue;
    for (let t = 0; t < n; t++) direction[t]! /= size;
    const share = dot(rest, direction);
    subtract(rest, direction, share);
    fits.push(direction.map((value) => value * share));
    kept.push(direction);
  }
  const level = Float64Array.from(y, (_, t) => (fits[0]?.[t] ?? 0) + (fits[1]?.[t] ?? 0));
  const sums = new Float64Array(period);
  const counts = new Float64Array(period);
  for (let t = 0; t < n; t++) {
    const swing = (fits[2]?.[t] ?? 0) + (fits[3]?.[t] ?? 0);
    sums[t % period]! += kind === 'additive' ? swing : 1 + swing / Math.max(level[t]!, 1e-2);
    counts[t % period]!++;
  }
  const neutral = kind === 'additive' ? 0 : 1;
  const indices = sums.map((sum, phase) => (counts[phase]! > 0 ? sum / counts[phase]! : neutral));
  const mean = indices.reduce((sum, index) => sum + index, 0) / period;
  return indices.map((index) => (kind === 'additive' ? index - mean : index));
}

const dot = (a: Float64Array, b: Float64Array) =>
  a.reduce((sum, value, t) => sum + value * b[t]!, 0);

function subtract(from: Float64Array, direction: Float64Array, share: number): void {
  for (let t = 0; t < from.length; t++) from[t]! -= share * direction[t]!;
}
