import type { Engine, EngineOptions } from '../engine/port.js';
import type { Engines } from './house.js';

/**
 * `count` engines of one thread each, opened on first use and closed `idleMs` after the last return: a
 * process that only serves keeps no analytical engine in memory.
 */
export function lendEngines(
  open: (options: EngineOptions) => Promise<Engine>,
  { count, idleMs = 20_000, ...options }: EngineOptions & { count: number; idleMs?: number },
): Engines {
  const free: Engine[] = [];
  const waiting: ((engine: Engine) => void)[] = [];
  let opened = 0;
  let closed = false;
  let idle: NodeJS.Timeout | undefined;

  const closeFree = async () => {
    opened -= free.length;
    await Promise.all(free.splice(0).map((engine) => engine.close()));
  };
  const borrow = async (): Promise<Engine> => {
    if (closed) throw new Error('the engines are closed');
    clearTimeout(idle);
    const engine = free.pop();
    if (engine !== undefined) return engine;
    if (opened >= count) return new Promise((resolve) => waiting.push(resolve));
    opened++;
    try {
      return await open({ threads: 1, ...options });
    } catch (cause) {
      opened--;
      throw cause;
    }
  };
  const giveBack = (engine: Engine) => {
    const next = waiting.shift();
    if (next !== undefined) return next(engine);
    free.push(engine);
    if (free.length === opened) idle = setTimeout(() => void closeFree(), idleMs).unref();
  };

  return {
    count,
    async use(work) {
      const engine = await borrow();
      try {
        return await work(engine);
      } finally {
        giveBack(engine);
      }
    },
    async close() {
      closed = true;
      clearTimeout(idle);
      await closeFree();
    },
  };
}
