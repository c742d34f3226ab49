import { categoryColumn, frame, numberColumn, type Frame, type Rng } from '@tino/learn';
import type { Forest } from '../../src/boosting/forest.js';
import { packLines, type LeafLine } from '../../src/boosting/lines.js';

/** Columns of a random forest: numbers x0, x1, …, then categories with levels l0 … l39. */
export interface Shape {
  numbers: number;
  categories: number;
  trees: number;
  leaves: number;
  /** Also nodes that hold 0 to be missing. */
  zeros?: boolean;
}

const LEVELS = Array.from({ length: 40 }, (_, i) => `l${i}`);

/** A forest that nothing was trained for: every kind of node, thresholds at 0 and at infinity. */
export function randomForest(shape: Shape, rng: Rng): Forest {
  const nodes: { column: number; left: number; right: number; cover: number }[] = [];
  const leafCover: number[] = [];
  const grow = (leaves: number, cover: number): number => {
    if (leaves === 1) return ~(leafCover.push(cover) - 1);
    const node = nodes.length;
    nodes.push({ column: rng.below(shape.numbers + shape.categories), left: 0, right: 0, cover });
    // Now and then a chain, so that some paths are long.
    const left = rng.next() < 0.3 ? 1 : 1 + rng.below(leaves - 1);
    const share = 0.05 + 0.9 * rng.next();
    nodes[node]!.left = grow(left, cover * share);
    nodes[node]!.right = grow(leaves - left, cover * (1 - share));
    return node;
  };
  const roots = Array.from({ length: shape.trees }, () => grow(1 + rng.below(shape.leaves), 1000));
  const isSet = nodes.map(({ column }) => column >= shape.numbers);
  let sets = 0;
  return {
    roots: Int32Array.from(roots),
    column: Int32Array.from(nodes, ({ column }) => column),
    threshold: Float64Array.from(nodes, (_, i) =>
      isSet[i] ? 0 : ([0, Infinity, -Infinity][rng.below(12)] ?? rng.normal()),
    ),
    levelSet: Int32Array.from(isSet, (set) => (set ? 8 * sets++ : -1)),
    missingLeft: Uint8Array.from(isSet, (set) => (set ? 0 : rng.below(shape.zeros ? 4 : 2))),
    left: Int32Array.from(nodes, ({ left }) => left),
    right: Int32Array.from(nodes, ({ right }) => right),
    gain: Float64Array.from(nodes, () => rng.next()),
    cover: Float64Array.from(nodes, ({ cover }) => cover),
    values: Float64Array.from(leafCover, () => rng.normal()),
    leafCover: Float64Array.from(leafCover),
    levelWords: Uint32Array.from({ length: 8 * sets }, () => Math.floor(rng.next() * 2 ** 32)),
    levelBins: Uint8Array.from({ length: LEVELS.length * shape.categories }, () => rng.below(256)),
  };
}

/** Rows with holes, zeros, infinities and levels that are not known. */
export function randomRows({ numbers, categories }: Shape, rows: number, rng: Rng): Frame {
  const number = () => [NaN, 0, -0, Infinity, -Infinity][rng.below(15)] ?? rng.normal();
  return frame([
    ...Array.from({ length: numbers }, (_, c) =>
      numberColumn(`x${c}`, Float64Array.from({ length: rows }, number)),
    ),
    ...Array.from({ length: categories }, (_, c) =>
      categoryColumn(
        `c${c}`,
        Array.from({ length: rows }, () => LEVELS[rng.below(LEVELS.length + 5)]),
        LEVELS,
      ),
    ),
  ]);
}

/** Lines over numbers of the path and of elsewhere, with and without bounds. */
export function withLines(forest: Forest, numbers: number, rng: Rng): Forest {
  const lines = Array.from(forest.values, (): LeafLine | undefined => {
    const columns = Array.from({ length: numbers }, (_, c) => c).filter(() => rng.next() < 0.4);
    if (columns.length === 0) return undefined;
    const each = (of: () => number) => columns.map(of);
    return {
      columns,
      coefficients: each(() => rng.normal()),
      means: each(() => rng.normal()),
      low: each(() => -1),
      high: each(() => 1),
    };
  });
  return { ...forest, lines: packLines(lines)! };
}

/** A forest of trees that ask one question a level, from none to six levels. */
export function symmetricForest(numbers: number, trees: number, rng: Rng): Forest {
  const column: number[] = [];
  const threshold: number[] = [];
  const missingLeft: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  let leaves = 0;
  const roots = Array.from({ length: trees }, (_, t) => {
    const levels = Array.from({ length: t % 7 }, () => [
      rng.below(numbers),
      rng.normal(),
      rng.below(2),
    ]);
    const grow = (level: number): number => {
      if (level === levels.length) return ~leaves++;
      const [c, at, missing] = levels[level] as [number, number, number];
      const node = column.push(c) - 1;
      threshold.push(at);
      missingLeft.push(missing);
      left[node] = grow(level + 1);
      right[node] = grow(level + 1);
      return node;
    };
    return grow(0);
  });
  return {
    roots: Int32Array.from(roots),
    column: Int32Array.from(column),
    threshold: Float64Array.from(threshold),
    levelSet: new Int32Array(column.length).fill(-1),
    missingLeft: Uint8Array.from(missingLeft),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    gain: new Float64Array(column.length),
    cover: new Float64Array(column.length).fill(2),
    values: Float64Array.from({ length: leaves }, () => rng.normal()),
    leafCover: new Float64Array(leaves).fill(1),
    levelWords: new Uint32Array(0),
    levelBins: new Uint8Array(0),
  };
}
