import {
  chooseK,
  kMeans,
  loadModel,
  matchLabels,
  profile,
  seeded,
  type ClusterProfile,
  type Frame,
  type KCandidate,
  type KChoice,
} from '@tino/learn';
import type { JobEffects } from './job.js';
import { estimatorOf, otherKinds, winnerOf, type Clustering } from './segment-kinds.js';

/** One segmentation as plain data: it travels to a worker thread as it is. */
export interface SegmentJob {
  task: 'segment';
  x: Frame;
  clusters: { min: number; max: number };
  seed: number;
  /** The segments that serve now, whose names are kept while their members stay together. */
  previous: { model: Uint8Array; ids: string[] } | null;
}

export interface SegmentResult {
  model: Uint8Array;
  baseline: Uint8Array;
  /** By cluster: its lasting name. */
  ids: string[];
  sizes: number[];
  profiles: ClusterProfile[];
  candidates: KCandidate[];
  /** Other kinds of clustering, also those that were refused. */
  others: Clustering[];
  chosen: Clustering;
  reason: string;
  /** Whether the groups stand out from one cloud of points. */
  shaped: boolean;
  /** The two numbers that tell the segments apart best. */
  axes: [string, string] | null;
  seconds: number;
}

/** A segment keeps its name when it shares at least this much with an earlier one (Jaccard). */
const KEPT = 0.3;

export async function trainSegments(
  { x, clusters, seed, previous }: SegmentJob,
  { stop, progress, clock, pool }: JobEffects,
): Promise<SegmentResult> {
  const began = clock();
  const rng = seeded(seed);
  const choice = chooseK(
    x,
    { kMin: clusters.min, kMax: clusters.max },
    { rng: rng.fork('k'), stop, progress: (done) => progress(done * 0.8) },
  );
  const chosen = chosenOf(choice);
  const plain: Clustering = {
    kind: 'kMeans',
    params: { k: chosen.k },
    k: chosen.k,
    silhouette: chosen.silhouette,
    stability: chosen.stability,
    refused: null,
  };
  const others = await otherKinds(x, clusters, chosen, {
    rng: rng.fork('kinds'),
    stop,
    ...(pool && { pool }),
  });
  const labels = new Float64Array(x.rows);
  const fitted = async (one: Clustering) => {
    const data = { x, y: new Float64Array(0) };
    const last = { rng: rng.fork('final'), stop, ...(pool && { pool }) };
    const found = await estimatorOf(one).fit(data, last);
    found.predict(x, labels);
    return found;
  };
  let winner = winnerOf(plain, others);
  let model = await fitted(winner);
  // On all rows a component may end as nobody's: a segment without members has no words.
  if (winner !== plain && new Set(labels).size < winner.k) {
    winner.refused = `on all rows one of its ${winner.k} clusters is nobody's nearest`;
    winner = plain;
    model = await fitted(plain);
  }
  const one = await kMeans({ k: 1 }).fit(
    { x, y: new Float64Array(0) },
    { rng: rng.fork('one'), stop },
  );
  const profiles = profile(x, labels);
  return {
    model: model.bytes(),
    baseline: one.bytes(),
    ids: idsOf(x, labels, winner.k, previous),
    sizes: profiles.map(({ size }) => size),
    profiles,
    candidates: choice.candidates,
    others,
    chosen: winner,
    reason: choice.reason,
    shaped: choice.k !== null,
    axes: axesOf(profiles),
    seconds: (clock() - began) / 1000,
  };
}

/** Without a shape that stands out, the number of groups that comes back most often on resamples. */
function chosenOf(choice: KChoice): KCandidate {
  const { k, candidates, reason } = choice;
  if (candidates.length === 0) throw new Error(reason);
  return (
    candidates.find((one) => one.k === k) ??
    candidates.reduce((top, one) => (one.stability > top.stability ? one : top))
  );
}

/** Names of the earlier segments where their members stay together, new ones elsewhere. */
function idsOf(
  x: Frame,
  labels: Float64Array,
  k: number,
  previous: SegmentJob['previous'],
): string[] {
  const fresh = Array.from({ length: k }, (_, cluster) => `s${cluster + 1}`);
  if (previous === null) return fresh;
  const old = loadModel(previous.model);
  const known = new Set(x.columns.map(({ name }) => name));
  if (!old.columns.every(({ name }) => known.has(name))) return fresh;
  const before = new Float64Array(x.rows);
  old.predict(x, before);
  const match = matchLabels(before, labels);
  let next = previous.ids.reduce((top, id) => Math.max(top, Number(id.slice(1))), 0);
  return Array.from({ length: k }, (_, cluster) => {
    const from = match[cluster] ?? Infinity;
    const kept = from < previous.ids.length && overlap(before, labels, from, cluster) >= KEPT;
    return kept ? previous.ids[from]! : `s${++next}`;
  });
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

/** Numbers by how far apart the segments' means lie, in deviations of all rows. */
function axesOf(profiles: readonly ClusterProfile[]): [string, string] | null {
  const spread = new Map<string, number>();
  for (const { share, numbers } of profiles)
    for (const { column, difference } of numbers)
      spread.set(column, (spread.get(column) ?? 0) + share * difference ** 2);
  const [x, y] = [...spread].sort((a, b) => b[1] - a[1]).map(([column]) => column);
  return x === undefined || y === undefined ? null : [x, y];
}
