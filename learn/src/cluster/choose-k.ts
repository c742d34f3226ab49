import type { Effects } from '../estimator.js';
import type { Frame } from '../frame.js';
import { adjustedRand } from './agreement.js';
import { permutation, type Rng } from '../random.js';
import { assign, cluster } from './lloyd.js';
import { axesOf, pointsOf, takePoints, type Points } from './points.js';
import { daviesBouldin, roundBic, silhouette } from './quality.js';
import { cloudKinds, shapelessTwin } from './shapeless.js';

export interface ChooseKOptions {
  kMin?: number;
  kMax?: number;
  starts?: number;
  winsor?: number;
  logSkewed?: boolean;
  /** Rows that the choice looks at. */
  rowsMax?: number;
  /** Resamples on which the clusters must come back. */
  bootstraps?: number;
  stabilityMin?: number;
}

export interface KCandidate {
  k: number;
  silhouette: number;
  /**
   * Mean adjusted Rand index between the clusters of all rows and of resamples, 1 when always the
   * same.
   */
  stability: number;
  /** Worst widths to distances; lower is better. */
  daviesBouldin: number;
  /** Schwarz's criterion of round clusters of one width; lower is better. */
  bic: number;
  /**
   * Mean silhouette of one cloud of the same covariance, normal or flat, which it must clearly beat.
   */
  shapeless: number;
}

export type KChoice =
  | { k: number; candidates: KCandidate[]; reason: string }
  | { k: null; candidates: KCandidate[]; reason: string };

// Twins differ among themselves by about 0.01 to 0.02; less than this is not a shape.
const GAIN_MIN = 0.03;
/** Clouds of each kind. */
const TWINS = 3;

/**
 * The number of clusters by silhouette, among those that come back on resamples (Hennig, 2007) and
 * that stand out against a normal and a flat cloud of the same covariance; `null` with the reason
 * when none does.
 */
export function chooseK(
  x: Frame,
  options: ChooseKOptions,
  { rng, stop, progress }: Effects,
): KChoice {
  const { kMin = 2, kMax = 8, winsor = 0.01, logSkewed = true, stabilityMin = 0.7 } = options;
  const { starts = 4, rowsMax = 3000, bootstraps = 5 } = options;
  const all = pointsOf(x, axesOf(x, { winsor, logSkewed }));
  const points =
    all.rows > rowsMax
      ? takePoints(all, permutation(all.rows, rng.fork('rows')).subarray(0, rowsMax))
      : all;
  if (points.rows < 5 * kMin)
    return {
      k: null,
      candidates: [],
      reason: `${points.rows} rows are too few for ${kMin} clusters; at least ${5 * kMin} are needed`,
    };
  const candidates: KCandidate[] = [];
  for (let k = kMin; k <= Math.min(kMax, Math.floor(points.rows / 5)); k++) {
    if (stop?.stopped === true && candidates.length > 0) break;
    candidates.push(judge(points, k, { starts, bootstraps }, rng.fork(`k ${k}`)));
    progress?.((k - kMin + 1) / (kMax - kMin + 1));
  }
  const stable = candidates.filter(({ stability }) => stability >= stabilityMin);
  const shaped = stable.filter((one) => one.silhouette > one.shapeless + GAIN_MIN);
  const best = shaped.reduce<KCandidate | undefined>(
    (top, one) => (top === undefined || one.silhouette > top.silhouette ? one : top),
    undefined,
  );
  if (best !== undefined)
    return {
      k: best.k,
      candidates,
      reason: `${best.k} clusters have the highest silhouette (${best.silhouette.toFixed(2)}) of those that come back on resamples (${best.stability.toFixed(2)})`,
    };
  const reason =
    stable.length === 0
      ? `no clusters: none from ${kMin} to ${kMax} comes back on resamples; the most stable reached ${Math.max(...candidates.map((one) => one.stability)).toFixed(2)} of ${stabilityMin}`
      : 'no clusters: the rows look like one cloud; groups in it would be arbitrary cuts';
  return { k: null, candidates, reason };
}

function judge(
  points: Points,
  k: number,
  { starts, bootstraps }: { starts: number; bootstraps: number },
  rng: Rng,
): KCandidate {
  const options = { k, starts, iterationsMax: 50 };
  const { labels, inertia } = cluster(points, options, rng);
  let agreement = 0;
  const again = new Int32Array(points.rows);
  for (let b = 0; b < bootstraps; b++) {
    const rows = Int32Array.from({ length: points.rows }, () => rng.below(points.rows));
    assign(points, cluster(takePoints(points, rows), options, rng).centres, again);
    agreement += adjustedRand(labels, again) / bootstraps;
  }
  const clouds = cloudKinds.map((kind) => {
    const drawn = rng.fork(kind);
    let sum = 0;
    for (let i = 0; i < TWINS; i++) {
      const twin = shapelessTwin(points, kind, drawn);
      const { labels: cut } = cluster(twin, options, drawn);
      sum += silhouette(twin, cut, { sample: 500, rng: drawn });
    }
    return sum / TWINS;
  });
  return {
    k,
    silhouette: silhouette(points, labels, { sample: 1000, rng }),
    stability: agreement,
    daviesBouldin: daviesBouldin(points, labels),
    bic: roundBic(points, labels, { k, inertia }),
    shapeless: Math.max(...clouds),
  };
}
