import type { ColumnSchema } from '../frame.js';
import type { Engine } from '../kernel/engine.js';
import {
  SCORE_QUICK,
  SCORE_ROW,
  SCORE_ROWS,
  SCORE_SYMMETRIC,
  isPlaced,
  placeFor,
  type Place,
} from '../kernel/scoring.js';
import { leafOutput, levelStarts, type Forest, type TreeInput } from './forest.js';
import { blockOf } from './block.js';
import { BLOCK, LANES, NODE, layoutOf, type Addresses } from './layout.js';

/*
 * Tried on 100 trees of 31 leaves (longest path 10.6 on average), 28 columns, one thread of a busy EPYC,
 * µs a row; 0.8 is 8 ns a tree. Node by node over flat arrays in TypeScript: 3.0 to 5.5. In WebAssembly
 * with 8 rows side by side and a `select` for a branch: 0.9 to 1.1, of which the way of the values into
 * the memory is a tenth. No faster: a node's two words loaded as one (0.96 against 0.92), a look after
 * every step whether all rows have arrived (0.95; it pays on trees with one long path, and so begins at
 * the 13th step), blocks of 32, 128 or 256 rows. One new row a call, 8 trees side by side: 1.9; 3.2 when
 * TypeScript wrote the values 8 times.
 * By bit vectors of leaves over ranks of values, sixteen rows at once: 0.72 where the walk takes 1.08 in the
 * same run, of which the ranks are 0.2; few trees over many columns are walked still (quick-layout.ts).
 * Symmetric trees of 64 leaves, two rows a question: 0.32. Lines in the leaves are TypeScript's: 6.
 */

/** Scores a forest; the same bits as `addForest`. */
export interface Scorer {
  /** Adds every tree to `out` (rows × outputs, row-major). */
  add(input: TreeInput, rows: number, out: Float64Array): void;
  /** Adds to `out` what one row gets: numbers, or codes of levels, in the order of the schema. */
  addRow(values: ArrayLike<number>, out: Float64Array): void;
}

export function makeScorer(
  forest: Forest,
  schema: readonly ColumnSchema[],
  outputs: number,
): Scorer {
  const layout = layoutOf(forest, schema.length, outputs);
  const { columns, isBins, copy } = blockOf(layout.slots);
  const starts = levelStarts(schema);
  let place: Place | undefined;
  let at: Addresses | undefined;
  // Reused, so that a call allocates nothing.
  const args = Array.from({ length: 10 }, () => 0);
  const single = oneRow(schema.length);
  const begin = (): Engine => {
    if (place && isPlaced(place)) return place.engine;
    place = placeFor(layout.bytes);
    at = layout.write(place.engine.memory.views, place.address);
    const { trees, slots, groups, scores, toValue, leaves } = at;
    const first = [trees, forest.roots.length, slots, layout.slots.length, groups, 0];
    [...first, scores, toValue, outputs, leaves].forEach((value, i) => (args[i] = value));
    return place.engine;
  };
  const runRow = (engine: Engine, input: TreeInput, out: Float64Array) => {
    const { f64, i32 } = engine.memory.views;
    const to = at!.scores / 8;
    for (let k = 0; k < outputs; k++) f64[to + k] = out[k]!;
    engine.run(SCORE_ROW, 1, args);
    if (forest.lines) addLeaves(forest, at!, i32, input, 0, 1, 1, outputs, out);
    else for (let k = 0; k < outputs; k++) out[k] = f64[to + k]!;
  };
  return {
    add(input, rows, out) {
      const engine = begin();
      const { views } = engine.memory;
      for (let from = 0; from < rows; from += BLOCK) {
        const count = Math.min(BLOCK, rows - from);
        copy(views, at!.values, input, from, count);
        if (rows === 1) return runRow(engine, input, out);
        moveScores(views.f64, at!.scores / 8, out, from, count, outputs, true);
        const groups = (args[5] = Math.ceil(count / LANES));
        const { symmetric, quick, trees } = at!;
        args[0] = symmetric || quick || trees;
        engine.run(symmetric ? SCORE_SYMMETRIC : quick ? SCORE_QUICK : SCORE_ROWS, 1, args);
        args[0] = trees;
        if (forest.lines)
          addLeaves(forest, at!, views.i32, input, from, count, groups * LANES, outputs, out);
        else moveScores(views.f64, at!.scores / 8, out, from, count, outputs, false);
      }
    },
    addRow(values, out) {
      const engine = begin();
      const { i32, f64 } = engine.memory.views;
      for (let c = 0; c < columns.length; c++) {
        const column = columns[c]!;
        const value = values[column]!;
        const to = at!.values / 8 + column * BLOCK;
        if (!isBins[c]) f64[to] = value;
        else i32[2 * to] = value >= 0 ? forest.levelBins[starts[column]! + value]! : 0;
      }
      if (forest.lines) for (let c = 0; c < schema.length; c++) single.numbers[c]![0] = values[c]!;
      runRow(engine, single, out);
    },
  };
}

const oneRow = (columns: number): TreeInput => ({
  numbers: Array.from({ length: columns }, () => new Float64Array(1)),
  bins: [],
});

/** Adds what the leaves say that the kernel found for a block, lines and all: `apart` from tree to tree. */
function addLeaves(
  forest: Forest,
  { leaves, nodes, leafAt }: Addresses,
  i32: Int32Array,
  input: TreeInput,
  from: number,
  count: number,
  apart: number,
  outputs: number,
  out: Float64Array,
): void {
  for (let t = 0; t < forest.roots.length; t++)
    for (let row = 0; row < count; row++) {
      const leaf = leafAt[(i32[leaves / 4 + t * apart + row]! - nodes) / NODE]!;
      out[(from + row) * outputs + (t % outputs)]! += leafOutput(forest, leaf, input, from + row);
    }
}

/** Scores of a block between `out`, row-major, and the kernel's groups: by output 8 rows. */
function moveScores(
  f64: Float64Array,
  first: number,
  out: Float64Array,
  from: number,
  count: number,
  outputs: number,
  isIn: boolean,
): void {
  for (let row = 0; row < count; row++)
    for (let k = 0; k < outputs; k++) {
      const lane = row & (LANES - 1);
      const at = first + (row - lane) * outputs + k * LANES + lane;
      const to = (from + row) * outputs + k;
      if (isIn) f64[at] = out[to]!;
      else out[to] = f64[at]!;
    }
}
