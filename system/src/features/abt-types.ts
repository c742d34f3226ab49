import type { SqlType } from '../engine/port.js';

export type AbtPurpose = 'train' | 'score';
export type AbtRole = 'key' | 'feature' | 'carried';

export interface AbtColumn {
  name: string;
  role: AbtRole;
  type: SqlType;
  /** The SQL file, or the source of a `rows` spine, that gave it. */
  from: string;
}

/** What an analytical base table was made of; the same again gives the same hash. */
export interface AbtManifest {
  model: string;
  purpose: AbtPurpose;
  /** Of declaration, SQL, views and contracts. */
  declaration: string;
  /** Hash of each SQL text by file. */
  sql: Record<string, string>;
  /** Local dates; of an event spine, the first and last that its features were joined from. */
  cutoffs: string[];
  /** Nothing known after the start of this local date was used. */
  until: string;
  /** Source, contract, and the name of what it says at `until`. */
  sources: [string, string, string][];
  columns: AbtColumn[];
  labelled: boolean;
  rows: number;
  /** SHA-256 of the contents. */
  hash: string;
  /** Hashes it had before a person was erased from it, the oldest first. */
  before?: string[];
}

/** Analytical base table: spine, features, and for training the label; frozen in Parquet. */
export interface Abt extends AbtManifest {
  files: string[];
}

/** Columns that the system adds. */
export const AT = 'tino_at';
export const CUTOFF = 'tino_cutoff';
export const CLOSES = 'tino_closes';
export const LABEL = 'tino_label';
