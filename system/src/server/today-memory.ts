import type { Today } from '../contract/operations.js';
import { today, type TodayOptions } from '../monitoring/today.js';
import type { ServingContext } from '../serving/context.js';

const KEPT_MAX = 200;
const KEPT_MS = 10_000;

/** The list costs a reading of every model: asked again within seconds, with nothing changed, it is the same. */
export function rememberToday(serving: ServingContext): (options: TodayOptions) => Promise<Today> {
  const { state } = serving.house;
  const kept = new Map<string, { list: Promise<Today>; generation: string; until: number }>();
  return async (options) => {
    const id = JSON.stringify(options);
    const [row] = await state.query<{ generation: string }>(GENERATION);
    const generation = row!.generation;
    const hit = kept.get(id);
    if (hit?.generation === generation && hit.until > performance.now()) return hit.list;
    const list = today(serving, options);
    if (kept.size >= KEPT_MAX) kept.clear();
    kept.set(id, { list, generation, until: performance.now() + KEPT_MS });
    // A failure is not kept: the next question tries again.
    list.catch(() => kept.delete(id));
    return list;
  };
}

/** Moves with everything that the list is made from. */
const GENERATION = `select concat_ws(' ',
  (select max(at) from tables), (select max(at) from promotions), (select max(at) from insight_runs), (select count(*) from outcomes),
  (select concat(count(*), max(at), count(*) filter (where state = 'waiting')) from suggestions)
) as generation`;
