import { leaf, SLOT, split, task } from '../kernel/boosting/layout.js';
import { operations } from '../kernel/boosting/operations.js';
import { divideShared, isShared } from './expand.js';
import { floatAt, intAt, newLeaf, rowsIn, type Growth, type Leaf } from './growth.js';
import { childPath, rootPath, type Path } from './masks.js';
import type { Split } from './split.js';
import { bestOfLevel, type LevelSplit } from './symmetric-split.js';
import type { Tree } from './tree.js';

/**
 * Grows a symmetric (oblivious) tree: every leaf of a level is split alike, by what gains most over
 * all of them (Prokhorenkova et al. 2018). A leaf where one side would have too few rows gains
 * nothing; it is split all the same, and the few take the value of the nearest node above that has
 * enough rows. Returns the leaves of each level above the last.
 */
export function growLevels(growth: Growth, tree: Tree): Leaf[][] {
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
    growth.leaves = expandLevel(growth, path, level + 1 < levels);
  }
  tree.nodes = above.flatMap((leaves, level) =>
    leaves.map((each, i) => ({
      split: { ...splits[level]!, gain: splits[level]!.gain / leaves.length },
      ...childrenOf(level, i, splits.length),
      rows: rowsIn(growth.shop, each.record),
    })),
  );
  return above;
}

/** Nodes level by level; behind the last level are the leaves. */
function childrenOf(level: number, i: number, levels: number): { left: number; right: number } {
  const first = 2 ** (level + 1) - 1 + 2 * i;
  return level + 1 === levels
    ? { left: ~(2 * i), right: ~(2 * i + 1) }
    : { left: first, right: first + 1 };
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
  const histogram = intAt(growth.shop, record, leaf.histogram);
  const sums = { gradient: 0, hessian: 0 };
  if (histogram === 0) {
    // One row or none: it goes one way as a whole.
    const start = intAt(growth.shop, record, leaf.start);
    if (start === intAt(growth.shop, record, leaf.end)) return sums;
    const row = i32[shop.rows / 4 + start]!;
    if (route[u8[first + row]!] === 0) return sums;
    sums.gradient = floatAt(growth.shop, record, leaf.gradient);
    sums.hessian = floatAt(growth.shop, record, leaf.hessian);
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
function expandLevel(growth: Growth, path: Path, search: boolean): Leaf[] {
  const { shop, leaves, free } = growth;
  const { u8, i32 } = shop.engine.memory.views;
  // The search by leaf is spared: no column is open to it.
  u8.fill(0, shop.noColumns, shop.noColumns + shop.binned.columns.length);
  const masks = [shop.noColumns, shop.noColumns];
  const spares = leaves.map(() => (search ? free.pop()! : 0));
  const children = leaves.map(
    ({ record }) =>
      [newLeaf(growth, record, 'left', path), newLeaf(growth, record, 'right', path)] as const,
  );
  let tasks = 0;
  leaves.forEach(({ record }, i) => {
    const [left, right] = children[i]!;
    const spare = spares[i]!;
    if (isShared(shop, record))
      divideShared(shop, { record, children: children[i]!, masks, spare });
    else
      i32.set(
        [record, left.record, right.record, spare, search ? 1 : 0, ...masks],
        (shop.table + tasks++ * task.bytes) / 4,
      );
  });
  shop.engine.run(operations.expand, tasks, [shop.context, shop.table]);
  leaves.forEach(({ record }, i) => {
    const [left, right] = children[i]!;
    const histogram = intAt(growth.shop, left.record, leaf.histogram);
    if (histogram !== intAt(growth.shop, right.record, leaf.histogram)) return;
    // Neither child was searched: both still bear the parent's.
    const whole = intAt(growth.shop, record, leaf.histogram);
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
    for (let up = 1; up <= above.length && rowsIn(growth.shop, node.record) < minDataInLeaf; up++)
      node = above[above.length - up]![i >> up]!;
    if (node === each) return values[i]!;
    const value = floatAt(growth.shop, node.record, leaf.value);
    const lower = floatAt(growth.shop, each.record, leaf.lower);
    const upper = floatAt(growth.shop, each.record, leaf.upper);
    return Math.min(Math.max(value, lower), upper) * rounded.valueUnit;
  });
}
