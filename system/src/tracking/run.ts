import type { Run as RunAnswer } from '../contract/operations.js';
import type { House } from '../ports/house.js';
import { newId } from '../store/ids.js';
import { version as codeVersion } from '../version.js';
import type { Task } from '../workspace/types.js';

export type LeaderboardRow = RunAnswer['leaderboard'][number];

/** What a run is of; kept with it as it was told at its start. */
export interface RunFacts {
  model: string;
  task: Task;
  metric: string;
  better: 'higher' | 'lower';
  seed: number;
  params: Record<string, unknown>;
  rows: number | null;
  abt: { hash: string; cutoffs: string[] } | null;
}

/** One training as it happens: a value that is passed around, appended to, and ended once. */
export interface Run {
  readonly id: string;
  /** Adds metrics by name; not a number is left out. */
  log(metrics: Readonly<Record<string, number>>): Promise<void>;
  /** Keeps a file of the run by its content; a name is written once. */
  artifact(name: string, bytes: Uint8Array): Promise<void>;
  end(outcome: RunOutcome): Promise<void>;
}

export interface RunOutcome {
  status: 'finished' | 'failed' | 'cancelled';
  leaderboard?: readonly LeaderboardRow[];
  /** Seconds by step. */
  timings?: Readonly<Record<string, number>>;
  error?: string;
}

/** Starts a run: its row is on disk when the promise resolves. */
export async function startRun(house: House, facts: RunFacts): Promise<Run> {
  const { state, artifacts } = house;
  const id = newId('run');
  const { model, seed, params, ...manifest } = facts;
  await state.query(
    `INSERT INTO runs (id, model, status, started_at, seed, params, metrics, folds, candidates, manifest, code, timings)
     VALUES ($1, $2, 'running', $3, $4, $5::jsonb, '{}'::jsonb, '[]'::jsonb, '[]'::jsonb, $6::jsonb, $7, '{}'::jsonb)`,
    [id, model, house.now(), seed, JSON.stringify(params), JSON.stringify(manifest), codeVersion],
  );
  return {
    id,
    async log(metrics) {
      const known = Object.entries(metrics).filter(([, value]) => Number.isFinite(value));
      await state.query(
        `UPDATE runs SET metrics = metrics || $2::jsonb WHERE id = $1 AND status = 'running'`,
        [id, JSON.stringify(Object.fromEntries(known))],
      );
    },
    async artifact(name, bytes) {
      const hash = await artifacts.put(bytes);
      await state.query(
        'INSERT INTO run_artifacts (run, name, hash, bytes) VALUES ($1, $2, $3, $4)',
        [id, name, hash, bytes.length],
      );
    },
    async end({ status, leaderboard = [], timings = {}, error }) {
      await state.query(
        `UPDATE runs SET status = $2, ended_at = $3, candidates = $4::jsonb, timings = $5::jsonb, error = $6
         WHERE id = $1 AND status = 'running'`,
        [
          id,
          status,
          house.now(),
          JSON.stringify(leaderboard),
          JSON.stringify(timings),
          error ?? null,
        ],
      );
    },
  };
}
