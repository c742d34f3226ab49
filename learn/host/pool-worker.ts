import type { TeamWork } from '@tino/learn';

/** What a pool says to its workers. */
export type WorkerRequest =
  | ({ kind: 'team'; thread: number } & TeamWork)
  | { kind: 'task'; id: number; task: string; input: unknown };

/** What they answer. */
export type WorkerAnswer =
  | { kind: 'done'; id: number; result: unknown }
  | { kind: 'failed'; id: number; message: string };

/** A worker as its pool sees it. */
export interface PoolWorker {
  tell(request: WorkerRequest): void;
  ask(task: string, input: unknown): Promise<unknown>;
}

/** Questions on their way to one worker, and what becomes of their answers. */
export class Questions {
  readonly #waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();
  #asked = 0;

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  ask(
    tell: (request: WorkerRequest) => void,
    question: { task: string; input: unknown },
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = this.#asked++;
      this.#waiting.set(id, { resolve, reject });
      tell({ kind: 'task', id, ...question });
    });
  }

  settle(answer: WorkerAnswer): void {
    const { resolve, reject } = this.#waiting.get(answer.id)!;
    this.#waiting.delete(answer.id);
    if (answer.kind === 'done') resolve(answer.result);
    else reject(new Error(answer.message));
  }

  fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** Hands out inputs one by one, so that a slow one holds up nobody else. */
export async function mapOver(
  workers: readonly PoolWorker[],
  task: string,
  inputs: readonly unknown[],
): Promise<unknown[]> {
  const results: unknown[] = Array.from({ length: inputs.length });
  const failures = new Map<number, Error>();
  let next = 0;
  const drain = async (worker: PoolWorker) => {
    while (next < inputs.length) {
      const index = next++;
      try {
        results[index] = await worker.ask(task, inputs[index]);
      } catch (error) {
        failures.set(index, error instanceof Error ? error : new Error(String(error)));
      }
    }
  };
  await Promise.all(workers.map(drain));
  if (failures.size > 0) throw failures.get(Math.min(...failures.keys()))!;
  return results;
}

export function checkThreads(threads: number): void {
  if (!Number.isInteger(threads) || threads < 1)
    throw new RangeError(`threads is ${threads}, expected a whole number from 1`);
}
