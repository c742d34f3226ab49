import { context, leaf, SLOT, split, task } from '../kernel/boosting/layout.js';
import { operations } from '../kernel/boosting/operations.js';
import { childValue, fall, freeFall, hessianOf, rowsOf } from '../kernel/boosting/twin-scan.js';
import type { Growth, Leaf } from './grower.js';
import { childPath, maskOf, rootPath, type Path } from './masks.js';
import type { Split } from './split.js';
import { routeOf, type Tree } from './tree.js';
import type { Workshop } from './workshop.js';

/** One split for a whole level, and what it gains over all its leaves. */
interface LevelSplit {
  split: Split;
  gain: number;
  route: Uint8Array;
}

/** A running side of a split, in one leaf. */
interface Side {
  leaf: Leaf;
  /** Address of the column's slots in the leaf's histogram. */
  slots: number;
  gradient: number;
  hessian: number;
  /** Sums and rows of the whole leaf, and the fall of the loss in it as it is. */
  gradients: number;
  hessians: number;
  rows: number;
  whole: number;
}

/**
 * Grows a symmetric (oblivious) tree: every leaf of a level is split alike, by what gains most over
 * all of them (Prokhorenkova et al. 2018). A leaf where one side would have too few rows gains
 * nothing; it is split all the same, and the few take the value of the nearest node above that has
 * enough rows. `newLeaf` gives a leaf its record. Returns the leaves of each level above the last.
 */
export function growLevels(
  growth: Growth,
  tree: Tree,
  newLeaf: (parent: number, side: Leaf['side'], path: Path) => Leaf,
): Leaf[][] {
  const { levels } = growth.shop.rules.symmetric!;
  let path = rootPath;
  const splits: Split[] = [];
  const above: Leaf[][] = [];
  for (let level = 0; level < levels; level++) {
    const found = bestOfLevel(growth, path);
    if (found === null) break;
    writeSplit(growth, found);
    path = childPath(growth.shop, growth.leaves[0]!.record, path, 0);
    splits.push(found.split);
    above.push(growth.leaves);
    growth.leaves = expandLevel(growth, newLeaf, path, level + 1 < levels);
  }
  tree.nodes = above.flatMap((leaves, level) =>
    leaves.map((each, i) => ({
      split: { ...splits[level]!, gain: splits[level]!.gain / leaves.length },
      ...childrenOf(level, i, splits.length),
      rows: rowsIn(growth, each),
    })),
  );
  return above;
}

/** What one unit of a sum of gradients is worth to the kernels. */
const gradientUnit = ({ engine, context: at }: Workshop): number =>
  engine.memory.views.f64[(at + context.gradientUnit) / 8]!;

/** Nodes level by level; behind the last level are the leaves. */
function childrenOf(level: number, i: number, levels: number): { left: number; right: number } {
  const first = 2 ** (level + 1) - 1 + 2 * i;
  return level + 1 === levels
    ? { left: ~(2 * i), right: ~(2 * i + 1) }
    : { left: first, right: first + 1 };
}

const intAt = ({ shop }: Growth, record: number, field: number): number =>
  shop.engine.memory.views.i32[(record + field) / 4]!;
const floatAt = ({ shop }: Growth, record: number, field: number): number =>
  shop.engine.memory.views.f64[(record + field) / 8]!;
const rowsIn = (growth: Growth, { record }: Leaf): number =>
  intAt(growth, record, leaf.end) - intAt(growth, record, leaf.start);

function bestOfLevel(growth: Growth, path: Path): LevelSplit | null {
  const { shop, job, number } = growth;
  const { u8 } = shop.engine.memory.views;
  const mask = maskOf(shop, growth.leaves[0]!.record, path, number, job.columns);
  const open = growth.leaves.filter(({ record }) => intAt(growth, record, leaf.histogram) !== 0);
  let best: LevelSplit | null = null;
  for (const column of job.columns) {
    if (mask !== 0 && u8[mask + column] === 0) continue;
    const found =
      shop.binned.columns[column]!.kind === 'number'
        ? bestThreshold(growth, open, column)
        : bestLevels(growth, open, column);
    if (found && found.gain > (best?.gain ?? 0)) best = found;
  }
  return best;
}

