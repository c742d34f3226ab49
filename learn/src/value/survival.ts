import { normalQuantile } from '../insight/probability.js';

/** A step function: the share that lasts beyond each time at which something ended. */
export interface SurvivalCurve {
  /** Ascending times at which at least one ended. */
  times: Float64Array;
  /** Share that lasts longer, with its interval (log-log; Kalbfleisch and Prentice, 1980). */
  survival: Float64Array;
  lower: Float64Array;
  upper: Float64Array;
  /** Still watched just before each time. */
  atRisk: Float64Array;
  /** Longest time that anyone was watched: beyond it the curve knows nothing. */
  watched: number;
}

export interface Durations {
  /** Time that each was watched, ≥ 0: of a customer, or of a gap between two purchases. */
  durations: ArrayLike<number>;
  /** 1 it ended then, 0 it went on when the watching ended. */
  ended: ArrayLike<number>;
}

/** How long things last when some have not ended yet (Kaplan and Meier, 1958). */
export function kaplanMeier(
  { durations, ended }: Durations,
  { level = 0.95 }: { level?: number } = {},
): SurvivalCurve {
  checkDurations(durations, ended);
  const order = Array.from({ length: durations.length }, (_, i) => i).sort(
    (a, b) => durations[a]! - durations[b]!,
  );
  const z = normalQuantile((1 + level) / 2);
  const steps: { time: number; left: number; low: number; high: number; risk: number }[] = [];
  let [left, greenwood] = [1, 0];
  for (let from = 0, to = 0; from < order.length; from = to) {
    const time = durations[order[from]!]!;
    let events = 0;
    for (; to < order.length && durations[order[to]!] === time; to++) events += ended[order[to]!]!;
    if (events === 0) continue;
    const risk = order.length - from;
    left *= 1 - events / risk;
    greenwood += events / (risk * (risk - events));
    const half = (z * Math.sqrt(greenwood)) / Math.abs(Math.log(left));
    const known = left > 0;
    steps.push({
      time,
      left,
      low: known ? left ** Math.exp(half) : 0,
      high: known ? left ** Math.exp(-half) : 0,
      risk,
    });
  }
  const column = (of: (step: (typeof steps)[number]) => number) => Float64Array.from(steps, of);
  return {
    times: column(({ time }) => time),
    survival: column((step) => step.left),
    lower: column(({ low }) => low),
    upper: column(({ high }) => high),
    atRisk: column(({ risk }) => risk),
    watched: order.length > 0 ? durations[order[order.length - 1]!]! : 0,
  };
}

/** Share that lasts longer than `time`; the last known beyond the curve. */
export function survivalAt({ times, survival }: SurvivalCurve, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 1 : survival[low - 1]!;
}

/**
 * Chance that what has lasted `since` ends within `horizon` more: on a curve of gaps between
 * purchases, that a customer silent for so long comes back in time. 0 where the curve has ended.
 */
export function chanceWithin(curve: SurvivalCurve, since: number, horizon: number): number {
  const now = survivalAt(curve, since);
  return now > 0 ? 1 - survivalAt(curve, since + horizon) / now : 0;
}

export function checkDurations(durations: ArrayLike<number>, ended: ArrayLike<number>): void {
  if (durations.length !== ended.length)
    throw new RangeError(`durations has ${durations.length} rows and ended ${ended.length}`);
  for (let i = 0; i < durations.length; i++) {
    if (!(durations[i]! >= 0 && durations[i]! < Infinity))
      throw new RangeError(`duration ${i} is ${durations[i]}, expected a number from 0`);
    if (ended[i] !== 0 && ended[i] !== 1)
      throw new RangeError(`ended ${i} is ${ended[i]}, expected 0 or 1`);
  }
}
