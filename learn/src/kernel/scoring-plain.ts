import { takeArguments, type Tuple } from './arguments.js';
import type { Twin } from './engine.js';
import type { KernelMemory, Views } from './memory.js';
import { explainRows } from './contributions-plain.js';
import { scoreQuick } from './quick-plain.js';
import { isLeft } from './question-plain.js';

/** The scoring kernels in plain TypeScript; see learn/assembly/scoring.ts. */
export const scoringTwin: Twin = (memory) => {
  const operations = [scoreRows, scoreRow, explainBlock, scoreSymmetric, quickBlock];
  return (operation) => operations[operation]!(memory);
};

/** Bytes of a group's slot, of a value, of a tree, of a node, of a slot's entry. */
const COLUMN = 64;
const VALUE = 8;
const TREE = 8;
const NODE = 16;
const SLOT = 8;
/** Rule of a slot of bins. */
export const BINS = 4;
/** What counts as 0 where 0 is missing. */
export const ZERO = 1e-35;

/** Address of the leaf that a row arrives at; `values` is the row in its group. */
function walk(views: Views, root: number, values: number): number {
  const { i32 } = views;
  for (let node = root; ;) {
    const right = i32[node / 4 + 2]!;
    if (right === node) return node;
    node = isLeft(views, node, i32[node / 4 + 3]!, values) ? node + NODE : right;
  }
}

function argumentsOf({ views }: KernelMemory) {
  const [trees, count, slotTable, slots, rows, groups, scores, toValue, outputs, leaves] =
    takeArguments(views, 10);
  return { trees, count, slotTable, slots, rows, groups, scores, toValue, outputs, leaves };
}

/** Value `index` of a slot as its nodes compare it; bits, because a bin is no number. */
function moveAsked({ i32, f64 }: Views, slot: number, index: number, to: number): void {
  const at = i32[slot / 4]! + index * VALUE;
  const rule = i32[slot / 4 + 1]!;
  i32[to / 4] = i32[at / 4]!;
  i32[to / 4 + 1] = i32[at / 4 + 1]!;
  if (rule === 0 || rule === BINS) return;
  const value = f64[at / 8]!;
  const isMissing = value !== value || (rule >= 2 && Math.abs(value) <= ZERO);
  if (isMissing) f64[to / 8] = (rule & 1) === 1 ? -Infinity : NaN;
}

function fillSlots(views: Views, of: ReturnType<typeof argumentsOf>): void {
  for (let s = 0; s < of.slots; s++)
    for (let i = 0; i < of.groups * 8; i++) {
      const to = of.rows + (i >> 3) * of.slots * COLUMN + s * COLUMN + (i & 7) * VALUE;
      moveAsked(views, of.slotTable + s * SLOT, i, to);
    }
}

function explainBlock(memory: KernelMemory): void {
  fillSlots(memory.views, argumentsOf(memory));
  explainRows(memory);
}

function quickBlock(memory: KernelMemory): void {
  const of = argumentsOf(memory);
  fillSlots(memory.views, of);
  scoreQuick(memory.views, of);
}

function scoreRows(memory: KernelMemory): void {
  const { views } = memory;
  const of = argumentsOf(memory);
  const groupBytes = of.slots * COLUMN;
  fillSlots(views, of);
  for (let t = 0; t < of.count; t++)
    for (let i = 0; i < of.groups * 8; i++) {
      const lane = (i & 7) * VALUE;
      const root = views.i32[(of.trees + t * TREE) / 4]!;
      const leaf = walk(views, root, of.rows + (i >> 3) * groupBytes + lane);
      if (of.leaves > 0) views.i32[of.leaves / 4 + t * of.groups * 8 + i] = leaf;
      const to = of.scores + ((i >> 3) * of.outputs + (t % of.outputs)) * COLUMN + lane;
      views.f64[to / 8]! += views.f64[(leaf / 2 + of.toValue) / 8]!;
    }
}

function scoreRow(memory: KernelMemory): void {
  const { views } = memory;
  const of = argumentsOf(memory);
  for (let s = 0; s < of.slots; s++)
    moveAsked(views, of.slotTable + s * SLOT, 0, of.rows + s * COLUMN);
  for (let t = 0; t < of.count; t++) {
    const leaf = walk(views, views.i32[(of.trees + t * TREE) / 4]!, of.rows);
    if (of.leaves > 0) views.i32[of.leaves / 4 + t] = leaf;
    views.f64[of.scores / 8 + (t % of.outputs)]! += views.f64[(leaf / 2 + of.toValue) / 8]!;
  }
}

/** See learn/assembly/scoring/symmetric.ts. */
function scoreSymmetric(memory: KernelMemory): void {
  const { views } = memory;
  const { i32, f64 } = views;
  const of = argumentsOf(memory);
  fillSlots(views, of);
  for (let t = 0; t < of.count; t++) {
    const [first, levels, values] = i32.subarray(
      of.trees / 4 + 4 * t,
    ) as ArrayLike<number> as Tuple<3>;
    for (let i = 0; i < of.groups * 8; i++) {
      const row = of.rows + (i >> 3) * of.slots * COLUMN + (i & 7) * VALUE;
      let leaf = 0;
      for (let level = 0; level < levels; level++) {
        const question = first + 16 * level;
        const isLeft = f64[(row + i32[question / 4 + 2]!) / 8]! <= f64[question / 8]!;
        leaf = 2 * leaf + (isLeft ? 0 : 1);
      }
      const to = of.scores + ((i >> 3) * of.outputs + (t % of.outputs)) * COLUMN + (i & 7) * VALUE;
      f64[to / 8]! += f64[values / 8 + leaf]!;
    }
  }
}
