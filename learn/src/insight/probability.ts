import { logGamma } from '../value/special.js';

/**
 * Standard normal distribution function; relative error below 1e-12 also far in the lower tail
 * (series of Marsaglia, 2004, in the middle, Laplace's continued fraction outside).
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 0) return 1 - normalCdf(-x);
  const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  if (x > -4) {
    let term = x;
    let sum = x;
    for (let n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) sum += term *= (x * x) / n;
    return 0.5 + density * sum;
  }
  let fraction = -x;
  for (let n = 60; n > 0; n--) fraction = -x + n / fraction;
  return density / fraction;
}

/** Chance of |normal| ≥ |z|. */
/**
 * Chance of Student's t this far from 0 on either side (Wallace, 1959): a few per cent off, and too
 * large rather than too small where degrees of freedom are few.
 */
export function studentTwoSided(t: number, freedom: number): number {
  const shrunk = (8 * freedom + 1) / (8 * freedom + 3);
  return twoSided(shrunk * Math.sqrt(freedom * Math.log1p((t * t) / freedom)));
}

export const twoSided = (z: number): number => Math.min(1, 2 * normalCdf(-Math.abs(z)));

const quantiles = new Map<number, number>();

/**
 * The normal's value at a probability in (0, 1), by bisection of its distribution function; a level
 * that is asked for each of many intervals is looked for once.
 */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1))
    throw new RangeError(`probability is ${probability}, expected a number between 0 and 1`);
  let quantile = quantiles.get(probability);
  if (quantile === undefined) {
    quantile = bisected(probability);
    if (quantiles.size >= 100) quantiles.clear();
    quantiles.set(probability, quantile);
  }
  return quantile;
}

function bisected(probability: number): number {
  let [low, high] = [-40, 40];
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Of 0 … 65,535: a search over pairs asks for the same few thousand again and again. */
const logFactorials = new Float64Array(1 << 16).fill(NaN);

function logFactorial(n: number): number {
  if (n >= logFactorials.length) return logGamma(n + 1);
  if (Number.isNaN(logFactorials[n]!)) logFactorials[n] = logGamma(n + 1);
  return logFactorials[n]!;
}

const logChoose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** A two by two table by its margins: `both` of `rows` marked ones among `marked` of `all`. */
export interface Fourfold {
  both: number;
  rows: number;
  marked: number;
  all: number;
}

/**
 * Fisher's exact test, two-sided by doubling the smaller tail (Fisher, 1922): the chance of a table
 * this far from independence.
 */
export function fisherExact(table: Fourfold): number {
  return Math.min(1, 2 * Math.min(tail(table, 1), tail(table, -1)));
}

/** Chance of `both` or more: of things that are found together. */
export const fisherUpper = (table: Fourfold): number => tail(table, 1);

function tail({ both, rows, marked, all }: Fourfold, way: 1 | -1): number {
  const least = Math.max(0, rows + marked - all);
  const most = Math.min(rows, marked);
  let term = Math.exp(
    logChoose(marked, both) + logChoose(all - marked, rows - both) - logChoose(all, rows),
  );
  const expected = (rows * marked) / all;
  // Into the body of the distribution the terms grow: the other tail is the short way.
  if (way === 1 ? both < expected - 1 : both > expected + 1) {
    const next = both - way;
    return next < least || next > most
      ? 1
      : 1 - tail({ both: next, rows, marked, all }, way === 1 ? -1 : 1);
  }
  let sum = 0;
  for (let k = both; k >= least && k <= most; k += way) {
    sum += term;
    if (term < 1e-17 * sum) break;
    term *=
      way === 1
        ? ((marked - k) * (rows - k)) / ((k + 1) * (all - marked - rows + k + 1))
        : (k * (all - marked - rows + k)) / ((marked - k + 1) * (rows - k + 1));
  }
  return Math.min(1, sum);
}

/** Chance of `count` or more successes in `tries` of probability `share`. */
export function binomialUpper(count: number, tries: number, share: number): number {
  if (count <= 0) return 1;
  const log =
    logChoose(tries, count) + count * Math.log(share) + (tries - count) * Math.log1p(-share);
  let term = Math.exp(log);
  let sum = 0;
  for (let k = count; k <= tries; k++) {
    sum += term;
    // Past the mean the terms only shrink.
    if (k > tries * share && term <= 1e-17 * sum) break;
    term *= ((tries - k) / (k + 1)) * (share / (1 - share));
  }
  return Math.min(1, sum);
}

interface Interval {
  lower: number;
  upper: number;
}

/** Interval of a share (Wilson, 1927). */
export function wilson(count: number, all: number, level: number): Interval {
  const z = normalQuantile((1 + level) / 2);
  const share = count / all;
  const middle = (share + (z * z) / (2 * all)) / (1 + (z * z) / all);
  const half =
    (z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all))) / (1 + (z * z) / all);
  return { lower: Math.max(0, middle - half), upper: Math.min(1, middle + half) };
}
