import { memoryFor, openEngine, type Engine, type KernelModule } from './engine.js';
import { alone, shared } from './generated/scoring.js';
import { scoringTwin } from './scoring-plain.js';

/** Operations of the scoring kernels, numbered as in learn/assembly/scoring.ts. */
export const SCORE_ROWS = 0;
export const SCORE_ROW = 1;
export const EXPLAIN_ROWS = 2;
export const SCORE_SYMMETRIC = 3;
export const SCORE_QUICK = 4;

/** Bit of a node and of a tree: sets of levels are asked. */
export const SETS = 0x80000000;

export const scoringKernels: KernelModule = { shared, alone, twin: scoringTwin };

/** Bytes of one model in the memory of an engine, until others need the room. */
export interface Place {
  engine: Engine;
  address: number;
  age: number;
}

/** What all models together may hold before the memory begins anew. */
const ROOM = 2 ** 26;

let engine: Engine | undefined;
let floor = 0;
let age = 0;

/**
 * Room for a model to score in. All models of a thread share one memory, because each memory of
 * WebAssembly reserves gigabytes of addresses; when it is full every model is laid out anew.
 */
export function placeFor(bytes: number): Place {
  if (!engine) {
    const memory = memoryFor({});
    engine = openEngine(scoringKernels, memory, {});
    floor = memory.mark();
  }
  const { memory } = engine;
  if (memory.mark() + bytes > floor + ROOM) {
    memory.release(floor);
    age++;
  }
  return { engine, address: memory.take(bytes), age };
}

export const isPlaced = (place: Place): boolean => place.age === age;
