import { seriesValues, type SeriesSet } from '../../series.js';

/** Above so many series the search for pairs would cost more than it tells. */
const SERIES_MAX = 300;
/** Moves that both must have made, and how alike they must be. */
const MOVES_MIN = 24;
const CORRELATION_MIN = 0.5;

/**
 * The series that moved most alike, such as the same product in the next town: where two of them
 * have drifted apart, they tend to meet again (Engle and Granger, 1987).
 * @param until calendar step up to which the past is looked at
 * @returns by key the key of its partner; without one, or among more than 300 series, absent
 */
export function partnersOf(set: SeriesSet, until: number): Record<string, string> {
  const partners: Record<string, string> = {};
  const count = set.keys.length;
  if (count > SERIES_MAX) return partners;
  const lag = Math.max(1, Math.min(3, set.period));
  const moves = set.keys.map((_, i) => movesUntil(set, i, until, lag));
  const best = set.keys.map(() => ({ partner: -1, alike: CORRELATION_MIN }));
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++) {
      const alike = correlation(moves[i]!, moves[j]!, set.starts[i]! - set.starts[j]!);
      if (alike > best[i]!.alike) best[i] = { partner: j, alike };
      if (alike > best[j]!.alike) best[j] = { partner: i, alike };
    }
  best.forEach(({ partner }, i) => {
    if (partner >= 0) partners[set.keys[i]!] = set.keys[partner]!;
  });
  return partners;
}

/** Relative moves over a few steps, so that what one does a step later counts too. */
function movesUntil(set: SeriesSet, index: number, until: number, lag: number): Float64Array {
  const values = seriesValues(set, index);
  const length = Math.max(0, Math.min(values.length, until + 1 - set.starts[index]!));
  return Float64Array.from({ length }, (_, t) => {
    const before = values[t - lag] ?? NaN;
    return (values[t]! - before) / Math.abs(before);
  });
}

/** @param shift steps by which `a` begins after `b` */
function correlation(a: Float64Array, b: Float64Array, shift: number): number {
  const sums = { n: 0, a: 0, b: 0, aa: 0, bb: 0, ab: 0 };
  for (let t = Math.max(0, -shift); t < a.length && t + shift < b.length; t++) {
    const [x, y] = [a[t]!, b[t + shift]!];
    if (!Number.isFinite(x + y)) continue;
    sums.n++;
    sums.a += x;
    sums.b += y;
    sums.aa += x * x;
    sums.bb += y * y;
    sums.ab += x * y;
  }
  const { n } = sums;
  if (n < MOVES_MIN) return NaN;
  const spread = (n * sums.aa - sums.a ** 2) * (n * sums.bb - sums.b ** 2);
  return spread > 0 ? (n * sums.ab - sums.a * sums.b) / Math.sqrt(spread) : NaN;
}
