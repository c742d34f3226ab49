import { bridged } from './missing.js';
import { countKnown, meanKnown, medianKnown } from './statistics.js';

/** Values that do not look like their series. Positions are in the values given. */
export interface Anomalies {
  /** Further than 6 robust deviations from trend and season. */
  spikes: number[];
  /** Where the level moved for good, oldest first. */
  shifts: LevelShift[];
}

export interface LevelShift {
  /** The first position of the new level. */
  at: number;
  before: number;
  after: number;
}

const DEVIATIONS = 6;

/**
 * Spikes and level shifts by robust statistics: medians for trend and season, the median absolute
 * deviation for noise. Found and reported, never repaired.
 * @param values `NaN` unknown
 * @param period seasonal period; a season is looked for from two of them on
 */
export function findAnomalies(values: Float64Array, period: number): Anomalies {
  if (countKnown(values) < 8) return { spikes: [], shifts: [] };
  // Amounts err by shares of themselves: where all are positive that is what is looked at.
  const logs = values.every((value) => Number.isNaN(value) || value > 0);
  const y = logs ? values.map(Math.log) : values;
  // A shift bends the season that it falls into: what was found first is levelled for a second look.
  const first = lookAt(y, medianSeason(y, period));
  const { spikes, splits } = lookAt(y, medianSeason(levelled(y, first.splits), period));
  const shifts = splits.map(({ at, from, to }) => ({
    at,
    before: medianKnown(values.subarray(from, at)),
    after: medianKnown(values.subarray(at, to)),
  }));
  return { spikes, shifts };
}

function lookAt(y: Float64Array, season: Float64Array): { spikes: number[]; splits: Split[] } {
  const adjusted = y.map((value, t) => value - season[t % season.length]!);
  const spikes = spikesOf(adjusted);
  for (const t of spikes) adjusted[t] = NaN;
  return { spikes, splits: splitsOf(bridged(adjusted), levelMin(season.length)) };
}

/** Every stretch between splits brought to the same median. */
function levelled(y: Float64Array, splits: readonly Split[]): Float64Array {
  const out = y.slice();
  const starts = [0, ...splits.map(({ at }) => at)];
  starts.forEach((from, i) => {
    const part = out.subarray(from, starts[i + 1] ?? out.length);
    const middle = medianKnown(part);
    part.forEach((value, t) => (part[t] = value - middle));
  });
  return out;
}

/** Median of what is over a running median, by phase; zeros where two periods are not known. */
function medianSeason(y: Float64Array, period: number): Float64Array {
  const season = new Float64Array(period);
  if (period < 2 || y.length < 2 * period) return season;
  const trend = runningMedian(y, period);
  for (let phase = 0; phase < period; phase++) {
    const own: number[] = [];
    for (let t = phase; t < y.length; t += period) own.push(y[t]! - trend[t]!);
    season[phase] = medianKnown(own);
  }
  const middle = meanKnown(season);
  return season.map((value) => (Number.isNaN(value) ? 0 : value - middle));
}

function runningMedian(y: Float64Array, width: number): Float64Array {
  const half = width >> 1;
  return y.map((_, t) => medianKnown(y.subarray(Math.max(0, t - half), t + half + 1)));
}

function spikesOf(y: Float64Array): number[] {
  const middle = runningMedian(y, 13);
  const remainder = y.map((value, t) => value - middle[t]!);
  const overall = deviationOf(remainder);
  const spikes: number[] = [];
  for (let t = 0; t < y.length; t++) {
    // Calm stretches do not make ordinary noise a spike, nor wild ones hide it.
    const near = deviationOf(remainder.subarray(Math.max(0, t - 6), t + 7));
    if (overall > 0 && Math.abs(remainder[t]!) > DEVIATIONS * Math.max(near, overall))
      spikes.push(t);
  }
  return spikes;
}

/** Robust standard deviation: 1.4826 × the median absolute deviation. */
const deviationOf = (values: Float64Array): number => {
  const middle = medianKnown(values);
  return 1.4826 * medianKnown(values.map((value) => Math.abs(value - middle)));
};

interface Split {
  at: number;
  from: number;
  to: number;
}

/**
 * Steps that make a level: a whole season where it is short, or what is left of it would be taken
 * for levels.
 */
const levelMin = (period: number) => Math.max(6, Math.min(period, 24));

/**
 * Binary segmentation (Scott and Knott, 1974; threshold as in Fryzlewicz, 2014): the split with the
 * largest difference of means, kept when it exceeds what noise of the same length would show.
 */
function splitsOf(y: Float64Array, least: number): Split[] {
  const splits: number[] = [];
  const search = (from: number, to: number): void => {
    const at = bestSplit(y, { from, to, least });
    if (at === undefined || !isShift(y, from, at, to)) return;
    search(from, at);
    splits.push(at);
    search(at, to);
  };
  search(0, y.length);
  return splits.map((at, i) => ({
    at,
    from: splits[i - 1] ?? 0,
    to: splits[i + 1] ?? y.length,
  }));
}

function bestSplit(
  y: Float64Array,
  { from, to, least }: { from: number; to: number; least: number },
): number | undefined {
  const length = to - from;
  let total = 0;
  for (let t = from; t < to; t++) total += y[t]!;
  let left = 0;
  let best: number | undefined;
  let most = 0;
  for (let t = from; t < to - least; t++) {
    left += y[t]!;
    const k = t - from + 1;
    if (k < least) continue;
    const gap = Math.abs(left / k - (total - left) / (length - k));
    const size = gap * Math.sqrt((k * (length - k)) / length);
    if (size > most) [most, best] = [size, t + 1];
  }
  return best;
}

/**
 * Whether a split is more than noise, more than a slope, and sudden. Noise that drifts looks like
 * shifts, so its deviation is widened by its autocorrelation.
 */
function isShift(y: Float64Array, from: number, at: number, to: number): boolean {
  const [left, right] = [y.subarray(from, at), y.subarray(at, to)];
  const [before, after] = [medianKnown(left), medianKnown(right)];
  const residual = Float64Array.from([
    ...left.map((value) => value - before),
    ...right.map((value) => value - after),
  ]);
  const rho = Math.min(0.95, Math.max(0, correlation(residual)));
  const noise = deviationOf(residual) * Math.sqrt((1 + rho) / (1 - rho));
  const [k, n] = [at - from, to - from];
  const size = Math.abs(meanKnown(left) - meanKnown(right)) * Math.sqrt((k * (n - k)) / n);
  if (!(size > 1.3 * Math.sqrt(2 * Math.log(n)) * noise)) return false;
  const near = (part: Float64Array) => medianKnown(part);
  const jump =
    near(y.subarray(at, Math.min(to, at + 5))) - near(y.subarray(Math.max(from, at - 5), at));
  const whole = after - before;
  return (
    jump * whole > 0 &&
    Math.abs(jump) > 0.6 * Math.abs(whole) &&
    Math.abs(jump) > 3 * deviationOf(residual)
  );
}

function correlation(residual: Float64Array): number {
  let product = 0;
  let squares = 0;
  for (let t = 1; t < residual.length; t++) {
    product += residual[t]! * residual[t - 1]!;
    squares += residual[t]! ** 2;
  }
  return squares > 0 ? product / squares : 0;
}
