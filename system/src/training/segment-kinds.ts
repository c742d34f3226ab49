import {
  adjustedRand,
  chooseMixture,
  kMeans,
  kPrototypes,
  mixture,
  permutation,
  silhouette,
  takeRows,
  type ClusterEstimator,
  type CovarianceKind,
  type Frame,
  type KCandidate,
  type Pool,
  type Rng,
} from '@tino/learn';

/** One way to cut the rows, judged as the others are. */
export interface Clustering {
  kind: 'kMeans' | 'mixture' | 'kPrototypes';
  params: Record<string, number | string>;
  k: number;
  silhouette: number;
  /** Mean adjusted Rand index with clusters of resamples. */
  stability: number;
  /** Why it is not in the race, in words. */
  refused: string | null;
}

export const estimatorOf = (
  { kind, params, k }: Pick<Clustering, 'kind' | 'params' | 'k'>,
  precision: { tolerance?: number; iterationsMax?: number } = {},
): ClusterEstimator => {
  switch (kind) {
    case 'kMeans':
      return kMeans({ k });
    case 'mixture':
      return mixture({ k, covariance: params['covariance'] as CovarianceKind, ...precision });
    case 'kPrototypes':
      return kPrototypes({ k });
  }
};

/** Rows that the kinds are judged on. */
const ROWS_MAX = 600;
const RESAMPLES = 5;
/** To compare mixtures their likelihood need not be known to the last digit. */
const ROUGH = { tolerance: 1e-3, iterationsMax: 50 };
const STABLE = 0.7;
/** Another kind than k-means, which is explained by its centres, must be better by this silhouette. */
const GAIN_MIN = 0.03;

interface Effects {
  rng: Rng;
  stop: { readonly stopped: boolean };
  pool?: Pool;
}

/** The other kinds of clustering, on the same rows: a mixture by BIC, prototypes where there are categories. */
export async function otherKinds(
  x: Frame,
  clusters: { min: number; max: number },
  best: Pick<KCandidate, 'k'>,
  { rng, stop, pool }: Effects,
): Promise<Clustering[]> {
  const drawn =
    x.rows > ROWS_MAX
      ? takeRows(x, permutation(x.rows, rng.fork('rows')).subarray(0, ROWS_MAX))
      : x;
  const effects = { stop, ...(pool && { pool }) };
  const space = await kMeans({ k: best.k }).fit(
    { x: drawn, y: new Float64Array(0) },
    { rng: rng.fork('space'), ...effects },
  );
  const points = space.points(drawn);
  const judge = async (one: Pick<Clustering, 'kind' | 'params' | 'k'>): Promise<Clustering> => {
    const labels = await labelsOf(one, drawn, drawn, { rng: rng.fork(one.kind), ...effects });
    if (new Set(labels).size < one.k)
      return refusal(one.kind, `one of the ${one.k} clusters is nobody's nearest`);
    let stability = 0;
    for (let b = 0; b < RESAMPLES; b++) {
      const again = rng.fork(`${one.kind} ${b}`);
      const rows = Int32Array.from({ length: drawn.rows }, () => again.below(drawn.rows));
      const other = await labelsOf(one, takeRows(drawn, rows), drawn, { rng: again, ...effects });
      stability += adjustedRand(labels, other) / RESAMPLES;
    }
    const width = silhouette(points, labels, { sample: 1000, rng: rng.fork('silhouette') });
    return { ...one, silhouette: width, stability, refused: null };
  };
  if (x.columns.some(({ kind }) => kind === 'category'))
    return [
      refusal('mixture', 'a mixture of normals reads numbers only, and there are categories'),
      await judge({ kind: 'kPrototypes', k: best.k, params: { k: best.k } }),
    ];
  const { k, covariance, reason } = await chooseMixture(
    drawn,
    { kMax: clusters.max, starts: 1, ...ROUGH },
    { rng: rng.fork('mixture'), ...effects },
  );
  return k === null || k < clusters.min
    ? [refusal('mixture', reason)]
    : [await judge({ kind: 'mixture', k, params: { k, covariance } })];
}

const refusal = (kind: Clustering['kind'], reason: string): Clustering => ({
  kind,
  params: {},
  k: 0,
  silhouette: NaN,
  stability: NaN,
  refused: reason,
});

async function labelsOf(
  one: Pick<Clustering, 'kind' | 'params' | 'k'>,
  train: Frame,
  x: Frame,
  effects: Effects,
): Promise<Float64Array> {
  const model = await estimatorOf(one, ROUGH).fit({ x: train, y: new Float64Array(0) }, effects);
  const labels = new Float64Array(x.rows);
  model.predict(x, labels);
  return labels;
}

/** k-means, unless another kind comes back on resamples as well and stands out more clearly. */
export function winnerOf(plain: Clustering, others: readonly Clustering[]): Clustering {
  return others
    .filter(({ refused, stability }) => refused === null && stability >= STABLE)
    .reduce(
      (top, one) =>
        one.silhouette > plain.silhouette + GAIN_MIN && one.silhouette > top.silhouette ? one : top,
      plain,
    );
}
