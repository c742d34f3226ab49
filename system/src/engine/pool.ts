import { openEngine } from './open.js';
import type { Engine, EngineOptions, Session } from './port.js';

/** Engines of one thread each, which together use the cores and still give the same bytes. */
export interface EnginePool {
  /** Answers of `work` in the order of `items`; each item runs in a session of its own. */
  map<Item, Result>(
    items: readonly Item[],
    work: (session: Session, item: Item, index: number) => Promise<Result>,
  ): Promise<Result[]>;
  close(): Promise<void>;
}

export async function openEngines(count: number, options?: EngineOptions): Promise<EnginePool> {
  const engines = await Promise.all(Array.from({ length: count }, () => openEngine(options)));
  return {
    map: (items, work) => mapOver(engines, items, work),
    async close() {
      await Promise.all(engines.map((engine) => engine.close()));
    },
  };
}

async function mapOver<Item, Result>(
  engines: readonly Engine[],
  items: readonly Item[],
  work: (session: Session, item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results = Array.from<Result>({ length: items.length });
  let next = 0;
  let failed = false;
  const worker = async (engine: Engine) => {
    while (next < items.length && !failed) {
      const index = next++;
      const session = await engine.session();
      try {
        results[index] = await work(session, items[index]!, index);
      } catch (cause) {
        failed = true;
        throw cause;
      } finally {
        session.close();
      }
    }
  };
  const settled = await Promise.allSettled(engines.map(worker));
  for (const outcome of settled) if (outcome.status === 'rejected') throw outcome.reason;
  return results;
}
