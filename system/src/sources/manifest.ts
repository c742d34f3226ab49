import { hashOf } from '../workspace/hash.js';
import type { Source } from '../workspace/types.js';
import type { FileMark } from './files.js';
import type { RejectCount } from './rejects.js';

/**
 * A state of a history; what it says of moments before `earliest` is what the one before it said.
 */
export interface Generation {
  id: string;
  /** Wall-clock moment; null: all of it may differ. */
  earliest: string | null;
}

/** What is kept beside the rows of an ingested source. */
export interface SourceManifest {
  contract: string;
  files: FileMark[];
  /** Wall-clock moment of the ingest, in the workspace's zone. */
  ingestedAt: string;
  /** Rows read, of which `rejects` were set aside. */
  read: number;
  rejects: number;
  reasons: RejectCount[];
  rejectFiles: string[];
  /** Rows of erased persons that the files still hold: left out, and kept nowhere. */
  suppressed?: number;
  /**
   * Moment at which the newest row known by the ingest became known; null for tables without time.
   */
  newest: string | null;
  /** The same of the oldest row of all ingests; absent where the first of them did not look. */
  oldest?: string | null;
  generations: Generation[];
}

/**
 * Hash of what decides how a source's files become rows; its history starts anew when it changes.
 */
export function contractHash(source: Source, zone: string, privacyKey: string): string {
  const { key, columns, eventTime, knownAt, timeOf, format } = source;
  return hashOf({
    layout: 1,
    zone,
    from: source.zone ?? zone,
    privacyKey,
    format,
    key,
    columns,
    eventTime,
    knownAt,
    ...(timeOf && { timeOf }),
  });
}

/** Hash of the contents of all files, whatever they are called. */
export const contentsHash = (
  contract: string,
  files: readonly FileMark[],
  parent?: string,
): string =>
  hashOf({ contract, files: files.map(({ sha256 }) => sha256), ...(parent && { parent }) });

/** Names what a history says at a cut-off: equal names, equal rows. */
export function generationAt(manifest: SourceManifest, cutoff: string): string {
  const moment = `${cutoff} 00:00:00`;
  const seen = manifest.generations.filter(
    ({ earliest }) => earliest === null || earliest.slice(0, 19) <= moment,
  );
  return seen.at(-1)?.id ?? 'nothing';
}
