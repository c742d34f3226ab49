/** Value of one cell; null is written as an empty field. */
export type Cell = string | number | null;

/** One simulated table. Rows may be generated while they are read, so they are read once. */
export interface Table {
  table: string;
  columns: string[];
  rows: Iterable<Cell[]>;
}

/** What every simulator takes. Same options, same rows. */
export interface SimulateOptions {
  seed?: number;
  /** Rows wanted over all tables together, about. */
  rows?: number;
  /** Last day with data, "YYYY-MM-DD". */
  until?: string;
}

/** Last day of the simulated worlds when the caller has no clock. */
export const defaultUntil = '2026-10-31';
