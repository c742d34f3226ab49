import { decodeArtifact, encodeArtifact } from '@tino/learn';
import type { ModelAnswer, Provenance, VersionAnswer } from '../contract/index.js';
import type { ModelDeclaration, Task } from '../workspace/types.js';

const KIND = 'version';

/** One column that the version reads, as its forms and its checks know it. */
export type SignatureColumn = ModelAnswer['features'][number];

/** Everything that is needed to serve a version and to say where it comes from. Plain data. */
export interface VersionMeta {
  model: string;
  task: Task;
  seed: number;
  /** Hash of the declaration, its SQL and its views. */
  declarationHash: string;
  declaration: ModelDeclaration;
  sql: Record<string, string>;
  /** Of declaration, data and parameters: equal means that training again would give the same. */
  fingerprint: string;
  abt: { hash: string; cutoffs: string[]; rows: number } | null;
  /** Local date of the newest data seen. */
  dataUntil: string | null;
  recipe: { kind: string; params: Record<string, unknown> };
  metric: string;
  better: 'higher' | 'lower';
  metrics: Record<string, number>;
  /** The deciding metric by fold. */
  folds: number[];
  baselineFolds: number[];
  signature: SignatureColumn[];
  /** Measured beside promised coverage, where there are intervals. */
  coverage: Provenance['coverage'];
  importance: { column: string; share: number }[];
  /** Of the tasks with a label. */
  dependence?: VersionAnswer['dependence'];
  /** What only the task knows: calibration, residuals, profiles, demand … */
  detail: Record<string, unknown>;
}

export interface VersionPackage {
  meta: VersionMeta;
  /** Bytes of the model (`model`), of its baseline (`baseline`), and what else the task keeps. */
  sections: Record<string, Uint8Array>;
}

/** A version as one TINO artifact: same content, same bytes. */
export const packVersion = ({ meta, sections }: VersionPackage): Uint8Array =>
  encodeArtifact({ kind: KIND, meta: meta as unknown as Record<string, unknown>, sections });

/** Throws on a damaged file and on one of another kind; sections are views of `bytes`. */
export function unpackVersion(bytes: Uint8Array): VersionPackage {
  const { kind, meta, sections } = decodeArtifact(bytes);
  if (kind !== KIND) throw new Error(`file is of kind ${kind}, expected ${KIND}`);
  return {
    meta: meta as unknown as VersionMeta,
    sections: sections as Record<string, Uint8Array>,
  };
}
