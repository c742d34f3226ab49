import { isNews } from '@tino/learn';
import type { House } from '../ports/house.js';
import { newId } from '../store/ids.js';
import type { Finding, Found } from './finding.js';

/** The last run of a part. */
export interface InsightRun {
  part: string;
  fingerprint: string;
  dataUntil: string;
  at: Date;
  looks: number;
}

/** What one look found, and of what. */
export interface Look {
  name: string;
  fingerprint: string;
  found: Found;
}

export interface StoredInsight {
  id: string;
  part: string;
  /** Of the declaration. */
  name: string;
  body: Finding;
  /** When it was first said, or last changed enough to be said again. */
  toldAt: Date;
}

type Place = Pick<House, 'state'>;

export const listRuns = ({ state }: Place): Promise<InsightRun[]> =>
  state.query<InsightRun>(
    `SELECT part, fingerprint, data_until AS "dataUntil", at, looks
     FROM insight_runs ORDER BY part`,
  );

/** The looks behind the last run of a part, by the name of their declaration. */
export async function listLooks({ state }: Place, part: string): Promise<Map<string, Look>> {
  const looks = await state.query<Look>(
    'SELECT name, fingerprint, found FROM insight_looks WHERE part = $1',
    [part],
  );
  return new Map(looks.map((look) => [look.name, look]));
}

/** A run that found all as it was: what it holds true is no news any more. */
export async function touchRun({ state }: Place, part: string, at: Date): Promise<void> {
  await state.query('UPDATE insight_runs SET at = $2 WHERE part = $1', [part, at]);
}

const COLUMNS = 'id, part, name, body, told_at AS "toldAt"';

/** What the last runs hold true, by part and rank. */
export const listStored = ({ state }: Place): Promise<StoredInsight[]> =>
  state.query<StoredInsight>(
    `SELECT ${COLUMNS} FROM insights WHERE current ORDER BY rank, part, id`,
  );

export async function findStored({ state }: Place, id: string): Promise<StoredInsight | undefined> {
  const [found] = await state.query<StoredInsight>(
    `SELECT ${COLUMNS} FROM insights WHERE current AND id = $1`,
    [id],
  );
  return found;
}

/**
 * Replaces what holds true of a part. A finding that says what it said before keeps its date, also
 * when it was away in between.
 *
 * @returns how many are news
 */
export function storeRun(
  { state }: Place,
  run: InsightRun,
  ranked: readonly (Finding & { name: string })[],
  made: readonly Look[],
): Promise<number> {
  return state.transaction(async (tx) => {
    const { part, fingerprint, dataUntil, at, looks } = run;
    const before = await tx.query<{ finding: string; told: Finding; toldAt: Date }>(
      'SELECT finding, told, told_at AS "toldAt" FROM insights WHERE part = $1',
      [part],
    );
    const earlier = new Map(before.map((row) => [row.finding, row]));
    await tx.query('UPDATE insights SET current = false WHERE part = $1', [part]);
    let news = 0;
    for (const [rank, { name, ...finding }] of ranked.entries()) {
      const known = earlier.get(finding.id);
      const fresh = isNews(known?.told, finding);
      if (fresh) news++;
      await tx.query(
        `INSERT INTO insights (id, part, name, finding, rank, current, body, told, told_at)
         VALUES ($1, $2, $3, $4, $5, true, $6::jsonb, $7::jsonb, $8)
         ON CONFLICT (part, finding) DO UPDATE SET name = excluded.name, rank = excluded.rank,
           current = true, body = excluded.body, told = excluded.told, told_at = excluded.told_at`,
        [
          newId('insight'),
          part,
          name,
          finding.id,
          rank,
          JSON.stringify(finding),
          JSON.stringify(fresh ? finding : known!.told),
          fresh ? at : known!.toldAt,
        ],
      );
    }
    await tx.query(
      `INSERT INTO insight_runs (part, fingerprint, data_until, at, looks)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (part) DO UPDATE SET fingerprint = excluded.fingerprint, at = excluded.at,
         data_until = excluded.data_until, looks = excluded.looks`,
      [part, fingerprint, dataUntil, at, looks],
    );
    await tx.query('DELETE FROM insight_looks WHERE part = $1', [part]);
    for (const { name, fingerprint: of, found } of made)
      await tx.query(
        'INSERT INTO insight_looks (part, name, fingerprint, found) VALUES ($1, $2, $3, $4::jsonb)',
        [part, name, of, JSON.stringify(found)],
      );
    return news;
  });
}
