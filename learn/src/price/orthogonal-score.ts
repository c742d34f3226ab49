import { weightsOf, type PriceHistory } from './history.js';
import type { Estimate } from './pool.js';

/** What controls leave of price and units, by row of the history; `NaN` for rows not measured. */
export interface Rest {
  /** Log price less what the controls foretell. */
  price: Float64Array;
  /** The same, less what other items at the same time have left of theirs: what the score asks with. */
  alone: Float64Array;
  /** Units that the controls foretell. */
  expected: Float64Array;
}

interface Terms {
  /** Rest of log price. */
  v: Float64Array;
  /** The rest of log price that no other item shares. */
  z: Float64Array;
  units: Float64Array;
  expected: Float64Array;
  weights: Float64Array;
  clusters: ArrayLike<number>;
}

/** Elasticity and level of one item at which both scores vanish, with its sandwich variance. */
export function solveScore(
  history: PriceHistory,
  rows: Int32Array,
  rest: Rest,
): Estimate | undefined {
  const { cluster } = history;
  const terms: Terms = {
    v: Float64Array.from(rows, (row) => rest.price[row]!),
    z: Float64Array.from(rows, (row) => rest.alone[row]!),
    units: Float64Array.from(rows, (row) => history.units[row]!),
    expected: Float64Array.from(rows, (row) => rest.expected[row]!),
    weights: weightsOf(history, rows),
    clusters: cluster ? Array.from(rows, (row) => cluster[row]!) : rows,
  };
  // Rows weigh by the inverse of their variance, quasi-Poisson first, then with the dispersion found.
  const first = findRoot(terms);
  if (first === undefined) return undefined;
  const dispersion = dispersionOf(terms, first);
  terms.weights = terms.weights.map((w, i) => w / (1 + dispersion * terms.expected[i]!));
  const root = findRoot(terms);
  return root && { mean: root.theta, variance: Math.max(1e-6, varianceOf(terms, root)) };
}

interface Root {
  theta: number;
  level: number;
}

const ITERATIONS_MAX = 60;

/** Newton on θ with the level, units at v = 0 relative to the expected, solved for in closed form. */
function findRoot(terms: Terms): Root | undefined {
  const { v, z, units, expected, weights } = terms;
  let theta = -1;
  for (let iteration = 0; iteration < ITERATIONS_MAX; iteration++) {
    const sums = { u: 0, e: 0, uv: 0, uz: 0, ez: 0, uvz: 0 };
    for (let i = 0; i < v.length; i++) {
      const u = weights[i]! * units[i]! * Math.exp(-theta * v[i]!);
      const e = weights[i]! * expected[i]!;
      sums.u += u;
      sums.e += e;
      sums.uv += u * v[i]!;
      sums.uz += u * z[i]!;
      sums.ez += e * z[i]!;
      sums.uvz += u * v[i]! * z[i]!;
    }
    const centre = sums.ez / sums.e;
    const score = sums.uz - sums.u * centre;
    const slope = -(sums.uvz - sums.uv * centre);
    const step = -score / slope;
    if (!Number.isFinite(step)) return undefined;
    theta += Math.max(-1, Math.min(1, step));
    if (Math.abs(step) < 1e-10) return { theta, level: levelAt(terms, theta) };
  }
  return undefined;
}

function levelAt({ v, units, expected, weights }: Terms, theta: number): number {
  let sold = 0;
  let foretold = 0;
  for (let i = 0; i < v.length; i++) {
    sold += weights[i]! * units[i]! * Math.exp(-theta * v[i]!);
    foretold += weights[i]! * expected[i]!;
  }
  return sold / foretold;
}

/** By moments: variance = mean + dispersion × mean². */
function dispersionOf({ v, units, expected, weights }: Terms, { theta, level }: Root): number {
  let excess = 0;
  let squares = 0;
  for (let i = 0; i < v.length; i++) {
    const mean = level * expected[i]! * Math.exp(theta * v[i]!);
    excess += weights[i]! * ((units[i]! - mean) ** 2 - mean);
    squares += weights[i]! * mean * mean;
  }
  return Math.max(0, excess / squares);
}

/** Sandwich of the score of θ, with the level's own error taken in. */
function varianceOf({ v, z, units, expected, weights, clusters }: Terms, root: Root): number {
  const { theta, level } = root;
  let foretold = 0;
  let moved = 0;
  for (let i = 0; i < v.length; i++) {
    foretold += weights[i]! * expected[i]!;
    moved += weights[i]! * expected[i]! * z[i]!;
  }
  const centre = moved / foretold;
  let slope = 0;
  const scores = new Map<number, number>();
  for (let i = 0; i < v.length; i++) {
    const u = units[i]! * Math.exp(-theta * v[i]!);
    const from = z[i]! - centre;
    slope += weights[i]! * u * v[i]! * from;
    const own = scores.get(clusters[i]!) ?? 0;
    scores.set(clusters[i]!, own + weights[i]! * (u - level * expected[i]!) * from);
  }
  let squares = 0;
  for (const score of scores.values()) squares += score * score;
  const groups = scores.size;
  return ((squares / slope ** 2) * groups) / Math.max(1, groups - 2);
}
