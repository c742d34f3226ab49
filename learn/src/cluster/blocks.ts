import type { Pool } from '../estimator.js';
import { CLUSTER_BLOCK, clusterKernels } from '../kernel/cluster.js';
import { memoryFor, openEngine, type Engine } from '../kernel/engine.js';
import type { Points } from './points.js';

/** Points in the memory of the kernels, in blocks that are filled up with points of weight 0. */
export interface Blocks {
  engine: Engine;
  count: number;
  rows: number;
  dimensions: number;
  /** Address of the values: block by block, in it dimension by dimension. */
  values: number;
}

// Of 1,000 numbers a memory of its own takes a tenth of a millisecond, as long as a few passes over
// them; helpers take longer to come. The bytes are the same.
const PLAIN_MAX = 1_000;
const ALONE_MAX = 50_000;

/** Hands the points to the kernels for the time of `use`. */
export function withBlocks<T>(
  points: Points,
  { pool, kernels = 'auto' }: { pool?: Pool | undefined; kernels?: 'auto' | 'plain' },
  use: (blocks: Blocks) => T,
): T {
  const { rows, dimensions, values } = points;
  const size = rows * dimensions;
  const options = {
    pool: size < ALONE_MAX ? undefined : pool,
    kernels: size < PLAIN_MAX ? ('plain' as const) : kernels,
  };
  const memory = memoryFor(options);
  const count = Math.ceil(rows / CLUSTER_BLOCK);
  const at = memory.take(8 * count * CLUSTER_BLOCK * dimensions);
  const { f64 } = memory.views;
  f64.fill(0, at / 8, at / 8 + count * CLUSTER_BLOCK * dimensions);
  for (let row = 0; row < rows; row++) {
    const place = placeOf(row, dimensions);
    for (let d = 0; d < dimensions; d++)
      f64[at / 8 + place + d * CLUSTER_BLOCK] = values[row * dimensions + d]!;
  }
  const engine = openEngine(clusterKernels, memory, options);
  try {
    return use({ engine, count, rows, dimensions, values: at });
  } finally {
    engine.end();
  }
}

/** Where a row's first of `columns` numbers lies; the others follow a block's length apart. */
export const placeOf = (row: number, columns: number): number =>
  Math.floor(row / CLUSTER_BLOCK) * CLUSTER_BLOCK * columns + (row % CLUSTER_BLOCK);
