import { stepIndex, type Step } from './calendar-step.js';

export interface Point {
  /** Days since 1970-01-01; a fraction is the time of day. */
  time: number;
  value: number;
  /** For `mean`: the quantity bought at this price. 1 by default. */
  weight?: number;
}

/** Whether a thing could be sold at some moment: stock-outs and closed days are not zero demand. */
export interface Availability {
  /** Days since 1970-01-01. */
  time: number;
  /** 0 not at all … 1 all the time; a share of the day is allowed. */
  available: number;
}

export interface RegulariseOptions {
  step: Step;
  how: 'sum' | 'mean' | 'last';
  /** What a step without points is: unknown, or nothing sold. */
  empty?: 'missing' | 'zero';
  /** Day number of the last step; later steps than the last point are then filled by `empty`. */
  until?: number;
  /** Weekday on which weeks begin: 0 Monday … 6 Sunday. */
  weekStart?: number;
  /** What is said twice of one moment: kept, for it may be two purchases, or counted once. */
  duplicates?: 'keep' | 'drop';
  /** Zeros before the first sale are kept, or unknown: the thing was not on sale yet. */
  leadingZeros?: 'keep' | 'missing';
  /** Moments that say nothing are taken as available. */
  availability?: readonly Availability[];
  /** A step that was available for a smaller share of what is said of it is unknown. */
  availableMin?: number;
}

export interface Regular {
  /** Calendar index of the first value, as of `stepIndex`. */
  start: number;
  values: Float64Array;
  hygiene: Hygiene;
}

/** What was odd about a series, counted; spikes and shifts of the values: `findAnomalies`. */
export interface Hygiene {
  /** Points. */
  points: number;
  /** Points without a value: passed over. */
  unknown: number;
  /** Steps without a point, from the first to the last: filled by `empty`. */
  gaps: number;
  /** Points that share moment and value with an earlier one; left out when asked. */
  duplicates: number;
  /** Zeros before the first sale that were made unknown. */
  leadingZeros: number;
  /** Steps made unknown because the thing could not be sold. */
  censored: number;
}

/**
 * Irregular points as one value a step, and what was odd about them. Points need not be in order.
 * Nothing is repaired but what is asked for, and each repair is counted.
 */
export function regularise(points: readonly Point[], options: RegulariseOptions): Regular {
  const { step, how, empty = 'missing', until, weekStart = 0, duplicates = 'keep' } = options;
  const known = points
    .filter(({ value }) => !Number.isNaN(value))
    .toSorted((a, b) => a.time - b.time);
  for (const { time } of known)
    if (!Number.isFinite(time)) throw new RangeError(`a point has time ${time}, expected a day`);
  const once = withoutDuplicates(known);
  const used = duplicates === 'drop' ? once : known;
  const counts = {
    points: points.length,
    unknown: points.length - known.length,
    duplicates: known.length - once.length,
  };
  if (used.length === 0) {
    const nothing = { gaps: 0, leadingZeros: 0, censored: 0 };
    return { start: 0, values: new Float64Array(0), hygiene: { ...counts, ...nothing } };
  }
  const start = stepIndex(used[0]!.time, step, weekStart);
  const end = Math.max(used[used.length - 1]!.time, until ?? -Infinity);
  const length = stepIndex(end, step, weekStart) - start + 1;
  const sums = new Float64Array(length);
  const weights = new Float64Array(length);
  const seen = new Uint8Array(length);
  for (const { time, value, weight = 1 } of used) {
    const at = stepIndex(time, step, weekStart) - start;
    if (how === 'last') sums[at] = value;
    else sums[at]! += how === 'mean' ? value * weight : value;
    weights[at]! += how === 'mean' ? weight : 1;
    seen[at] = 1;
  }
  const values = sums.map((sum, i) => {
    if (weights[i] === 0) return empty === 'zero' ? 0 : NaN;
    return how === 'mean' ? sum / weights[i]! : sum;
  });
  const censored = censor(values, start, options);
  const leadingZeros = options.leadingZeros === 'missing' ? forgetLeadingZeros(values) : 0;
  const hygiene = {
    ...counts,
    gaps: seen.filter((one) => one === 0).length,
    leadingZeros,
    censored,
  };
  return { start, values, hygiene };
}

/** The first of each moment and value. */
function withoutDuplicates(points: readonly Point[]): Point[] {
  const seen = new Set<string>();
  return points.filter(({ time, value }) => {
    // A repeated line of one day is the same also when only one of the two has a time of day.
    const name = `${Math.floor(time)}/${value}`;
    return !seen.has(name) && seen.add(name);
  });
}

/** Makes steps unknown that were not available long enough; answers how many had a value. */
function censor(
  values: Float64Array,
  start: number,
  { availability = [], availableMin = 0.5, step, weekStart = 0 }: RegulariseOptions,
): number {
  const shares = values.map(() => 0);
  const said = values.map(() => 0);
  for (const { time, available } of availability) {
    if (!(available >= 0 && available <= 1))
      throw new RangeError(`availability at day ${time} is ${available}, expected 0 to 1`);
    const at = stepIndex(time, step, weekStart) - start;
    if (at < 0 || at >= values.length) continue;
    shares[at]! += available;
    said[at]!++;
  }
  let count = 0;
  values.forEach((value, t) => {
    if (said[t] === 0 || shares[t]! / said[t]! >= availableMin) return;
    if (!Number.isNaN(value)) count++;
    values[t] = NaN;
  });
  return count;
}

/** Makes zeros before the first other value unknown, unless there is no other. */
function forgetLeadingZeros(values: Float64Array): number {
  const first = values.findIndex((value) => !Number.isNaN(value) && value !== 0);
  if (first < 0) return 0;
  const zeros = values.subarray(0, first).filter((value) => value === 0).length;
  values.fill(NaN, 0, first);
  return zeros;
}
