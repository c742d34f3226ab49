// Kernels of the boosting engine. Every one has a plain twin in src/kernel/boosting that does the same
// on views of the same memory; the tests compare them byte by byte.
import { binRows } from './boosting/binning';
import {
  chooseSplits,
  divideChunk,
  divideLeaf,
  expandLeaf,
  finishColumn,
  histogramChunk,
  openRoot,
  placeChunk,
} from './boosting/expand';
import { deriveRows } from './boosting/derive';
import { deriveClasses } from './boosting/derive-classes';
import { roundGradients, sumGradients, sumLeaf } from './boosting/gradients';
import { sortColumn } from './boosting/sort';
import { addLeaf, addTree } from './boosting/scores';
export { end } from './lib/team';
import { leadWith, workWith } from './lib/team';

/** The numbers are those of src/kernel/boosting/operations.ts. */
function perform(operation: i32, chunk: i32, thread: i32): void {
  switch (operation) {
    case 0:
      return binRows(chunk);
    case 1:
      return sumGradients(chunk);
    case 2:
      return roundGradients(chunk);
    case 3:
      return openRoot(thread);
    case 4:
      return expandLeaf(chunk, thread);
    case 5:
      return divideChunk(chunk);
    case 6:
      return placeChunk(chunk);
    case 7:
      return divideLeaf();
    case 8:
      return histogramChunk(chunk, thread);
    case 9:
      return finishColumn(chunk, thread);
    case 10:
      return chooseSplits();
    case 11:
      return sumLeaf(chunk);
    case 12:
      return addLeaf(chunk);
    case 13:
      return addTree(chunk);
    case 14:
      return deriveRows(chunk);
    case 15:
      return sortColumn(chunk);
    case 16:
      return deriveClasses(chunk);
    default:
      unreachable();
  }
}

export function lead(operation: i32, chunks: i32): void {
  leadWith(perform, operation, chunks);
}

export function work(generation: i32, thread: i32): void {
  workWith(perform, generation, thread);
}
