import type { SeriesSet } from '../../series.js';
import { looksBack, type LagPlan } from './lag-plan.js';

/** One history: what is known, and after it what was forecast so far. */
export interface Track {
  /** Whose attributes and covariates are read. */
  series: number;
  values: Float64Array;
  /** Calendar index of the first of `values`. */
  start: number;
}

/** Rows to learn or to forecast, as flat columns. */
export interface LagRows {
  tracks: readonly Track[];
  /** By row: which track, */
  track: Int32Array;
  /** the place of the origin in its values: nothing after it is read, */
  at: Int32Array;
  /** and how many steps ahead, from 1. */
  ahead: Int32Array;
}

/** By row: what targets and columns are measured from and divided by. */
export interface Anchors {
  /** Of the target. */
  level: Float64Array;
  /** Of the columns: the level of the recent past. */
  base: Float64Array;
  scale: Float64Array;
}

/** Rows of one step or more ahead of the given origins, all steps of a track after each other. */
export function rowsAhead(
  tracks: readonly Track[],
  origins: ArrayLike<number>,
  steps: number,
): LagRows {
  const count = tracks.length * steps;
  return {
    tracks,
    track: Int32Array.from({ length: count }, (_, r) => Math.floor(r / steps)),
    at: Int32Array.from({ length: count }, (_, r) => origins[Math.floor(r / steps)]!),
    ahead: Int32Array.from({ length: count }, (_, r) => (r % steps) + 1),
  };
}

/** Levels and scales of the rows; `NaN` level when nothing is known in the row's past. */
export function anchorsOf(set: SeriesSet, rows: LagRows, plan: LagPlan): Anchors {
  const past = pastOf(set, rows, plan);
  const count = rows.at.length;
  const level = new Float64Array(count);
  const base = new Float64Array(count);
  const scale = new Float64Array(count);
  let recent = { mean: NaN, last: NaN, lastAt: -1, size: 1, change: NaN };
  for (let r = 0; r < count; r++) {
    const { values } = rows.tracks[rows.track[r]!]!;
    const at = rows.at[r]!;
    // Steps ahead of one origin follow each other and share its past.
    const isSame = r > 0 && rows.track[r] === rows.track[r - 1] && at === rows.at[r - 1];
    if (!isSame) recent = recentOf(values, at, plan);
    scale[r] = plan.scale === 'change' && recent.change > 0 ? recent.change : recent.size;
    base[r] = plan.anchor === 'last' ? recent.last : recent.mean;
    level[r] = base[r]!;
    if (looksBack(plan.anchor)) {
      const ago = past(r, 1, plan.period);
      const before = values[recent.lastAt - plan.period] ?? NaN;
      const moved = plan.anchor === 'season' ? ago : ago + recent.last - before;
      if (!Number.isNaN(moved)) level[r] = moved;
    }
  }
  return { level, base, scale };
}

/**
 * The value of the same phase some cycles ago. Where a covariate aligns seasons, it is read between
 * the two steps whose covariate is about that of the step ahead: a week's feast may lie a day later
 * than a year ago. Where no two neighbours as near as steps get hold it, the calendar decides.
 */
export function pastOf(set: SeriesSet, { tracks, track, at, ahead }: LagRows, plan: LagPlan) {
  const c = set.covariates?.names.indexOf(plan.aligned ?? '') ?? -1;
  return (row: number, cycle: number, period: number): number => {
    const { values, start, series } = tracks[track[row]!]!;
    const place = at[row]! + 1 - backTo(ahead[row]!, cycle, period);
    const plain = values[place] ?? NaN;
    if (c < 0 || Number.isNaN(plain)) return plain;
    const known = (t: number) => set.covariates!.at(series, start + t, c);
    const wanted = known(at[row]! + ahead[row]!);
    if (known(place) === wanted) return plain;
    let best = { low: place, share: 0, width: Infinity };
    let narrowest = Infinity;
    for (let low = place - 2; low < place + 2 && low < at[row]!; low++) {
      const [from, to] = [known(low), known(low + 1)];
      const width = Math.abs(to - from);
      if (width > 0) narrowest = Math.min(narrowest, width);
      if ((wanted - from) * (wanted - to) > 0 || !(width < best.width) || width === 0) continue;
      best = { low, share: (wanted - from) / (to - from), width };
    }
    if (best.width > 1.5 * narrowest) return plain;
    const between =
      (1 - best.share) * (values[best.low] ?? NaN) + best.share * (values[best.low + 1] ?? NaN);
    return Number.isNaN(between) ? plain : between;
  };
}

/** How far back, counted from 1 at the origin, the step's phase is found `cycles` cycles ago. */
export const backTo = (ahead: number, cycles: number, period: number) =>
  (Math.floor((ahead - 1) / period) + cycles) * period - ahead + 1;

function recentOf(values: Float64Array, at: number, plan: LagPlan) {
  const span = plan.period > 1 ? plan.period : Math.max(...plan.windows);
  let [sum, count, size, sized, change, changes] = [0, 0, 0, 0, 0, 0];
  let [last, lastAt] = [NaN, -1];
  for (let back = 1; back <= plan.memory; back++) {
    const value = values[at + 1 - back];
    if (value === undefined) break;
    if (Number.isNaN(value)) continue;
    if (lastAt < 0) [last, lastAt] = [value, at + 1 - back];
    size += Math.abs(value);
    sized++;
    const moved = Math.abs(value - (values[at + 1 - back - plan.period] ?? NaN));
    if (!Number.isNaN(moved)) {
      change += moved;
      changes++;
    }
    if (back > span && count > 0) continue;
    sum += value;
    count++;
  }
  return {
    mean: sum / count,
    last,
    lastAt,
    size: size > 0 ? size / sized : 1,
    change: change / changes,
  };
}
