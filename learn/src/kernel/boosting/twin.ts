import type { Twin } from '../engine.js';
import { binRows, sortColumn } from './twin-binning.js';
import {
  chooseSplits,
  divideChunk,
  divideLeaf,
  expandLeaf,
  finishColumn,
  histogramChunk,
  openRoot,
  placeChunk,
} from './twin-expand.js';
import { deriveClasses, deriveRows } from './twin-derive.js';
import { addLeaf, addTree, roundGradients, sumGradients, sumLeaf } from './twin-rows.js';

/**
 * The boosting kernels in plain TypeScript, on views of the same memory: the oracle of the compiled
 * ones, and what runs where WebAssembly does not. By number of the operation.
 */
export const boostingTwin: Twin = (memory) => {
  const kernels = [
    binRows,
    sumGradients,
    roundGradients,
    openRoot,
    expandLeaf,
    divideChunk,
    placeChunk,
    divideLeaf,
    histogramChunk,
    finishColumn,
    chooseSplits,
    sumLeaf,
    addLeaf,
    addTree,
    deriveRows,
    sortColumn,
    deriveClasses,
  ];
  return (operation, chunk) => kernels[operation]!(memory.views, chunk);
};
