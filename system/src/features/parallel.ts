import { TinoError } from '../contract/error.js';
import type { Session } from '../engine/port.js';
import type { House, VerbEffects } from '../ports/house.js';

/** One session of one engine, closed after `work`. */
export const inSession = <T>(
  house: Pick<House, 'engines'>,
  work: (session: Session) => Promise<T>,
): Promise<T> =>
  house.engines.use(async (engine) => {
    const session = await engine.session();
    try {
      return await work(session);
    } finally {
      session.close();
    }
  });

/** Answers of `work` in the order of `items`, fanned over the engines; ends early when stopped. */
export async function mapEngines<Item, Result>(
  house: Pick<House, 'engines'>,
  items: readonly Item[],
  stop: VerbEffects['stop'],
  work: (session: Session, item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = Array.from<Result>({ length: items.length });
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      if (stop.stopped) throw new TinoError('CANCELLED');
      const index = next++;
      try {
        results[index] = await inSession(house, (session) => work(session, items[index]!));
      } catch (cause) {
        failed = true;
        throw cause;
      }
    }
  };
  const workers = Array.from({ length: Math.min(house.engines.count, items.length) }, worker);
  for (const outcome of await Promise.allSettled(workers)) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
  return results;
}
