// Kernels of clustering. Every one has a plain twin in src/kernel/cluster-plain.ts that does the same on
// views of the same memory; the test compares them byte by byte.
export { end } from './lib/team';
import { leadWith, workWith } from './lib/team';
import { nearestCentres } from './cluster/nearest';
import { mixtureDensities, mixtureMoments } from './cluster/mixture';

const NEAREST_CENTRES: i32 = 0;
const MIXTURE_DENSITIES: i32 = 1;
const MIXTURE_MOMENTS: i32 = 2;

function perform(operation: i32, chunk: i32, thread: i32): void {
  if (operation == NEAREST_CENTRES) nearestCentres(chunk, thread);
  else if (operation == MIXTURE_DENSITIES) mixtureDensities(chunk);
  else if (operation == MIXTURE_MOMENTS) mixtureMoments(chunk, thread);
}

export function lead(operation: i32, chunks: i32): void {
  leadWith(perform, operation, chunks);
}

export function work(generation: i32, thread: i32): void {
  workWith(perform, generation, thread);
}
