import type { House, VerbEffects } from '../ports/house.js';
import type { LeaderboardRow, Run } from '../tracking/run.js';
import type { Evidence } from './evidence.js';
import type { VersionPackage } from './package.js';
import type { LoadedModel } from '../workspace/types.js';

/** What a training begins from: told once, before anything is fitted. */
export interface TrainingPlan {
  /** Of declaration, data and parameters; the newest version's equal one means nothing has changed. */
  fingerprint: string;
  metric: string;
  better: 'higher' | 'lower';
  params: Record<string, unknown>;
  rows: number | null;
  abt: { hash: string; cutoffs: string[] } | null;
}

/** A member of a family: its model lies in the artifacts by its hash, shared while it is unchanged. */
export interface MemberRow {
  key: string;
  hash: string;
  kind: 'global' | 'local';
  metrics: Record<string, number>;
}

/** What the newest champion was made of. */
export interface Champion {
  version: number;
  package: VersionPackage;
  members: MemberRow[];
}

/** What a task is given to train one model. */
export interface TrainingContext {
  house: House;
  model: LoadedModel;
  seed: number;
  /** Only the members of this key are fitted again (families). */
  key?: Record<string, string>;
  effects: VerbEffects;
  /** The version that serves now, and its members; undefined before the first and when its file is damaged. */
  champion: Champion | undefined;
  /**
   * Starts the run, or answers undefined when the newest version has the same fingerprint and nothing
   * forces another: the task then ends with 'unchanged'.
   */
  begin(plan: TrainingPlan): Promise<Run | undefined>;
}

/** What a task gives back; the version is numbered, judged and promoted from it. */
export interface Trained {
  package: VersionPackage;
  leaderboard: LeaderboardRow[];
  evidence: Evidence;
  /** Members of a family, by content hash; stored before the version is. */
  members?: MemberRow[];
  /** Seconds by step. */
  timings: Record<string, number>;
}

export type TrainingTask = (context: TrainingContext) => Promise<Trained | 'unchanged'>;
