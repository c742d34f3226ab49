import { TinoError } from '../contract/error.js';
import type { Verdict } from '../contract/models.js';
import type { Run as RunAnswer } from '../contract/operations.js';
import type { House } from '../ports/house.js';
import type { LeaderboardRow, RunFacts } from './run.js';

type Place = Pick<House, 'state'>;

export interface RunPage {
  items: RunAnswer[];
  next: string | null;
  total: number;
}

interface Row {
  id: string;
  model: string;
  status: RunAnswer['status'];
  startedAt: Date;
  endedAt: Date | null;
  seed: number;
  params: Record<string, unknown>;
  metrics: Record<string, number>;
  candidates: LeaderboardRow[];
  manifest: Omit<RunFacts, 'model' | 'seed' | 'params'>;
  timings: Record<string, number>;
  error: string | null;
  version: number | null;
  verdict: Verdict | null;
}

const SELECT = `SELECT r.id, r.model, r.status, r.started_at AS "startedAt", r.ended_at AS "endedAt",
    r.seed, r.params, r.metrics, r.candidates, r.manifest, r.timings, r.error, v.version,
    (SELECT p.reasons FROM promotions p
     WHERE p.model = v.model AND p.version = v.version AND p.verdict IN ('PROMOTE', 'HOLD', 'REJECT')
     ORDER BY p.at, p.id LIMIT 1) AS verdict
  FROM runs r LEFT JOIN versions v ON v.run = r.id`;

/** Runs, newest first; ids are in order of time, so a cursor is the last id of a page. */
export async function listRuns(
  { state }: Place,
  { model, cursor, limit }: { model?: string; cursor?: string; limit: number },
): Promise<RunPage> {
  if (cursor !== undefined && !/^run_[\w-]+$/.test(cursor))
    throw new TinoError('BAD_CURSOR', { cursor });
  const asked = model ?? null;
  const rows = await state.query<Row>(
    `${SELECT} WHERE ($1::text IS NULL OR r.model = $1) AND ($2::text IS NULL OR r.id < $2)
     ORDER BY r.id DESC LIMIT $3`,
    [asked, cursor ?? null, limit + 1],
  );
  const [count] = await state.query<{ total: number }>(
    'SELECT count(*)::int AS total FROM runs WHERE $1::text IS NULL OR model = $1',
    [asked],
  );
  const items = rows.slice(0, limit).map(answerOf);
  return {
    items,
    next: rows.length > limit ? items.at(-1)!.id : null,
    total: count!.total,
  };
}

export async function findRun({ state }: Place, id: string): Promise<RunAnswer | undefined> {
  const [row] = await state.query<Row>(`${SELECT} WHERE r.id = $1`, [id]);
  return row && answerOf(row);
}

const answerOf = ({ manifest, candidates, startedAt, endedAt, ...row }: Row): RunAnswer => ({
  ...row,
  task: manifest.task,
  metric: manifest.metric,
  better: manifest.better,
  rows: manifest.rows,
  abt: manifest.abt,
  leaderboard: candidates,
  startedAt: startedAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
});
