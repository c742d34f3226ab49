import { encodeArtifact, type Artifact } from '../artifact.js';
import type { Model } from '../estimator.js';
import type { Frame } from '../frame.js';
import { sectionOf } from '../loader.js';
import type { AutoReport } from './report.js';

const KIND = 'auto';

/** What a search found, and what it did to find it. */
export interface AutoModel extends Model {
  readonly report: AutoReport;
}

export function autoModel(inner: Model, report: AutoReport): AutoModel {
  return {
    kind: KIND,
    columns: inner.columns,
    outputs: inner.outputs,
    report,
    predict: (x, out) => inner.predict(x, out),
    ...(inner.explain && { explain: (x: Frame, row: number) => inner.explain!(x, row) }),
    ...(inner.importance && { importance: () => inner.importance!() }),
    bytes: () =>
      encodeArtifact({ kind: KIND, meta: { report }, sections: { inner: inner.bytes() } }),
  };
}

export const loadAuto = (artifact: Artifact, loadInner: (bytes: Uint8Array) => Model): Model =>
  autoModel(
    loadInner(sectionOf(artifact, 'inner', Uint8Array)),
    artifact.meta['report'] as AutoReport,
  );
