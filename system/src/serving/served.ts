import { addDays, wallClock } from '../calendar/dates.js';
import { TinoError } from '../contract/index.js';
import type { Provenance } from '../contract/common.js';
import type { House } from '../ports/house.js';
import { championOf } from '../registry/promotions.js';
import { climb, type Rung } from './ladder.js';
import { provenanceOf } from './provenance.js';

/** A version of a family or of prices: its package holds all that answers need. */
export type Served = Rung<undefined>;

const kept = new WeakMap<House, Map<string, { champion: string; served: Promise<Served> }>>();

/**
 * The package that answers for a model now. Opened once for each champion; a promotion or rollback,
 * also by another process, is seen by the next question.
 */
export async function servedBy(house: House, model: string): Promise<Served> {
  const champion = await championOf(house, model);
  if (champion === undefined) throw new TinoError('NO_CHAMPION', { model });
  const byModel =
    kept.get(house) ?? new Map<string, { champion: string; served: Promise<Served> }>();
  kept.set(house, byModel);
  const key = `${champion.version} ${champion.hash}`;
  const standing = byModel.get(model);
  if (standing?.champion === key) return standing.served;
  const served = climb(house, model, () => undefined);
  byModel.set(model, { champion: key, served });
  // A failure is not kept: the next question tries again.
  served.catch(() => byModel.delete(model));
  return served;
}

/** What the tables say now: changes when a source was read again, or the day is another. */
export async function generationOf({ state, workspace, now }: House): Promise<string> {
  const [row] = await state.query<{ at: Date | null }>(
    `SELECT max(at) AS at FROM tables WHERE kind = 'source' AND current`,
  );
  return `${row?.at?.toISOString() ?? ''} ${wallClock(now(), workspace.zone).slice(0, 10)}`;
}

/** Where a number comes from that was said at the start of a cut-off, a local date. */
export const provenanceAt = (served: Served, cutoff: string): Provenance => ({
  ...provenanceOf(served),
  dataUntil: addDays(cutoff, -1),
});
