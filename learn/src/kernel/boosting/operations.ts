/** Operations of the boosting kernels, numbered as in learn/assembly/boosting.ts. */
export const operations = {
  binRows: 0,
  sumGradients: 1,
  roundGradients: 2,
  openRoot: 3,
  expand: 4,
  divideChunk: 5,
  placeChunk: 6,
  divideLeaf: 7,
  histogramChunk: 8,
  finishColumn: 9,
  chooseSplits: 10,
  sumLeaf: 11,
  addLeaf: 12,
  addTree: 13,
  deriveRows: 14,
  sortColumn: 15,
  deriveClasses: 16,
} as const;

/** Rows of a chunk, by what is done with them. */
export const chunkOf = { binning: 2048, gradients: 8192, leaf: 4096, tree: 4096 } as const;

export const chunksOf = (rows: number, chunk: number): number => Math.ceil(rows / chunk);

/** Losses of `deriveRows`. */
export const losses = { squared: 0, logistic: 1, poisson: 2 } as const;
