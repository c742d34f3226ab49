import {
  chooseK,
  kMeans,
  permutation,
  profile,
  seeded,
  takeRows,
  type ClusterProfile,
  type Frame,
  type RfmCuts,
  type KCandidate,
  type KChoice,
} from '@tino/learn';
import type { RfmRules } from '../workspace/types.js';
import type { JobEffects } from './job.js';
import { lastingIds, type EarlierSegments } from './segment-ids.js';
import {
  estimatorOf,
  judgedKinds,
  noiseOf,
  refusalOfShapes,
  winnerOf,
  type Clustering,
  type Cut,
} from './segment-kinds.js';

/** One segmentation as plain data: it travels to a worker thread as it is. */
export interface SegmentJob {
  task: 'segment';
  x: Frame;
  clusters: { min: number; max: number };
  seed: number;
  /** Cut points in the place of clusters. */
  rules: RfmRules | null;
  /** The segments that serve now, whose names are kept while their members stay together. */
  previous: EarlierSegments | null;
}

export interface SegmentResult {
  model: Uint8Array;
  baseline: Uint8Array;
  /** By cluster: its lasting name; after them `nobody`, where the kind knows noise. */
  ids: string[];
  /** The highest number that any segment was ever named by. */
  named: number;
  profiles: ClusterProfile[];
  candidates: KCandidate[];
  /** Other kinds of clustering, also those that were refused. */
  others: Clustering[];
  chosen: Cut;
  /** The cut points, where the groups are by rules. */
  cuts?: RfmCuts;
  reason: string;
  /** Whether the groups stand out from one cloud of points. */
  shaped: boolean;
  /** The two numbers that tell the segments apart best. */
  axes: [string, string] | null;
  seconds: number;
}

/** Those who belong to no segment. */
export const NOBODY = 'none';
/** Clusters of any shape are found on at most this many rows; the others are told by the nearest. */
const SHAPED_ROWS_MAX = 50_000;

/** Clusters that the rows hold. */
export async function trainSegments(
  { x, clusters, seed, previous }: Omit<SegmentJob, 'rules'>,
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
  const { plain, others } = await judgedKinds(x, clusters, chosen, {
    rng: rng.fork('kinds'),
    stop,
    ...(pool && { pool }),
  });
  const labels = new Float64Array(x.rows);
  const fitted = async (one: Clustering) => {
    const many = one.kind === 'hdbscan' && x.rows > SHAPED_ROWS_MAX;
    const rows = many
      ? takeRows(x, permutation(x.rows, rng.fork('shaped')).subarray(0, SHAPED_ROWS_MAX))
      : x;
    const data = { x: rows, y: new Float64Array(0) };
    const last = { rng: rng.fork('final'), stop, ...(pool && { pool }) };
    const found = await estimatorOf(one, rows.rows).fit(data, last);
    found.predict(x, labels);
    return found;
  };
  let winner = winnerOf(plain, others);
  let model = await fitted(winner);
  const refused = winner === plain ? null : refusalOnAll(winner, model.k, labels, clusters);
  if (refused !== null) {
    winner.refused = `on all rows: ${refused}`;
    winner = plain;
    model = await fitted(plain);
  }
  winner = { ...winner, k: model.k, noise: noiseOf(labels) };
  const one = await kMeans({ k: 1 }).fit(
    { x, y: new Float64Array(0) },
    { rng: rng.fork('one'), stop },
  );
  const { ids, named } = lastingIds(x, labels, winner.k, previous);
  const profiles = profilesOf(x, labels, winner);
  return {
    model: model.bytes(),
    baseline: one.bytes(),
    ids: winner.kind === 'hdbscan' ? [...ids, NOBODY] : ids,
    named,
    profiles,
    candidates: choice.candidates,
    others,
    chosen: winner,
    reason: choice.reason,
    shaped: choice.k !== null || winner.kind !== 'kMeans',
    axes: axesOf(profiles),
    seconds: (clock() - began) / 1000,
  };
}

/** What looked good on a sample may not on all rows: a segment without members has no words. */
function refusalOnAll(
  { kind }: Clustering,
  k: number,
  labels: Float64Array,
  clusters: SegmentJob['clusters'],
): string | null {
  if (kind === 'hdbscan') return refusalOfShapes(k, noiseOf(labels), clusters);
  return new Set(labels).size < k ? `one of the ${k} clusters is nobody's nearest` : null;
}

/** Of each cluster, and at last of those who belong to none. */
function profilesOf(x: Frame, labels: Float64Array, { kind, k }: Clustering): ClusterProfile[] {
  if (kind !== 'hdbscan') return profile(x, labels);
  const found = profile(
    x,
    labels.map((label) => (label < 0 ? k : label)),
  );
  return found.length > k
    ? found
    : [...found, { cluster: k, size: 0, share: 0, numbers: [], categories: [] }];
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

/** Numbers by how far apart the segments' means lie, in deviations of all rows. */
export function axesOf(profiles: readonly ClusterProfile[]): [string, string] | null {
  const spread = new Map<string, number>();
  for (const { share, numbers } of profiles)
    for (const { column, difference } of numbers)
      spread.set(column, (spread.get(column) ?? 0) + share * difference ** 2);
  const [x, y] = [...spread].sort((a, b) => b[1] - a[1]).map(([column]) => column);
  return x === undefined || y === undefined ? null : [x, y];
}
