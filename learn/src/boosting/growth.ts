import { leaf } from '../kernel/boosting/layout.js';
import type { Path } from './masks.js';
import type { Job, Rounded } from './rounding.js';
import type { Tree } from './tree.js';
import type { Workshop } from './workshop.js';

/** A tree and where its training rows lie: leaf `i` holds rows[starts[i] .. ends[i]), ascending. */
export interface Grown {
  tree: Tree;
  rows: Int32Array;
  starts: number[];
  ends: number[];
  bounds: { lower: number; upper: number }[];
}

/** A leaf that may still be split. */
export interface Leaf {
  /** Address of its record. */
  record: number;
  /** Record of the leaf that it came from; 0 for the root. */
  parent: number;
  gain: number;
  /** Its children, once it has been split, be it ahead of its turn. */
  children: readonly [Leaf, Leaf] | null;
  path: Path;
  /** The node that points at it; -1 for the root. */
  node: number;
  side: 'left' | 'right';
}

/** One tree in course. */
export interface Growth {
  shop: Workshop;
  job: Job;
  /** Which tree of the run it is. */
  number: number;
  rounded: Rounded;
  leaves: Leaf[];
  /** Histograms that nobody uses. */
  free: number[];
  /** Records in use. */
  records: number;
  /** Leaves whose children exist already. */
  ahead: number;
}

export function newLeaf(growth: Growth, parent: number, side: Leaf['side'], path: Path): Leaf {
  const record = growth.shop.leaves + growth.records++ * leaf.bytes;
  return { record, parent, gain: 0, children: null, path, node: -1, side };
}

/** Index of the first leaf that gains most; -1 where none gains. */
export function mostGaining(leaves: readonly Leaf[], skip?: (leaf: Leaf) => boolean): number {
  let chosen = -1;
  let most = 0;
  leaves.forEach((each, i) => {
    if (each.gain <= most || skip?.(each)) return;
    most = each.gain;
    chosen = i;
  });
  return chosen;
}

export const intAt = ({ engine }: Workshop, record: number, field: number): number =>
  engine.memory.views.i32[(record + field) / 4]!;
export const floatAt = ({ engine }: Workshop, record: number, field: number): number =>
  engine.memory.views.f64[(record + field) / 8]!;
export const rowsIn = (shop: Workshop, record: number): number =>
  intAt(shop, record, leaf.end) - intAt(shop, record, leaf.start);
