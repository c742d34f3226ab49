// Kernels of the boosting engine. Every one has a plain twin in src/kernel/boosting-plain.ts that does
// the same on views of the same memory; the test compares them byte by byte.
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
import { binNumbers } from './boosting/binning';

const BIN_NUMBERS: i32 = 0;

function perform(operation: i32, chunk: i32, _thread: i32): void {
  if (operation == BIN_NUMBERS) binNumbers(chunk);
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
