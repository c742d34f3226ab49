/** Where things lie in the memory of the boosting kernels, in bytes: learn/assembly/boosting/layout.ts. */
export const context = {
  columns: 0,
  blocks: 4,
  columnTable: 8,
  blockTable: 12,
  rows: 16,
  spill: 20,
  spillRight: 24,
  pairs: 28,
  scratch: 32,
  scratchBytes: 36,
  histogramBytes: 40,
  marks: 44,
  candidates: 48,
  mask: 52,
  unit: 56,
  levelRows: 60,
  minRows: 64,
  depthMax: 68,
  levelsMax: 72,
  simple: 76,
  threads: 80,
  laneMask: 84,
  l1: 96,
  l2: 104,
  minGain: 112,
  minHessian: 120,
  maxDelta: 128,
  smoothing: 136,
  categorySmoothing: 144,
  gradientUnit: 152,
  hessianUnit: 160,
  countShare: 168,
  countStep: 176,
  bytes: 192,
} as const;

export const column = {
  offset: 0,
  bins: 4,
  category: 8,
  monotone: 12,
  first: 16,
  usual: 20,
  bytes: 32,
} as const;

export const block = {
  address: 0,
  shift: 4,
  groups: 8,
  first: 12,
  lanes: 16,
  offsets: 32,
  bytes: 160,
} as const;

export const leaf = {
  gradient: 0,
  hessian: 8,
  lower: 16,
  upper: 24,
  value: 32,
  start: 40,
  end: 44,
  histogram: 48,
  depth: 52,
  mask: 56,
  split: 64,
  route: 256,
  bytes: 512,
} as const;

/** Of a candidate, and of a leaf's best split from `leaf.split`. */
export const split = {
  gain: 0,
  gradient: 8,
  hessian: 16,
  column: 24,
  bin: 28,
  side: 32,
  bytes: 48,
} as const;

/** A task of `EXPAND`. */
export const task = {
  leaf: 0,
  left: 4,
  right: 8,
  spare: 12,
  search: 16,
  leftMask: 20,
  rightMask: 24,
  bytes: 28,
} as const;

/** A node of `ADD_TREE`. */
export const node = { first: 0, route: 4, left: 8, right: 12, bytes: 16 } as const;

/** Bytes of a thread's scratch before its histogram. */
export const SCRATCH_HEAD = 4096;
/** Bytes of one bin in a histogram. */
export const SLOT = 16;
