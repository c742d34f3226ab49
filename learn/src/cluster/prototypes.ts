import type { Rng } from '../random.js';
import { comparedRows } from './compared.js';
import { draw } from './draw.js';
import { squaredDistance, takePoints, type Points } from './points.js';

/** Rows with numbers in one space and categories beside it. */
export interface MixedPoints {
  numbers: Points;
  /** rows × categories, row-major; −1 unknown. */
  codes: Int32Array;
  categories: number;
}

/** Means of the numbers and commonest levels. */
export interface Prototypes {
  k: number;
  /** k × dimensions of the numbers. */
  means: Float64Array;
  /** k × categories; −1 where no level is known. */
  modes: Int32Array;
  /** What another level costs, in squared deviations. */
  gamma: number;
}

/** Squared distance of numbers, and gamma for each level that differs; unknown ones cost nothing. */
export function mixedSquare(
  { numbers: { dimensions, values }, codes, categories }: MixedPoints,
  row: number,
  { means, modes, gamma }: Prototypes,
  c: number,
): number {
  let sum = squaredDistance(values, row * dimensions, means, c * dimensions, dimensions);
  for (let j = 0; j < categories; j++) {
    const code = codes[row * categories + j]!;
    if (code >= 0 && code !== modes[c * categories + j]!) sum += gamma;
  }
  return sum;
}

export function nearestPrototype(points: MixedPoints, row: number, prototypes: Prototypes): number {
  let [nearest, least] = [0, Infinity];
  for (let c = 0; c < prototypes.k; c++) {
    const square = mixedSquare(points, row, prototypes, c);
    if (square >= least) continue;
    nearest = c;
    least = square;
  }
  return nearest;
}

interface PrototypeOptions {
  k: number;
  gamma: number;
  starts: number;
  iterationsMax: number;
  stopped?: () => boolean;
}

/** Prototypes, and the labels that are nearest to them. */
interface Run {
  prototypes: Prototypes;
  labels: Int32Array;
}

/** k-prototypes (Huang, 1998) from k-means++ beginnings; the largest cluster comes first. */
export function fitPrototypes(
  points: MixedPoints,
  weights: Float64Array,
  options: PrototypeOptions,
  rng: Rng,
): Prototypes {
  const drawn = comparedRows(points.numbers.rows, options.starts, rng);
  if (drawn === undefined) return bySize(bestOf(points, weights, options, rng), weights);
  const some = Float64Array.from(drawn, (row) => weights[row]!);
  const { prototypes } = bestOf(takeMixed(points, drawn), some, options, rng);
  return bySize(improve(points, weights, prototypes, options), weights);
}

function bestOf(
  points: MixedPoints,
  weights: Float64Array,
  options: PrototypeOptions,
  rng: Rng,
): Run {
  let best: (Run & { cost: number }) | undefined;
  for (let start = 0; start < options.starts; start++) {
    if (best !== undefined && options.stopped?.() === true) break;
    const begun = beginnings(points, weights, options, rng);
    const run = improve(points, weights, begun, options);
    let cost = 0;
    run.labels.forEach((label, row) => {
      cost += weights[row]! * mixedSquare(points, row, run.prototypes, label);
    });
    if (best === undefined || cost < best.cost) best = { ...run, cost };
  }
  return best!;
}

/** Moves the prototypes until no label changes. */
function improve(
  points: MixedPoints,
  weights: Float64Array,
  prototypes: Prototypes,
  { iterationsMax }: PrototypeOptions,
): Run {
  const labels = new Int32Array(points.numbers.rows).fill(-1);
  for (let iteration = 0; iteration < iterationsMax; iteration++) {
    let changed = 0;
    for (let row = 0; row < labels.length; row++) {
      const label = nearestPrototype(points, row, prototypes);
      if (labels[row] !== label) changed++;
      labels[row] = label;
    }
    if (changed === 0) break;
    update(points, weights, labels, prototypes);
  }
  return { prototypes, labels };
}

function takeMixed({ numbers, codes, categories }: MixedPoints, rows: Int32Array): MixedPoints {
  const taken = new Int32Array(rows.length * categories);
  rows.forEach((row, i) =>
    taken.set(codes.subarray(row * categories, (row + 1) * categories), i * categories),
  );
  return { numbers: takePoints(numbers, rows), codes: taken, categories };
}

function beginnings(
  points: MixedPoints,
  weights: Float64Array,
  { k, gamma }: PrototypeOptions,
  rng: Rng,
): Prototypes {
  const { numbers, codes, categories } = points;
  const { rows, dimensions, values } = numbers;
  const means = new Float64Array(k * dimensions);
  const modes = new Int32Array(k * categories);
  const found = { k, means, modes, gamma };
  const chances = weights.slice();
  const nearest = new Float64Array(rows).fill(Infinity);
  for (let c = 0; c < k; c++) {
    const row = draw(chances, rng);
    means.set(values.subarray(row * dimensions, (row + 1) * dimensions), c * dimensions);
    modes.set(codes.subarray(row * categories, (row + 1) * categories), c * categories);
    for (let i = 0; i < rows; i++) {
      nearest[i] = Math.min(nearest[i]!, mixedSquare(points, i, found, c));
      chances[i] = weights[i]! * nearest[i]!;
    }
  }
  return found;
}

function update(
  { numbers: { dimensions, values }, codes, categories }: MixedPoints,
  weights: Float64Array,
  labels: Int32Array,
  { k, means, modes }: Prototypes,
): void {
  const totals = new Float64Array(k);
  const sums = new Float64Array(means.length);
  // One more than the highest level that is known.
  const levels = codes.reduce((most, code) => Math.max(most, code), -1) + 1;
  const counts = new Float64Array(modes.length * levels);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    const weight = weights[row]!;
    totals[label]! += weight;
    for (let d = 0; d < dimensions; d++)
      sums[label * dimensions + d]! += weight * values[row * dimensions + d]!;
    for (let j = 0; j < categories; j++) {
      const code = codes[row * categories + j]!;
      if (code >= 0) counts[(label * categories + j) * levels + code]! += weight;
    }
  }
  sums.forEach((sum, i) => {
    const total = totals[Math.floor(i / dimensions)]!;
    if (total > 0) means[i] = sum / total;
  });
  for (let i = 0; i < modes.length; i++) {
    let most = 0;
    for (let code = 0; code < levels; code++) {
      const count = counts[i * levels + code]!;
      if (count > most) [modes[i], most] = [code, count];
    }
  }
}

function bySize(
  { prototypes: { k, means, modes, gamma }, labels }: Run,
  weights: Float64Array,
): Prototypes {
  const totals = new Float64Array(k);
  labels.forEach((label, row) => (totals[label]! += weights[row]!));
  const order = Array.from(totals.keys()).sort((a, b) => totals[b]! - totals[a]! || a - b);
  const turned = <T extends Float64Array | Int32Array>(values: T): T => {
    const width = values.length / k;
    const sorted = values.slice() as T;
    order.forEach((c, at) => sorted.set(values.subarray(c * width, (c + 1) * width), at * width));
    return sorted;
  };
  return { k, means: turned(means), modes: turned(modes), gamma };
}
