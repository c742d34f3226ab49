import { loadModel, matchLabels, type Frame } from '@tino/learn';

/** The segments that serve now, whose names are kept while their members stay together. */
export interface EarlierSegments {
  /** Null where rules cut the groups: no cluster follows from one. */
  model: Uint8Array | null;
  /** By cluster of the model. */
  ids: string[];
  /** The highest number that any segment was ever named by. */
  named: number;
}

/** A segment keeps its name when it shares at least this much with an earlier one (Jaccard). */
const KEPT = 0.3;

/**
 * By cluster, the name of the earlier segment whose members it holds, or a new one. The name of a
 * segment that is gone is not given again: what people called it, and lists by it, would come back
 * with other members.
 * @param labels rows: the cluster, below 0 for none
 */
export function lastingIds(
  x: Frame,
  labels: Float64Array,
  k: number,
  previous: EarlierSegments | null,
): { ids: string[]; named: number } {
  const before = previous && labelsBefore(x, previous);
  const match = before ? matchLabels(before, labels) : [];
  let named = previous?.named ?? 0;
  const ids = Array.from({ length: k }, (_, cluster) => {
    const from = match[cluster];
    const kept =
      before !== null && from !== undefined && overlap(before, labels, from, cluster) >= KEPT;
    return (kept ? previous?.ids[from] : undefined) ?? `s${++named}`;
  });
  return { ids, named };
}

/** Where the earlier model puts these rows; null where rules did, or it reads columns that are no more. */
function labelsBefore(x: Frame, { model }: EarlierSegments): Float64Array | null {
  if (model === null) return null;
  const old = loadModel(model);
  const known = new Set(x.columns.map(({ name }) => name));
  if (!old.columns.every(({ name }) => known.has(name))) return null;
  const before = new Float64Array(x.rows);
  old.predict(x, before);
  return before;
}

function overlap(before: Float64Array, after: Float64Array, from: number, to: number): number {
  let both = 0;
  let either = 0;
  for (let row = 0; row < before.length; row++) {
    const was = before[row] === from;
    const is = after[row] === to;
    if (was && is) both++;
    if (was || is) either++;
  }
  return either === 0 ? 0 : both / either;
}
