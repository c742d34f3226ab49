import { clusterTwin } from './cluster-plain.js';
import type { KernelModule } from './engine.js';
import { alone, shared } from './generated/cluster.js';

/** Operations of the kernels of clustering, numbered as in learn/assembly/cluster.ts. */
export const NEAREST_CENTRES = 0;
export const MIXTURE_DENSITIES = 1;
export const MIXTURE_MOMENTS = 2;

/** Points of a block, which is a chunk of every operation. */
export const CLUSTER_BLOCK = 1000;

/** Bytes that a thread of NEAREST_CENTRES scribbles on: see learn/assembly/cluster/labels.ts. */
export const labelBytes = (dimensions: number, k: number): number =>
  16 * (Math.ceil(k / 4) * (dimensions + 9) + 2 * dimensions + 5);

export const clusterKernels: KernelModule = { shared, alone, twin: clusterTwin };
