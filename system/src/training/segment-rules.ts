import {
  fitRfm,
  kMeans,
  permutation,
  profile,
  rfmNames,
  seeded,
  silhouette,
  takeRows,
  type Frame,
  type RfmCuts,
} from '@tino/learn';
import type { RfmRules } from '../workspace/types.js';
import type { JobEffects } from './job.js';
import type { EarlierSegments } from './segment-ids.js';
import { axesOf, NOBODY, type SegmentResult } from './segment-job.js';

/** Rows on which is said how far the groups stand apart. */
const SILHOUETTE_ROWS = 1000;
/** By what the rules call them; whom they cannot tell belongs to none. */
const ids = rfmNames.map((name) => (name === 'unknown' ? NOBODY : name));

/** Groups by cut points of three columns: nothing is sought, so nothing else is tried. */
export async function segmentsByRules(
  {
    x,
    seed,
    rules,
    previous,
  }: { x: Frame; seed: number; rules: RfmRules; previous: EarlierSegments | null },
  { stop, clock }: Pick<JobEffects, 'stop' | 'clock'>,
): Promise<SegmentResult & { cuts: RfmCuts }> {
  const began = clock();
  const model = fitRfm(x, rules);
  const labels = new Float64Array(x.rows);
  model.predict(x, labels);
  const all = profile(x, labels);
  const profiles = ids.map(
    (_, cluster) => all[cluster] ?? { cluster, size: 0, share: 0, numbers: [], categories: [] },
  );
  const told = profiles.filter(({ size, cluster }) => size > 0 && ids[cluster] !== NOBODY);
  const bytes = model.bytes();
  return {
    model: bytes,
    // Rules need no data, so there is nothing simpler to fall back to.
    baseline: bytes,
    ids,
    // Clusters may come again after rules.
    named: previous?.named ?? 0,
    profiles,
    candidates: [],
    others: [],
    chosen: {
      kind: 'rfm',
      params: { ...model.cuts },
      k: told.length,
      silhouette: await apart(x, labels, { seed, stop }),
      stability: 1,
      validity: NaN,
      noise: profiles.at(-1)!.share,
      refused: null,
    },
    reason: '',
    shaped: true,
    axes: axesOf(profiles),
    cuts: model.cuts,
    seconds: (clock() - began) / 1000,
  };
}

/** Silhouette in the space that clusters would be sought in; 0 when all are in one group. */
async function apart(
  x: Frame,
  labels: Float64Array,
  { seed, stop }: { seed: number; stop: JobEffects['stop'] },
): Promise<number> {
  const rng = seeded(seed);
  const rows = permutation(x.rows, rng.fork('silhouette')).subarray(0, SILHOUETTE_ROWS);
  const some = takeRows(x, rows);
  const own = Float64Array.from(rows, (row) => labels[row]!);
  if (new Set(own).size < 2) return 0;
  const space = await kMeans({ k: 1 }).fit(
    { x: some, y: new Float64Array(0) },
    { rng: rng.fork('space'), stop },
  );
  return silhouette(space.points(some), own, { sample: SILHOUETTE_ROWS, rng });
}
