import { adaptiveRate, type AdaptiveRate } from './adaptive.js';
import { calibrate, radiusOf, type Calibration, type HeldOut } from './conformal-errors.js';
import { lowerBound } from '../series/sorted.js';

/** What intervals of one level would have done on held-out windows; by step, `null` unknown. */
export interface IntervalRecord {
  /** Share of outcomes inside. */
  coverage: (number | null)[];
  /**
   * Mean width plus 2 ÷ (1 − level) times what lay outside (Winkler, 1972), in scales of each
   * series, or in shares of the forecast where errors are multiplicative.
   */
  winkler: (number | null)[];
  /** The same in units of the seasonal naive error (mean scaled interval score of M4). */
  msis: (number | null)[];
}

/** Adds up over outcomes at one level. */
export interface Tally {
  level: number;
  inside: Float64Array;
  counts: Float64Array;
  winkler: Float64Array;
  scaled: Float64Array;
  scaledCounts: Float64Array;
}

export const tallyOf = (level: number, horizon: number): Tally => ({
  level,
  inside: new Float64Array(horizon),
  counts: new Float64Array(horizon),
  winkler: new Float64Array(horizon),
  scaled: new Float64Array(horizon),
  scaledCounts: new Float64Array(horizon),
});

export const recordOf = (tally: Tally): IntervalRecord => ({
  coverage: shares(tally.inside, tally.counts),
  winkler: shares(tally.winkler, tally.counts),
  msis: shares(tally.scaled, tally.scaledCounts),
});

const shares = (sums: Float64Array, counts: Float64Array) =>
  Array.from(sums, (sum, h) => (counts[h]! > 0 ? sum / counts[h]! : null));

/** Counts what an interval of `radius` scales would have done at one origin and step. */
export function tallyAt(
  held: HeldOut,
  { scales }: Calibration,
  { origin, step, radius }: { origin: number; step: number; radius: number },
  tally: Tally,
): void {
  const { test, residuals, multiplicative } = held;
  for (let k = 0; k < test.keys.length; k++) {
    const cell = k * test.origins.length + origin;
    const at = cell * test.horizon + step;
    const residual = residuals[at]!;
    if (Number.isNaN(residual)) continue;
    const reach = radius * scales[k]!;
    const [lower, upper, value] = multiplicative
      ? [Math.exp(-reach), Math.exp(reach), Math.exp(residual)]
      : [-reach, reach, residual];
    const outside = Math.max(lower - value, value - upper, 0);
    const score = upper - lower + (2 / (1 - tally.level)) * outside;
    tally.counts[step]!++;
    if (Math.abs(residual) <= reach) tally.inside[step]!++;
    const unit = multiplicative ? 1 : scales[k]!;
    if (unit > 0) tally.winkler[step]! += score / unit;
    const naive = test.scales[cell]!;
    if (!(naive > 0)) continue;
    tally.scaled[step]! += ((multiplicative ? test.predicted[at]! : 1) * score) / naive;
    tally.scaledCounts[step]!++;
  }
}

/** Each origin judged by intervals from those that it shares no step with; nothing is known without. */
export function scoreByLeavingOut(held: HeldOut, levels: readonly number[]): IntervalRecord[] {
  const { horizon, origins } = held.test;
  const tallies = levels.map((level) => tallyOf(level, horizon));
  for (let o = 0; origins.length > 1 && o < origins.length; o++) {
    const others = calibrate(held, (origin) => !held.overlaps(origin, o), o);
    for (const tally of tallies)
      for (let step = 0; step < horizon; step++) {
        const radius = radiusOf(others.sizes[step]!, tally.level);
        if (radius !== undefined) tallyAt(held, others, { origin: o, step, radius }, tally);
      }
  }
  return tallies.map(recordOf);
}

/**
 * Origins in the order of time, each with what was known at it: an outcome h steps ahead moves the
 * rate only once those steps are over.
 * @returns by level its record and, by step, the miss rate for the next forecast
 */
export function scoreInTime(held: HeldOut, levels: readonly number[]) {
  const { horizon, origins } = held.test;
  const results = levels.map((level) => ({
    tally: tallyOf(level, horizon),
    rates: Array.from({ length: horizon }, () => adaptiveRate(level, origins.length)),
  }));
  const known = (o: number) => (origin: number, step: number) =>
    origins[origin]! + step + 1 <= origins[o]!;
  // Of each origin, the calibration it had: what its outcomes are ranked by.
  const calibrations = Array.from(origins, (_, o) => calibrate(held, known(o), o));
  for (let step = 0; step < horizon; step++) {
    const settle = settler(
      held,
      calibrations,
      step,
      results.map(({ rates }) => rates[step]!),
    );
    for (let o = 0; o < origins.length; o++) {
      settle(origins[o]!);
      const own = calibrations[o]!;
      for (const { tally, rates } of results) {
        const sizes = own.sizes[step]!;
        if (radiusOf(sizes, tally.level) === undefined) continue;
        const radius = radiusAt(sizes, rates[step]!.rate());
        tallyAt(held, own, { origin: o, step, radius }, tally);
      }
    }
    settle(Infinity);
  }
  return results.map(({ tally, rates }) => ({
    record: recordOf(tally),
    rates: rates.map((one) => one.rate()),
  }));
}

/** Shows the outcomes of one step to the rates, oldest origin first, as far as they are over. */
function settler(
  { test, residuals }: HeldOut,
  calibrations: readonly Calibration[],
  step: number,
  rates: readonly AdaptiveRate[],
): (now: number) => void {
  let next = 0;
  return (now) => {
    for (; next < test.origins.length && test.origins[next]! + step + 1 <= now; next++) {
      const { sizes, scales } = calibrations[next]!;
      const own = sizes[step]!;
      if (own.length === 0) continue;
      const ranks: number[] = [];
      for (let k = 0; k < test.keys.length; k++) {
        const at = (k * test.origins.length + next) * test.horizon + step;
        const size = Math.abs(residuals[at]!) / scales[k]!;
        if (!Number.isNaN(size))
          ranks.push((1 + own.length - lowerBound(own, size)) / (own.length + 1));
      }
      for (const rate of rates) rate.update(ranks);
    }
  };
}

/** The radius that misses at a rate; the widest seen where the points cannot support it. */
export const radiusAt = (sizes: Float64Array, rate: number): number =>
  radiusOf(sizes, Math.max(1 - rate, 1 / (sizes.length + 1))) ?? sizes[sizes.length - 1]!;