function sidesOf(growth: Growth, open: readonly Leaf[], column: number): Side[] {
  const { shop } = growth;
  const { memory } = shop.engine;
  return open.map((each) => {
    const { record } = each;
    const hessian = hessianOf(memory.views, shop.context, floatAt(growth, record, leaf.hessian));
    const gradient = floatAt(growth, record, leaf.gradient) * gradientUnit(shop);
    const value = floatAt(growth, record, leaf.value);
    return {
      leaf: each,
      slots: intAt(growth, record, leaf.histogram) + shop.offsets[column]!,
      gradient: 0,
      hessian: 0,
      gradients: floatAt(growth, record, leaf.gradient),
      hessians: floatAt(growth, record, leaf.hessian),
      rows: rowsIn(growth, each),
      whole: fall(memory.views, shop.context, gradient, hessian, shop.rules.l2, value),
    };
  });
}

/** Adds one bin of every leaf to its running side. */
function addBin({ shop }: Growth, sides: readonly Side[], bin: number): void {
  const { f64 } = shop.engine.memory.views;
  for (const side of sides) {
    const at = (side.slots + SLOT * bin) / 8;
    side.gradient += f64[at]!;
    side.hessian += f64[at + 1]!;
  }
}

/** Gain of the sides as they are, over all leaves; -1 where a monotone column would turn. */
function gainOf(growth: Growth, sides: readonly Side[], monotone: number, l2: number): number {
  const { shop } = growth;
  const { views } = shop.engine.memory;
  const { minHessianInLeaf, symmetric } = shop.rules;
  const { minDataInLeaf } = symmetric!;
  const at = shop.context;
  const isSimple = views.i32[(at + context.simple) / 4] === 1;
  const unit = gradientUnit(shop);
  let sum = 0;
  for (const side of sides) {
    const rows = rowsOf(views, at, side.hessian);
    const others = side.rows - rows;
    if (rows < minDataInLeaf || others < minDataInLeaf) continue;
    const left = hessianOf(views, at, side.hessian);
    const right = hessianOf(views, at, side.hessians - side.hessian);
    if (left < minHessianInLeaf || right < minHessianInLeaf) continue;
    const pull = side.gradient * unit;
    const otherPull = (side.gradients - side.gradient) * unit;
    if (isSimple) {
      sum += freeFall(pull, left, l2) + freeFall(otherPull, right, l2) - side.whole;
      continue;
    }
    const { record } = side.leaf;
    const value = childValue(views, at, record, pull, left, rows, l2);
    const other = childValue(views, at, record, otherPull, right, others, l2);
    if (monotone * (other - value) < 0) return -1;
    sum += fall(views, at, pull, left, l2, value) - side.whole;
    sum += fall(views, at, otherPull, right, l2, other);
  }
  return sum;
}

/** Gain over all leaves of sending bins 1 to each bin left, and the bin of missing values too if asked. */
function gainsOf(
  growth: Growth,
  sides: readonly Side[],
  column: number,
  missingLeft: boolean,
): Float64Array {
  const { shop } = growth;
  const { i32 } = shop.engine.memory.views;
  const gains = new Float64Array(shop.binned.columns[column]!.count);
  if (i32[(shop.context + context.simple) / 4] === 1) {
    for (const side of sides) addFreeGains(growth, side, missingLeft, gains);
    return gains;
  }
  reset(sides);
  if (missingLeft) addBin(growth, sides, 0);
  for (let bin = 1; bin < gains.length; bin++) {
    addBin(growth, sides, bin);
    gains[bin] = gainOf(growth, sides, shop.monotone[column]!, shop.rules.l2);
  }
  return gains;
}

/** What one leaf adds to each gain where no rule bounds its values: along its histogram, bin by bin. */
function addFreeGains(
  { shop }: Growth,
  { slots, gradients, hessians, rows: all, whole }: Side,
  missingLeft: boolean,
  gains: Float64Array,
): void {
  const { views } = shop.engine.memory;
  const { f64 } = views;
  const at = shop.context;
  const isUnit = views.i32[(at + context.unit) / 4] === 1;
  const { l2, minHessianInLeaf, symmetric } = shop.rules;
  const { minDataInLeaf } = symmetric!;
  const unit = gradientUnit(shop);
  let gradient = missingLeft ? f64[slots / 8]! : 0;
  let hessian = missingLeft ? f64[slots / 8 + 1]! : 0;
  for (let bin = 1; bin < gains.length; bin++) {
    gradient += f64[(slots + SLOT * bin) / 8]!;
    hessian += f64[(slots + SLOT * bin) / 8 + 1]!;
    const rows = isUnit ? hessian : rowsOf(views, at, hessian);
    if (rows < minDataInLeaf || all - rows < minDataInLeaf) continue;
    const left = isUnit ? hessian : hessianOf(views, at, hessian);
    const right = isUnit ? hessians - hessian : hessianOf(views, at, hessians - hessian);
    if (left < minHessianInLeaf || right < minHessianInLeaf) continue;
    const pull = gradient * unit;
    const otherPull = (gradients - gradient) * unit;
    gains[bin]! += freeFall(pull, left, l2) + freeFall(otherPull, right, l2) - whole;
  }
}

