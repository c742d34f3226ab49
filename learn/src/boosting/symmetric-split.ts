import { context, leaf, SLOT } from '../kernel/boosting/layout.js';
import { childValue, fall, freeFall, hessianOf, rowsOf } from '../kernel/boosting/twin-scan.js';
import { floatAt, intAt, rowsIn, type Growth, type Leaf } from './growth.js';
import { maskOf, type Path } from './masks.js';
import type { Split } from './split.js';
import { routeOf } from './tree.js';
import type { Workshop } from './workshop.js';

/** One split for a whole level, and what it gains over all its leaves. */
export interface LevelSplit {
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

export function bestOfLevel(growth: Growth, path: Path): LevelSplit | null {
  const { shop, job, number } = growth;
  const { u8 } = shop.engine.memory.views;
  const mask = maskOf(shop, growth.leaves[0]!.record, path, number, job.columns);
  const open = growth.leaves.filter(
    ({ record }) => intAt(growth.shop, record, leaf.histogram) !== 0,
  );
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

/** What one unit of a sum of gradients is worth to the kernels. */
const gradientUnit = ({ engine, context: at }: Workshop): number =>
  engine.memory.views.f64[(at + context.gradientUnit) / 8]!;

function sidesOf(growth: Growth, open: readonly Leaf[], column: number): Side[] {
  const { shop } = growth;
  const { memory } = shop.engine;
  return open.map((each) => {
    const { record } = each;
    const hessian = hessianOf(
      memory.views,
      shop.context,
      floatAt(growth.shop, record, leaf.hessian),
    );
    const gradient = floatAt(growth.shop, record, leaf.gradient) * gradientUnit(shop);
    const value = floatAt(growth.shop, record, leaf.value);
    return {
      leaf: each,
      slots: intAt(growth.shop, record, leaf.histogram) + shop.offsets[column]!,
      gradient: 0,
      hessian: 0,
      gradients: floatAt(growth.shop, record, leaf.gradient),
      hessians: floatAt(growth.shop, record, leaf.hessian),
      rows: rowsIn(growth.shop, each.record),
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
  return (
    2 * rowsLeft(growth, sides) >
    open.reduce((sum, each) => sum + rowsIn(growth.shop, each.record), 0)
  );
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
  const all = open.reduce((sum, each) => sum + rowsIn(growth.shop, each.record), 0);
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
