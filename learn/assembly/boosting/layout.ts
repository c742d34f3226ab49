// Where things lie in memory. src/kernel/boosting/layout.ts says the same in TypeScript.
//
// Context, one a training run, its address is argument 0 of every operation but the binning:
//    0 i32 columns          4 blocks            8 column table      12 block table
//   16 i32 rows (A)        20 spill (B)        24 spill (C)         28 pairs of gradient and hessian
//   32 i32 thread scratch  36 bytes of one     40 bytes of one histogram
//   44 i32 threads' marks  48 candidates       52 columns of this tree (u8 each)
//   56 i32 every hessian 1 60 rows of a group  64 least rows        68 most depth
//   72 i32 most levels     76 simple           80 threads              84 lanes of this tree (u8 each)
//   96 f64 l1   104 l2   112 minGain   120 minHessian   128 maxDelta   136 smoothing
//  144 f64 categorySmoothing   152 gradient unit   160 hessian unit   168 1 / 176   176 a hessian of 1 unit, above the rows
//
// Column, 32 bytes: 0 i32 offset in a histogram, 4 bins, 8 category?, 12 monotone, 16 bins, a byte a row,
// 20 the bin that its bundle leaves out, or -1.
// Block, 160 bytes: 0 i32 address, 4 log2 of a row's bytes, 8 groups of four lanes, 12 first lane,
// 16 lanes; 32 i32 × 32 offset in a histogram of each (a padding lane's is the last slot).
// Histogram slot, 16 bytes: f64 sum of gradients, f64 sum of hessians (with the rows in the low bits).
export const CONTEXT_COLUMNS: usize = 0;
export const CONTEXT_BLOCKS: usize = 4;
export const CONTEXT_COLUMN_TABLE: usize = 8;
export const CONTEXT_BLOCK_TABLE: usize = 12;
export const CONTEXT_ROWS: usize = 16;
export const CONTEXT_SPILL: usize = 20;
export const CONTEXT_SPILL_RIGHT: usize = 24;
export const CONTEXT_PAIRS: usize = 28;
export const CONTEXT_SCRATCH: usize = 32;
export const CONTEXT_SCRATCH_BYTES: usize = 36;
export const CONTEXT_HISTOGRAM_BYTES: usize = 40;
export const CONTEXT_MARKS: usize = 44;
export const CONTEXT_CANDIDATES: usize = 48;
export const CONTEXT_MASK: usize = 52;
export const CONTEXT_UNIT: usize = 56;
export const CONTEXT_LEVEL_ROWS: usize = 60;
export const CONTEXT_MIN_ROWS: usize = 64;
export const CONTEXT_DEPTH_MAX: usize = 68;
export const CONTEXT_LEVELS_MAX: usize = 72;
export const CONTEXT_SIMPLE: usize = 76;
export const CONTEXT_THREADS: usize = 80;
export const CONTEXT_LANE_MASK: usize = 84;
export const CONTEXT_L1: usize = 96;
export const CONTEXT_L2: usize = 104;
export const CONTEXT_MIN_GAIN: usize = 112;
export const CONTEXT_MIN_HESSIAN: usize = 120;
export const CONTEXT_MAX_DELTA: usize = 128;
export const CONTEXT_SMOOTHING: usize = 136;
export const CONTEXT_CATEGORY_SMOOTHING: usize = 144;
export const CONTEXT_GRADIENT_UNIT: usize = 152;
export const CONTEXT_HESSIAN_UNIT: usize = 160;
export const CONTEXT_COUNT_SHARE: usize = 168;
export const CONTEXT_COUNT_STEP: usize = 176;

export const COLUMN_BYTES: usize = 32;
export const COLUMN_OFFSET: usize = 0;
export const COLUMN_BINS: usize = 4;
export const COLUMN_CATEGORY: usize = 8;
export const COLUMN_MONOTONE: usize = 12;
export const COLUMN_FIRST: usize = 16;
export const COLUMN_USUAL: usize = 20;

export const BLOCK_BYTES: usize = 160;
export const BLOCK_ADDRESS: usize = 0;
export const BLOCK_SHIFT: usize = 4;
export const BLOCK_GROUPS: usize = 8;
export const BLOCK_FIRST: usize = 12;
export const BLOCK_LANES: usize = 16;
export const BLOCK_OFFSETS: usize = 32;

// Leaf, 512 bytes: sums, the range of its value, its value, where its rows lie; then its best split.
export const LEAF_GRADIENT: usize = 0;
export const LEAF_HESSIAN: usize = 8;
export const LEAF_LOWER: usize = 16;
export const LEAF_UPPER: usize = 24;
export const LEAF_VALUE: usize = 32;
export const LEAF_START: usize = 40;
export const LEAF_END: usize = 44;
export const LEAF_HISTOGRAM: usize = 48;
export const LEAF_DEPTH: usize = 52;
/** Address of one byte a column, 1 where the leaf may split by it; 0 for those of the tree. */
export const LEAF_MASK: usize = 56;
/** The best split, as in a candidate. */
export const LEAF_SPLIT: usize = 64;
/** One byte a bin of the split's column: 1 goes left. */
export const LEAF_ROUTE: usize = 256;

// Candidate, 48 bytes: what one column offers. A gain of 0 is no split.
export const CANDIDATE_BYTES: usize = 48;
export const SPLIT_GAIN: usize = 0;
export const SPLIT_GRADIENT: usize = 8;
export const SPLIT_HESSIAN: usize = 16;
export const SPLIT_COLUMN: usize = 24;
/** Numbers: the last bin that goes left. Categories: how many of the sorted levels go left. */
export const SPLIT_BIN: usize = 28;
/** Numbers: 1 when missing goes left. Categories: 1 when the order is from high to low. */
export const SPLIT_SIDE: usize = 32;