const reset = (sides: readonly Side[]): void => {
  for (const side of sides) side.gradient = side.hessian = 0;
};

function bestThreshold(growth: Growth, open: readonly Leaf[], column: number): LevelSplit | null {
  const { shop, rounded } = growth;
  const { f64 } = shop.engine.memory.views;
  const { count } = shop.binned.columns[column]!;
  const sides = sidesOf(growth, open, column);
  const hasMissing = sides.some(({ slots }) => f64[slots / 8 + 1]! > 0);
  let best: { gain: number; bin: number; missingLeft: boolean } | null = null;
  for (const missingLeft of hasMissing ? [false, true] : [false]) {
    const gains = gainsOf(growth, sides, column, missingLeft);
    // Only with missing values on the right may every value go left: the split is then "missing".
    const last = hasMissing && !missingLeft ? count : count - 1;
    for (let bin = 1; bin < last; bin++) {
      const gain = gains[bin]!;
      if (gain > shop.rules.minGain / rounded.valueUnit ** 2 && gain > (best?.gain ?? 0))
        best = { gain, bin, missingLeft };
    }
  }
  if (best === null) return null;
  const { gain, bin } = best;
  const missingLeft = hasMissing ? best.missingLeft : isLarger(growth, open, sides, bin);
  const found = { gain: gain * rounded.valueUnit ** 2, column, bin, missingLeft, levels: null };
  return { split: found, gain, route: routeOf(found) };
}

/** Whether more than half of the level's rows are in bins 1..bin. */
function isLarger(growth: Growth, open: readonly Leaf[], sides: readonly Side[], bin: number) {
  reset(sides);
  for (let each = 1; each <= bin; each++) addBin(growth, sides, each);
  return 2 * rowsLeft(growth, sides) > open.reduce((sum, each) => sum + rowsIn(growth, each), 0);
}

const rowsLeft = ({ shop }: Growth, sides: readonly Side[]): number =>
  sides.reduce(
    (sum, { hessian }) => sum + rowsOf(shop.engine.memory.views, shop.context, hessian),
    0,
  );

/** Levels in the order of their mean gradient over the whole level, cut from either end. */
function bestLevels(growth: Growth, open: readonly Leaf[], column: number): LevelSplit | null {
  const { shop, rounded } = growth;
  const { rules, binned } = shop;
  const sides = sidesOf(growth, open, column);
  const order = levelOrder(growth, sides, binned.columns[column]!.count);
  const l2 = rules.l2 + (order.length > 4 ? rules.categorySmoothing : 0);
  let best: { gain: number; levels: number[] } | null = null;
  for (const sorted of [order, [...order].reverse()]) {
    reset(sides);
    for (let i = 0; i < Math.min(sorted.length - 1, rules.categoriesMax); i++) {
      addBin(growth, sides, sorted[i]!);
      const gain = gainOf(growth, sides, 0, l2);
      if (gain > rules.minGain / rounded.valueUnit ** 2 && gain > (best?.gain ?? 0))
        best = { gain, levels: sorted.slice(0, i + 1) };
    }
  }
  if (best === null) return null;
  reset(sides);
  for (const bin of best.levels) addBin(growth, sides, bin);
  const all = open.reduce((sum, each) => sum + rowsIn(growth, each), 0);
  // Levels that no leaf has seen, missing among them, follow the larger side.
  const absent =
    2 * rowsLeft(growth, sides) > all
      ? Array.from({ length: binned.columns[column]!.count }, (_, bin) => bin).filter(
          (bin) => !order.includes(bin),
        )
      : [];
  const found: Split = {
    gain: best.gain * rounded.valueUnit ** 2,
    column,
    bin: 0,
    missingLeft: false,
    levels: [...best.levels, ...absent].sort((a, b) => a - b),
  };
  return { split: found, gain: best.gain, route: routeOf(found) };
}

function levelOrder(growth: Growth, sides: readonly Side[], bins: number): number[] {
  const { shop } = growth;
  const { views } = shop.engine.memory;
  const ratios = new Float64Array(bins);
  const order: number[] = [];
  for (let bin = 0; bin < bins; bin++) {
    let gradient = 0;
    let hessian = 0;
    let rows = 0;
    for (const { slots } of sides) {
      const at = (slots + SLOT * bin) / 8;
      gradient += views.f64[at]! * gradientUnit(shop);
      hessian += hessianOf(views, shop.context, views.f64[at + 1]!);
      rows += rowsOf(views, shop.context, views.f64[at + 1]!);
    }
    if (rows === 0) continue;
    const scale = hessian + shop.rules.categorySmoothing;
    ratios[bin] = scale > 0 ? gradient / scale : 0;
    order.push(bin);
  }
  return order.sort((a, b) => ratios[a]! - ratios[b]! || a - b);
}

