import type { Stop } from '@tino/learn';
import type { Words } from '../contract/words.js';
import type { Engine } from '../engine/port.js';
import type { ArtifactStore } from '../store/artifacts.js';
import type { State } from '../store/state.js';
import type { Workspace } from '../workspace/types.js';

/** The outside world of every verb, handed in at the edge: what `bin` opened, and the clock. */
export interface House {
  workspace: Workspace;
  state: State;
  artifacts: ArtifactStore;
  engines: Engines;
  now(): Date;
  log: Log;
  /** File of the pseudonym key; outside the workspace. */
  privacyKeyFile: string;
}

/** Analytical engines on loan: opened when first asked for, closed when nobody used one for a while. */
export interface Engines {
  /** Lends one engine of one thread; a second borrower waits when all are out. */
  use<T>(work: (engine: Engine) => Promise<T>): Promise<T>;
  /** How many may be out at once: what to fan cut-offs over. */
  readonly count: number;
  close(): Promise<void>;
}

export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** One step of a long work, for a bar in a terminal, a line in a log, an event in the API. */
export interface Progress {
  /** 0..1 */
  done: number;
  message: Words;
  /** A cell of the candidate × fold grid. */
  score?: { candidate: string; fold: number; value: number };
}

export interface VerbEffects {
  progress(step: Progress): void;
  stop: Stop;
  /** Who asked: a key's name, 'schedule', or the user of the terminal. */
  by: string;
}
