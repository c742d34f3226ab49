// A team of threads over one shared memory. One thread leads: it writes an operation and its arguments,
// then all claim chunks of it until none is left. Parked threads sleep in `memory.atomic.wait32`; a
// thread that finds nothing to claim looks again for some microseconds at most before it parks, so that
// a busy neighbour never waits for a spinning one.
//
// The control block, at address 0:
//    0  u64  ticket: phase << 48 | chunks << 24 | next chunk. One atomic add claims a chunk *of the
//            phase that it returns*, so that a late thread can never mistake one phase for another
//    8  i32  chunks done
//   12  i32  generation: a thread leaves when it is not the one that it entered with
//   16  i32  operation
//   20  i32  threads besides the leader
//   24  i32  not 0 when a helper has failed: nobody waits for its chunk
//   64  i32 × 48 and at 256 f64 × 32: arguments, written by the leader before it publishes
const TICKET: usize = 0;
const PHASE: usize = 4;
const DONE: usize = 8;
const GENERATION: usize = 12;
const OPERATION: usize = 16;
const HELPERS: usize = 20;
const BROKEN: usize = 24;
const ARGUMENTS: usize = 64;
const NUMBERS: usize = 256;

/** About 10 microseconds of looking. */
const LOOKS: i32 = 20_000;

export function argument(index: i32): i32 {
  return load<i32>(ARGUMENTS + ((<usize>index) << 2));
}

export function number(index: i32): f64 {
  return load<f64>(NUMBERS + ((<usize>index) << 3));
}

/** Does one chunk of an operation as the thread of that number. */
type Perform = (operation: i32, chunk: i32, thread: i32) => void;

/** Runs an operation to its end, with whoever helps. */
export function leadWith(perform: Perform, operation: i32, chunks: i32): void {
  publish(operation, chunks);
  for (let chunk = claim(); chunk >= 0; chunk = claim()) {
    perform(operation, chunk, 0);
    finish();
  }
  settle(chunks);
}

/** A helper's life: claim, do, park, until the generation ends. */
export function workWith(perform: Perform, generation: i32, thread: i32): void {
  while (!hasEnded(generation)) {
    const seen = phaseSeen();
    for (let chunk = claim(); chunk >= 0; chunk = claim()) {
      perform(load<i32>(OPERATION), chunk, thread);
      finish();
    }
    park(seen);
  }
}

/** The next chunk of the phase in course, or -1 when all are claimed. */
function claim(): i32 {
  const ticket = atomic.add<u64>(TICKET, 1);
  const next = <i32>(ticket & 0xffffff);
  const chunks = <i32>((ticket >> 24) & 0xffffff);
  return next < chunks ? next : -1;
}

/** A claimed chunk is done; whoever does the last one wakes the leader. */
function finish(): void {
  const done = atomic.add<i32>(DONE, 1) + 1;
  const chunks = <i32>((atomic.load<u64>(TICKET) >> 24) & 0xffffff);
  if (done == chunks) atomic.notify(DONE, 1);
}

/** Opens a phase of `chunks` chunks of `operation`; its arguments are in place. */
function publish(operation: i32, chunks: i32): void {
  store<i32>(OPERATION, operation);
  atomic.store<i32>(DONE, 0);
  const phase = ((atomic.load<u64>(TICKET) >> 48) + 1) & 0xffff;
  atomic.store<u64>(TICKET, (phase << 48) | ((<u64>chunks) << 24));
  const helpers = load<i32>(HELPERS);
  if (helpers > 0 && chunks > 1) atomic.notify(PHASE, min(helpers, chunks - 1));
}

/** The leader waits for chunks that others have claimed. */
function settle(chunks: i32): void {
  for (let look = 0; look < LOOKS; look++) if (atomic.load<i32>(DONE) == chunks) return;
  for (;;) {
    const done = atomic.load<i32>(DONE);
    if (done == chunks || atomic.load<i32>(BROKEN) != 0) return;
    // A second at most: a helper that fails between the look and the wait wakes nobody.
    atomic.wait<i32>(DONE, done, 1_000_000_000);
  }
}

/** Parks until the phase is another than `seen`. */
function park(seen: i32): void {
  for (let look = 0; look < LOOKS; look++) if (atomic.load<i32>(PHASE) != seen) return;
  atomic.wait<i32>(PHASE, seen, -1);
}

function phaseSeen(): i32 {
  return atomic.load<i32>(PHASE);
}

function hasEnded(generation: i32): bool {
  return atomic.load<i32>(GENERATION) != generation;
}

/** Sends every thread of the generation home. */
export function end(): void {
  atomic.add<i32>(GENERATION, 1);
  const phase = ((atomic.load<u64>(TICKET) >> 48) + 1) & 0xffff;
  atomic.store<u64>(TICKET, phase << 48);
  atomic.notify(PHASE, -1);
}
