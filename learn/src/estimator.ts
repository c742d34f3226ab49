import type { ColumnSchema, Frame } from './frame.js';
import type { WasmMemory, WasmModule } from './kernel/wasm.js';
import type { Rng } from './random.js';

export interface TrainingData {
  x: Frame;
  /** rows; a class index for classifiers (0..classes-1), ignored (empty) by clusterers. */
  y: Float64Array;
  /** rows, ≥ 0. */
  weights?: Float64Array;
  /** rows (× outputs, row-major, for several classes), on the scale of the raw score. */
  offset?: Float64Array;
  /** rows; rows of one group stay together in every fold. In ranking a group is a query. */
  groups?: Int32Array;
  /**
   * rows; 1 marks a row that judges when to stop and is not trained on. Estimators that have no
   * such judge train on every row.
   */
  validation?: Uint8Array;
}

/** Says when to end early: handed in, because `learn` has no clock. */
export interface Stop {
  readonly stopped: boolean;
  /** 0..1 of the time until it stops that is gone, where that is known: a search plans by it. */
  readonly spent?: number;
}

/** What the outside world lends to a fit. */
export interface Effects {
  rng: Rng;
  stop?: Stop;
  /** 0..1 of the fit that is done. */
  progress?: (done: number) => void;
  pool?: Pool;
  /** `plain` does without WebAssembly: slower, the same bytes. */
  kernels?: 'auto' | 'plain';
}

/**
 * Worker threads, lent by the system (`@tino/learn/node` makes them); absent means one thread and the
 * same bytes.
 */
export interface Pool {
  /** Threads that may work at once, the caller's among them. */
  readonly threads: number;
  /** Sends the workers into a module's `work` loop over a shared memory, until `end`. */
  team(work: TeamWork): Team;
  /** Runs a named task on each input, in workers; called through `mapTasks`, which knows the types. */
  map(task: string, inputs: readonly unknown[]): Promise<unknown[]>;
}

/** What a worker needs to join: its loop runs while the memory's generation is this one. */
export interface TeamWork {
  module: WasmModule;
  memory: WasmMemory;
  generation: number;
}

export interface Team {
  end(): void;
}

/** A recipe: holds parameters only, never data. */
export interface Estimator {
  fit(data: TrainingData, effects: Effects): Promise<Model>;
}

/** What a fit returns. Immutable; `load(model.bytes())` predicts the same. */
export interface Model {
  readonly kind: string;
  /** The columns it reads, by name, with the levels it knows. */
  readonly columns: readonly ColumnSchema[];
  /** Numbers per row: 1 for regression and binary probability, the classes for multi-class. */
  readonly outputs: number;
  /** `out` holds rows × outputs, row-major. Regression in units of y, classification as probability. */
  predict(x: Frame, out: Float64Array): void;
  /**
   * One row without allocating: numbers (NaN is missing), or codes into the levels (-1 is missing), in
   * the order of `columns`; `out` holds `outputs` numbers.
   */
  predictRow?(values: ArrayLike<number>, out: Float64Array): void;
  /**
   * Contributions of each column to the raw score of one row: `base + Σ contributions = raw score`.
   * For a binary classifier the raw score is the log-odds; `link` names the way from raw to predicted.
   */
  explain?(x: Frame, row: number): Explanation;
  /** Contributions of many rows at once, for every output. */
  explainRows?(x: Frame): Explanations;
  /**
   * How the contributions of one row divide among pairs: columns × columns, symmetric, each row summing
   * to its column's contribution; the diagonal is what a column does by itself.
   */
  interactions?(x: Frame, row: number): Float64Array;
  /** Gain or |standardised coefficient| by column, summing to 1. */
  importance?(): Float64Array;
  /** The artifact: magic `TINO`, kind, sections, checksum. */
  bytes(): Uint8Array;
}

export interface Explanation {
  base: number;
  /** One per column of `columns`. */
  contributions: Float64Array;
  raw: number;
  link: 'identity' | 'logit' | 'log';
}

export interface Explanations {
  /** One an output. */
  base: Float64Array;
  /** rows × outputs × columns, row-major; those of a row and output sum with `base` to its raw score. */
  contributions: Float64Array;
}
