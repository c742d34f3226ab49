// Kernels of clustering. Every one has a plain twin in src/kernel/cluster-plain.ts that does the same on
// views of the same memory; the test compares them byte by byte.
import {
  claim,
  dismiss,
  finish,
  hasEnded,
  operation,
  park,
  phaseSeen,
  publish,
  settle,
} from './lib/team';
import { nearestCentres } from './cluster/nearest';
import { mixtureDensities, mixtureMoments } from './cluster/mixture';

const NEAREST_CENTRES: i32 = 0;
const MIXTURE_DENSITIES: i32 = 1;
const MIXTURE_MOMENTS: i32 = 2;

function perform(operation: i32, chunk: i32, thread: i32): void {
  if (operation == NEAREST_CENTRES) nearestCentres(chunk);
  else if (operation == MIXTURE_DENSITIES) mixtureDensities(chunk);
  else if (operation == MIXTURE_MOMENTS) mixtureMoments(chunk, thread);
}

/** Runs an operation to its end, with whoever helps. */
export function lead(operation: i32, chunks: i32): void {
  publish(operation, chunks);
  for (let chunk = claim(); chunk >= 0; chunk = claim()) {
    perform(operation, chunk, 0);
    finish();
  }
  settle(chunks);
}

/** A helper's life: claim, do, park, until the generation ends. */
export function work(generation: i32, thread: i32): void {
  while (!hasEnded(generation)) {
    const seen = phaseSeen();
    for (let chunk = claim(); chunk >= 0; chunk = claim()) {
      perform(operation(), chunk, thread);
      finish();
    }
    park(seen);
  }
}

export function end(): void {
  dismiss();
}
