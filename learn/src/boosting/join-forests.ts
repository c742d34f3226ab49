import type { ColumnSchema } from '../frame.js';
import type { Forest } from './forest.js';
import type { LeafLines } from './lines.js';

/**
 * The trees of `first`, then those of `second`, which were grown on other rows and so with other
 * bins of the same levels. The result has the bins of `second`; a level that only `first` has seen
 * gets a bin that was free, and `second` treats that bin as it treats missing.
 */
export function joinForests(
  schema: readonly ColumnSchema[],
  first: Forest,
  second: Forest,
): Forest {
  const { levelBins, moves, added } = commonBins(schema, first, second);
  const nodes = first.column.length;
  const leaves = first.values.length;
  const place = (child: number) => (child < 0 ? child - leaves : child + nodes);
  const both = <T extends Float64Array | Uint8Array | Int32Array | Uint32Array>(
    of: (forest: Forest) => T,
    move: (value: number) => number = (value) => value,
  ): T => concat(of(first), of(second).map(move) as T);
  const words = first.levelWords.length;
  const lines = joinLines(first, second);
  return {
    roots: both(({ roots }) => roots, place),
    column: both(({ column }) => column),
    threshold: both(({ threshold }) => threshold),
    levelSet: both(
      ({ levelSet }) => levelSet,
      (at) => (at < 0 ? at : at + words),
    ),
    missingLeft: both(({ missingLeft }) => missingLeft),
    left: both(({ left }) => left, place),
    right: both(({ right }) => right, place),
    gain: both(({ gain }) => gain),
    cover: both(({ cover }) => cover),
    values: both(({ values }) => values),
    leafCover: both(({ leafCover }) => leafCover),
    levelWords: concat(rewrite(first, moves), rewrite(second, added)),
    levelBins,
    ...(lines && { lines }),
  };
}

function concat<T extends Float64Array | Uint8Array | Int32Array | Uint32Array>(a: T, b: T): T {
  const out = new (a.constructor as new (length: number) => T)(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

/** For one column: each bin in use, and the bin of the forest that it is treated as. */
type Moves = Map<number, number>;

interface CommonBins {
  levelBins: Uint8Array;
  /** By column: what the first forest makes of the common bins. */
  moves: Map<number, Moves>;
  /** By column: the same of the second forest. */
  added: Map<number, Moves>;
}

function commonBins(schema: readonly ColumnSchema[], first: Forest, second: Forest): CommonBins {
  const levelBins = second.levelBins.slice();
  const moves = new Map<number, Moves>();
  const added = new Map<number, Moves>();
  let at = 0;
  schema.forEach((column, c) => {
    if (column.kind === 'number') return;
    const { levels } = column;
    const before = first.levelBins.subarray(at, at + levels.length);
    const bins = levelBins.subarray(at, at + levels.length);
    at += levels.length;
    let free = bins.reduce((most, bin) => Math.max(most, bin), 0) + 1;
    const toFirst: Moves = new Map([[0, 0]]);
    const toSecond: Moves = new Map([[0, 0]]);
    levels.forEach((level, code) => {
      const was = before[code]!;
      const own = bins[code]!;
      if (own === 0 && was !== 0) bins[code] = free++;
      const bin = bins[code]!;
      if (bin > 255 || free > 256 || (toFirst.get(bin) ?? was) !== was)
        throw new Error(
          `column ${column.name}: level ${level} shares a bin with others now and did not in the ` +
            'model of startFrom; train anew on all rows',
        );
      toFirst.set(bin, was);
      toSecond.set(bin, own);
    });
    moves.set(c, toFirst);
    added.set(c, toSecond);
  });
  return { levelBins, moves, added };
}

/** The sets of a forest in terms of the common bins. */
function rewrite({ column, levelSet, levelWords }: Forest, moves: Map<number, Moves>): Uint32Array {
  const words = new Uint32Array(levelWords.length);
  for (let node = 0; node < column.length; node++) {
    const at = levelSet[node]!;
    if (at < 0) continue;
    for (const [bin, was] of moves.get(column[node]!)!)
      if ((levelWords[at + (was >> 5)]! >>> (was & 31)) & 1)
        words[at + (bin >> 5)]! |= 1 << (bin & 31);
  }
  return words;
}

function joinLines(first: Forest, second: Forest): LeafLines | undefined {
  if (!first.lines && !second.lines) return undefined;
  const a = first.lines ?? noLines(first);
  const b = second.lines ?? noLines(second);
  const terms = a.column.length;
  return {
    first: concat(
      a.first,
      b.first.subarray(1).map((term) => term + terms),
    ),
    column: concat(a.column, b.column),
    coefficient: concat(a.coefficient, b.coefficient),
    mean: concat(a.mean, b.mean),
    low: concat(a.low, b.low),
    high: concat(a.high, b.high),
  };
}

const noLines = ({ values }: Forest): LeafLines => ({
  first: new Int32Array(values.length + 1),
  column: new Int32Array(0),
  coefficient: new Float64Array(0),
  mean: new Float64Array(0),
  low: new Float64Array(0),
  high: new Float64Array(0),
});
