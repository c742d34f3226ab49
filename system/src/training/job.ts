import type { Pool, Fold, Frame, Recipe } from '@tino/learn';
import type { LeaderboardRow } from '../tracking/run.js';
import type { Entry } from './candidates.js';
import type { Dependence } from './dependence.js';
import type { Check } from './evidence.js';

/** One tabular training as plain data: it travels to a worker thread as it is. */
export interface TabularJob {
  task: 'classify' | 'regress';
  x: Frame;
  /** 0 or 1 for classify. */
  y: Float64Array;
  /** rows; one index an entity, whose rows stay together in resamples. */
  groups: Int32Array;
  /** rows; cut-off of each on one clock, in days. */
  order: Int32Array;
  /** Rows that the search looks at: folds by index into x. */
  folds: Fold[];
  entries: Entry[];
  metric: string;
  calibrate: 'platt' | 'isotonic' | 'none';
  target: 'identity' | 'log';
  seed: number;
  champion: ChampionJob | null;
  /** What the searches of an equal training tried, by the label of the fit: these are made again. */
  replays: Record<string, string[]>;
}

/** The version that serves: its recipe is fitted again on the folds, its file judged on newer rows. */
export interface ChampionJob {
  version: number;
  recipe: Recipe;
  model: Uint8Array;
  /** First cut-off that it cannot have learned from, in days. */
  after: number;
  columns: string[];
}

/** An entry tried on every fold. */
export interface Tried extends Entry {
  /** The metric by fold; NaN where it is not defined. */
  scores: number[];
  /** rows of x, NaN where no fold tested the row. */
  said: Float64Array;
  seconds: number;
  error: string | null;
}

export interface TabularResult {
  winner: Entry;
  leaderboard: LeaderboardRow[];
  model: Uint8Array;
  baseline: Uint8Array;
  /** The deciding metric by fold. */
  scores: { challenger: number[]; champion: number[] | null; baseline: number[] };
  difference: { difference: number; lower: number; upper: number } | null;
  checks: Check[];
  metrics: Record<string, number>;
  importance: { column: string; share: number }[];
  dependence: Dependence[];
  detail: Record<string, unknown>;
  coverage: { level: number; measured: number; points: number }[];
  timings: Record<string, number>;
}

export interface JobEffects {
  stop: { readonly stopped: boolean };
  progress(done: number, score?: { candidate: string; fold: number; value: number }): void;
  /** Milliseconds of a clock that only moves forward. */
  clock(): number;
  /** Threads that fits may share. */
  pool?: Pool;
}
