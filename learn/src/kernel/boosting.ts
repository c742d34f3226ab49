import type { KernelModule } from './engine.js';
import { boostingTwin } from './boosting-plain.js';
import { alone, shared } from './generated/boosting.js';

/** Operations of the boosting kernels, numbered as in learn/assembly/boosting.ts. */
export const BIN_NUMBERS = 0;

/** Rows of a chunk of `BIN_NUMBERS`. */
export const BINNING_CHUNK = 8192;

export const boostingKernels: KernelModule = { shared, alone, twin: boostingTwin };
