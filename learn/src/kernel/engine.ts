import type { Pool, Team, TeamWork } from '../estimator.js';
import { putArguments } from './arguments.js';
import { decodeBase64 } from './base64.js';
import { kernelMemory, type KernelMemory } from './memory.js';
import { wasm, type WasmModule } from './wasm.js';

/** What does one chunk of one operation on views of the memory: the plain twin of a module. */
export type Twin = (
  memory: KernelMemory,
) => (operation: number, chunk: number, thread: number) => void;

/** A module of kernels: compiled for shared memory and for a memory of one thread, and its twin. */
export interface KernelModule {
  shared: string;
  alone: string;
  twin: Twin;
}

/** Operations over one memory; the bytes that they leave are the same whoever does them. */
export interface Engine {
  readonly memory: KernelMemory;
  /** Threads that may claim chunks, the caller among them. */
  readonly threads: number;
  /** Writes the arguments, then runs chunks 0..chunks-1 of an operation to the end. */
  run(
    operation: number,
    chunks: number,
    args: readonly number[],
    numbers?: readonly number[],
  ): void;
  /** Sends the helpers home. The memory stays. */
  end(): void;
}

/** Words of the control block: see learn/assembly/lib/team.ts. */
const DONE = 8 / 4;
const GENERATION = 12 / 4;
const HELPERS = 20 / 4;
const BROKEN = 24 / 4;

export interface EngineOptions {
  pool?: Pool | undefined;
  /** `plain` is the oracle: TypeScript alone. */
  kernels?: 'auto' | 'plain';
}

const compiled = new WeakMap<KernelModule, Partial<Record<'shared' | 'alone', WasmModule>>>();

/** A memory that fits the options: shared only where there is a pool to share it with. */
export const memoryFor = ({ pool, kernels }: EngineOptions): KernelMemory =>
  kernelMemory(kernels === 'plain' ? 'plain' : pool ? 'shared' : 'alone');

/** Threads that an engine over this memory would have, the caller among them. */
export const threadsOf = (memory: KernelMemory, { pool }: EngineOptions): number =>
  memory.shared && pool ? pool.threads : 1;

/** Kernels at work in a memory that is as large as it has to be; a pool's threads join in where the memory is shared. */
export function openEngine(
  source: KernelModule,
  memory: KernelMemory,
  { pool }: EngineOptions,
): Engine {
  if (!memory.wasm) return plainEngine(source, memory);
  const module = compile(source, memory.shared ? 'shared' : 'alone');
  const { exports } = new (wasm()!.Instance)(module, { env: { memory: memory.wasm } });
  const lead = exports['lead']!;
  let team: Team | undefined;
  const helpers = threadsOf(memory, { pool }) - 1;
  memory.views.i32[HELPERS] = helpers;
  memory.views.i32[BROKEN] = 0;
  if (helpers > 0)
    team = pool!.team({ module, memory: memory.wasm, generation: memory.views.i32[GENERATION]! });
  return {
    memory,
    threads: 1 + helpers,
    run(operation, chunks, args, numbers) {
      putArguments(memory.views, args, numbers ?? []);
      lead(operation, chunks);
      if (memory.views.i32[BROKEN] !== 0)
        throw new Error(`a thread of the pool failed in operation ${operation} of the kernels`);
    },
    end() {
      exports['end']!();
      team?.end();
    },
  };
}

/** A helper's part: comes back when the team's leader ends the generation. */
export function joinTeam({ module, memory, generation }: TeamWork, thread: number): void {
  const { exports } = new (wasm()!.Instance)(module, { env: { memory } });
  try {
    exports['work']!(generation, thread);
  } catch (error) {
    // The leader waits for the chunk that was claimed here: it is told that none will come.
    const words = new Int32Array(memory.buffer);
    Atomics.store(words, BROKEN, 1);
    Atomics.notify(words, DONE);
    throw error;
  }
}

function plainEngine(source: KernelModule, memory: KernelMemory): Engine {
  const perform = source.twin(memory);
  return {
    memory,
    threads: 1,
    run(operation, chunks, args, numbers) {
      putArguments(memory.views, args, numbers ?? []);
      for (let chunk = 0; chunk < chunks; chunk++) perform(operation, chunk, 0);
    },
    end: () => undefined,
  };
}

function compile(source: KernelModule, kind: 'shared' | 'alone'): WasmModule {
  let modules = compiled.get(source);
  if (!modules) compiled.set(source, (modules = {}));
  return (modules[kind] ??= new (wasm()!.Module)(decodeBase64(source[kind])));
}
