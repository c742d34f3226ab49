import { context, leaf } from '../kernel/boosting/layout.js';
import { operations } from '../kernel/boosting/operations.js';
import { floatAt, intAt, rowsIn, type Grown, type Growth, type Leaf } from './growth.js';
import { addressOf } from './rounding.js';
import type { Tree } from './tree.js';
import type { Workshop } from './workshop.js';

/** Leaf values in units of the score, and rows in their canonical order. */
export function finish(growth: Growth, tree: Tree): Grown {
  const { shop, leaves, rounded, job } = growth;
  const { i32, f64 } = shop.engine.memory.views;
  const rows = i32.subarray(shop.rows / 4, shop.rows / 4 + job.rows.length);
  for (const each of leaves) if (each.children) mergeRows(rows, shop, each);
  const starts = leaves.map(({ record }) => intAt(shop, record, leaf.start));
  const ends = leaves.map(({ record }) => intAt(shop, record, leaf.end));
  const hessians = fineHessians(growth, starts, ends);
  leaves.forEach(({ record, parent }, i) => {
    const value = hessians
      ? refine(growth, record, parent, hessians[i]!)
      : f64[(record + leaf.value) / 8]!;
    tree.values.push(value * rounded.valueUnit);
    tree.rows.push(ends[i]! - starts[i]!);
  });
  const bounds = leaves.map(({ record }) => ({
    lower: floatAt(shop, record, leaf.lower) * rounded.valueUnit,
    upper: floatAt(shop, record, leaf.upper) * rounded.valueUnit,
  }));
  return { tree, rows, starts, ends, bounds };
}

/** A leaf that was split ahead of its turn, and whose turn never came: its rows ascend again. */
function mergeRows(rows: Int32Array, shop: Workshop, { record, children }: Leaf): void {
  const start = intAt(shop, record, leaf.start);
  const end = intAt(shop, record, leaf.end);
  const middle = intAt(shop, children![1].record, leaf.start);
  const left = rows.slice(start, middle);
  let next = 0;
  let right = middle;
  for (let i = start; next < left.length; i++)
    rows[i] = right === end || left[next]! < rows[right]! ? left[next++]! : rows[right++]!;
}

/** Hessian sums of the leaves in finer steps than histograms keep; null where all are exact. */
function fineHessians(
  { shop, job, rounded }: Growth,
  starts: readonly number[],
  ends: readonly number[],
): number[] | null {
  if (!job.hessians) return null;
  const { i32, f64 } = shop.engine.memory.views;
  starts.forEach((start, i) => i32.set([start, ends[i]!], shop.table / 4 + 2 * i));
  const args = [shop.context, 0, addressOf(shop, job.hessians), shop.table, shop.values];
  shop.engine.run(operations.sumLeaf, starts.length, args, [rounded.fineScale]);
  return starts.map((_, i) => f64[shop.values / 8 + i]! / rounded.fineScale);
}

/** The value of a leaf by its exact hessian, under the same rules as in the search. */
function refine(
  { shop, rounded }: Growth,
  record: number,
  parent: number,
  hessian: number,
): number {
  const { l1 = 0, l2, maxDelta = 0, pathSmoothing = 0 } = shop.rules;
  const { valueUnit } = rounded;
  const gradient =
    floatAt(shop, record, leaf.gradient) * floatAt(shop, shop.context, context.gradientUnit);
  const pull = Math.sign(gradient) * Math.max(Math.abs(gradient) - l1 / valueUnit, 0);
  const scale = hessian + l2;
  let value = scale > 0 ? -pull / scale : 0;
  if (maxDelta > 0) value = Math.min(Math.max(value, -maxDelta / valueUnit), maxDelta / valueUnit);
  if (pathSmoothing > 0) {
    const weight = rowsIn(shop, record) / pathSmoothing;
    const above = floatAt(shop, parent === 0 ? record : parent, leaf.value);
    value = (value * weight + above) / (weight + 1);
  }
  return Math.min(
    Math.max(value, floatAt(shop, record, leaf.lower)),
    floatAt(shop, record, leaf.upper),
  );
}
