import type { Rng } from '../random.js';
import { draw } from './draw.js';
import { squaredDistance, type Points } from './points.js';

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

/** k-prototypes (Huang, 1998) from k-means++ beginnings; the largest cluster comes first. */
export function fitPrototypes(
  points: MixedPoints,
  weights: Float64Array,
  options: PrototypeOptions,
  rng: Rng,
): Prototypes {
  let best: { prototypes: Prototypes; cost: number; labels: Int32Array } | undefined;
  for (let start = 0; start < options.starts; start++) {
    if (best !== undefined && options.stopped?.() === true) break;
    const prototypes = beginnings(points, weights, options, rng);
    const labels = new Int32Array(points.numbers.rows).fill(-1);
    for (let iteration = 0; iteration < options.iterationsMax; iteration++) {
      let changed = 0;
      labels.forEach((label, row) => {
        labels[row] = nearestPrototype(points, row, prototypes);
        if (labels[row] !== label) changed++;
      });
      if (changed === 0) break;
      update(points, weights, labels, prototypes);
    }
    let cost = 0;
    labels.forEach((label, row) => {
      cost += weights[row]! * mixedSquare(points, row, prototypes, label);
    });
    if (best === undefined || cost < best.cost) best = { prototypes, cost, labels };
  }
  return bySize(best!.prototypes, best!.labels, weights);
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
  const chances = Float64Array.from(weights);
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
  const counts = Array.from({ length: modes.length }, () => new Map<number, number>());
  labels.forEach((label, row) => {
    const weight = weights[row]!;
    totals[label]! += weight;
    for (let d = 0; d < dimensions; d++)
      sums[label * dimensions + d]! += weight * values[row * dimensions + d]!;
    for (let j = 0; j < categories; j++) {
      const code = codes[row * categories + j]!;
      if (code < 0) continue;
      const own = counts[label * categories + j]!;
      own.set(code, (own.get(code) ?? 0) + weight);
    }
  });
  sums.forEach((sum, i) => {
    const total = totals[Math.floor(i / dimensions)]!;
    if (total > 0) means[i] = sum / total;
  });
  counts.forEach((own, i) => {
    let [mode, most] = [modes[i]!, 0];
    for (const [code, count] of own)
      if (count > most || (count === most && code < mode)) [mode, most] = [code, count];
    modes[i] = mode;
  });
}

function bySize(
  { k, means, modes, gamma }: Prototypes,
  labels: Int32Array,
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
