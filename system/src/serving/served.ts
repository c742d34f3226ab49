import { addDays, wallClock } from '../calendar/dates.js';
import { TinoError } from '../contract/index.js';
import type { Provenance } from '../contract/common.js';
import type { House } from '../ports/house.js';
import { championOf } from '../registry/promotions.js';
import type { StoredVersion } from '../registry/versions.js';
import { climb, type Rung } from './ladder.js';
import { provenanceOf } from './provenance.js';

/** A version of a family or of prices: its package holds all that answers need. */
export type Served = Rung<undefined>;

const kept = new WeakMap<House, Map<string, { champion: string; served: Promise<Served> }>>();

type Champion = Pick<StoredVersion, 'version' | 'hash'>;

/**
 * The package that answers for a model now. Opened once for each champion; a promotion or rollback,
 * also by another process, is seen by the next question.
 * @param known the champion now, from a caller who just asked
 */
export async function servedBy(
  house: House,
  model: string,
  known?: Champion | undefined,
): Promise<Served> {
  const champion = known ?? (await championOf(house, model));
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

/** What answers rest on: who serves for some models, and what the tables say. */
export interface Basis {
  champions: ReadonlyMap<string, Champion>;
  /** Changes when a source was read again, or the day is another. */
  generation: string;
}

/** Asked of the state in one question, as every answer begins with it. */
export async function basisOf(
  { state, workspace, now }: House,
  models: readonly string[],
): Promise<Basis> {
  const rows = await state.query<
    { at: Date | null } & (({ model: string } & Champion) | { model: null })
  >(
    `SELECT read.at, v.model, v.version, v.hash
     FROM (SELECT max(at) AS at FROM tables WHERE kind = 'source' AND current) read
     LEFT JOIN (aliases a JOIN versions v ON v.model = a.model AND v.version = a.version)
       ON a.alias = 'champion' AND a.model = ANY($1::text[])`,
    [models],
  );
  const day = wallClock(now(), workspace.zone).slice(0, 10);
  return {
    champions: new Map(rows.flatMap((row) => (row.model === null ? [] : [[row.model, row]]))),
    generation: `${rows[0]!.at?.toISOString() ?? ''} ${day}`,
  };
}

/** Where a number comes from that was said at the start of a cut-off, a local date. */
export const provenanceAt = (served: Served, cutoff: string): Provenance => ({
  ...provenanceOf(served),
  dataUntil: addDays(cutoff, -1),
});
