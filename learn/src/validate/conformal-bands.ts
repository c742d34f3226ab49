import { conformalRank } from './conformal.js';

/** Of predictions up to `to`: how far below and above them, in units of |prediction| + `unit`. */
export interface ConformalBand {
  /** null: all that are higher. */
  to: number | null;
  lower: number;
  upper: number;
}

export type ConformalBands =
  | { level: number; unit: number; bands: ConformalBand[] }
  | { level: number; reason: string };

const BANDS_MAX = 10;
/** Rows of a band for each that lies outside on one side. */
const OUTSIDE_MIN = 5;

/**
 * Intervals whose width goes with the prediction, and whose sides differ: split conformal within bands
 * of like predictions, each of which holds its share (Mondrian regressors; Boström and Johansson,
 * 2020). Where few are wrong by a lot, one width for all would be far too wide for most and too narrow
 * for those. Rows with `NaN` are left out.
 */
export function conformalBands(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  levels: readonly number[],
): ConformalBands[] {
  const order = Array.from({ length: actual.length }, (_, row) => row)
    .filter((row) => !Number.isNaN(actual[row]! + predicted[row]!))
    .sort((a, b) => predicted[a]! - predicted[b]!);
  const unit = order.reduce((sum, row) => sum + Math.abs(predicted[row]!), 0) / order.length || 1;
  const errors = order.map(
    (row) => (actual[row]! - predicted[row]!) / (Math.abs(predicted[row]!) + unit),
  );
  return levels.map((level) => {
    const side = (1 - level) / 2;
    const rows = Math.ceil(OUTSIDE_MIN / side);
    const count = Math.min(BANDS_MAX, Math.max(1, Math.floor(order.length / rows)));
    const bands: ConformalBand[] = [];
    for (let from = 0, b = 1; b <= count; b++) {
      let to = Math.floor((b * order.length) / count);
      // Equal predictions lie in one band.
      while (to < order.length && predicted[order[to]!] === predicted[order[to - 1]!]) to++;
      if (to <= from && order.length > 0) continue;
      const sorted = Float64Array.from(errors.slice(from, to)).sort();
      const rank = conformalRank(sorted.length, 1 - side);
      if (typeof rank !== 'number') return { level, reason: rank.reason };
      bands.push({
        to: to < order.length ? (predicted[order[to - 1]!]! + predicted[order[to]!]!) / 2 : null,
        lower: sorted[sorted.length - rank]!,
        upper: sorted[rank - 1]!,
      });
      from = to;
    }
    return { level, unit, bands };
  });
}

/** The interval around a prediction. */
export function bandAround(
  { unit, bands }: { unit: number; bands: readonly ConformalBand[] },
  value: number,
): [lower: number, upper: number] {
  const { lower, upper } = bands.find(({ to }) => to === null || value <= to)!;
  const scale = Math.abs(value) + unit;
  return [value + lower * scale, value + upper * scale];
}