/** Makes the level's split each leaf's own: its sums on the left, and the way of each bin. */
function writeSplit(growth: Growth, { split: chosen, route }: LevelSplit): void {
  const { shop } = growth;
  const { u8, i32, f64 } = shop.engine.memory.views;
  for (const { record } of growth.leaves) {
    const at = record + leaf.split;
    const sums = leftSums(growth, record, chosen.column, route);
    f64[(at + split.gain) / 8] = 1;
    f64[(at + split.gradient) / 8] = sums.gradient;
    f64[(at + split.hessian) / 8] = sums.hessian;
    i32[(at + split.column) / 4] = chosen.column;
    u8.set(route, record + leaf.route);
  }
}

function leftSums(growth: Growth, record: number, column: number, route: Uint8Array) {
  const { shop } = growth;
  const { u8, i32, f64 } = shop.engine.memory.views;
  const { count, first } = shop.binned.columns[column]!;
  const histogram = intAt(growth, record, leaf.histogram);
  const sums = { gradient: 0, hessian: 0 };
  if (histogram === 0) {
    // One row or none: it goes one way as a whole.
    const start = intAt(growth, record, leaf.start);
    if (start === intAt(growth, record, leaf.end)) return sums;
    const row = i32[shop.rows / 4 + start]!;
    if (route[u8[first + row]!] === 0) return sums;
    sums.gradient = floatAt(growth, record, leaf.gradient);
    sums.hessian = floatAt(growth, record, leaf.hessian);
    return sums;
  }
  for (let bin = 0; bin < count; bin++) {
    if (route[bin] === 0) continue;
    const at = (histogram + shop.offsets[column]! + SLOT * bin) / 8;
    sums.gradient += f64[at]!;
    sums.hessian += f64[at + 1]!;
  }
  return sums;
}

/** Splits every leaf of the level; `search` keeps their histograms for the next. */
function expandLevel(
  growth: Growth,
  newLeaf: (parent: number, side: Leaf['side'], path: Path) => Leaf,
  path: Path,
  search: boolean,
): Leaf[] {
  const { shop, leaves, free } = growth;
  const { u8, i32 } = shop.engine.memory.views;
  // The search by leaf is spared: no column is open to it.
  u8.fill(0, shop.noColumns, shop.noColumns + shop.binned.columns.length);
  const spares = leaves.map(() => (search ? free.pop()! : 0));
  const children = leaves.map(({ record }, i) => {
    const pair = [newLeaf(record, 'left', path), newLeaf(record, 'right', path)] as const;
    const records = [record, pair[0].record, pair[1].record];
    const masks = [shop.noColumns, shop.noColumns];
    i32.set([...records, spares[i]!, search ? 1 : 0, ...masks], (shop.table + i * task.bytes) / 4);
    return pair;
  });
  shop.engine.run(operations.expand, leaves.length, [shop.context, shop.table]);
  leaves.forEach(({ record }, i) => {
    const [left, right] = children[i]!;
    const histogram = intAt(growth, left.record, leaf.histogram);
    if (histogram !== intAt(growth, right.record, leaf.histogram)) return;
    // Neither child was searched: both still bear the parent's.
    const whole = intAt(growth, record, leaf.histogram);
    if (spares[i] !== 0) free.push(spares[i]!);
    if (whole !== 0) free.push(whole);
    i32[(left.record + leaf.histogram) / 4] = i32[(right.record + leaf.histogram) / 4] = 0;
  });
  return children.flat();
}

/** The value of each leaf: its own, or that of the nearest node above with enough rows. */
export function valuesWithEnoughRows(
  growth: Growth,
  above: readonly (readonly Leaf[])[],
  values: readonly number[],
): number[] {
  const { leaves, rounded, shop } = growth;
  const { minDataInLeaf } = shop.rules.symmetric!;
  return leaves.map((each, i) => {
    let node = each;
    for (let up = 1; up <= above.length && rowsIn(growth, node) < minDataInLeaf; up++)
      node = above[above.length - up]![i >> up]!;
    if (node === each) return values[i]!;
    const value = floatAt(growth, node.record, leaf.value);
    const lower = floatAt(growth, each.record, leaf.lower);
    const upper = floatAt(growth, each.record, leaf.upper);
    return Math.min(Math.max(value, lower), upper) * rounded.valueUnit;
  });
}
