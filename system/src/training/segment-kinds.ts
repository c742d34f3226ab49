import {
  adjustedRand,
  chooseMixture,
  densityValidity,
  hdbscan,
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
  type Points,
  type Pool,
  type Rng,
} from '@tino/learn';

/** One way to cut the rows, judged as the others are. */
export interface Clustering {
  kind: 'kMeans' | 'mixture' | 'kPrototypes' | 'hdbscan';
  params: Record<string, number | string>;
  k: number;
  silhouette: number;
  /** Mean adjusted Rand index with clusters of resamples. */
  stability: number;
  /** Density inside against in between, for shapes that have no centre. */
  validity: number;
  /** Share of the rows that belong to no cluster. */
  noise: number;
  /** Why it is not in the race, in words. */
  refused: string | null;
}

/** What the segments are cut by: a clustering, or the rules of a person. */
export type Cut = Omit<Clustering, 'kind' | 'params'> & {
  kind: Clustering['kind'] | 'rfm';
  params: Record<string, unknown>;
};

export const estimatorOf = (
  { kind, params, k }: Pick<Clustering, 'kind' | 'params' | 'k'>,
  rows: number,
  precision: { tolerance?: number; iterationsMax?: number } = {},
): ClusterEstimator => {
  switch (kind) {
    case 'kMeans':
      return kMeans({ k });
    case 'mixture':
      return mixture({ k, covariance: params['covariance'] as CovarianceKind, ...precision });
    case 'kPrototypes':
      return kPrototypes({ k });
    case 'hdbscan':
      return hdbscan({ clusterSizeMin: leastOf(rows), samplesMin: SAMPLES });
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
/** Rows near a place, itself among them, that make it dense. */
const SAMPLES = 10;
/** A cluster of any shape holds at least this share of the rows. */
const SHARE_MIN = 0.03;
/** With more rows than this in no cluster, there is little to act on. */
const NOISE_MAX = 0.3;
/** Part of the rows on which clusters of any shape must come back: rows drawn twice would be dense. */
const PART = 0.8;

const leastOf = (rows: number) => Math.max(SAMPLES, Math.ceil(SHARE_MIN * rows));

interface Effects {
  rng: Rng;
  stop: { readonly stopped: boolean };
  pool?: Pool;
}

/**
 * k-means and the other kinds of clustering on the same rows: a mixture by BIC, prototypes where
 * there are categories, clusters of any shape with noise.
 */
export async function judgedKinds(
  x: Frame,
  clusters: { min: number; max: number },
  best: KCandidate,
  { rng, stop, pool }: Effects,
): Promise<{ plain: Clustering; others: Clustering[] }> {
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
  const own = new Float64Array(drawn.rows);
  space.predict(drawn, own);
  const plain: Clustering = {
    kind: 'kMeans',
    params: { k: best.k },
    k: best.k,
    silhouette: best.silhouette,
    stability: best.stability,
    validity: densityValidity(points, own),
    noise: 0,
    refused: null,
  };
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
    const validity = densityValidity(points, labels);
    return { ...one, silhouette: width, stability, validity, noise: 0, refused: null };
  };
  const shapes = await judgeShapes(drawn, points, clusters, {
    rng: rng.fork('shapes'),
    ...effects,
  });
  if (x.columns.some(({ kind }) => kind === 'category'))
    return {
      plain,
      others: [
        refusal('mixture', 'a mixture of normals reads numbers only, and there are categories'),
        await judge({ kind: 'kPrototypes', k: best.k, params: { k: best.k } }),
        shapes,
      ],
    };
  const { k, covariance, reason } = await chooseMixture(
    drawn,
    { kMax: clusters.max, starts: 1, ...ROUGH },
    { rng: rng.fork('mixture'), ...effects },
  );
  const normal =
    k === null || k < clusters.min
      ? refusal('mixture', reason)
      : await judge({ kind: 'mixture', k, params: { k, covariance } });
  return { plain, others: [normal, shapes] };
}

/** Clusters of any shape; how many there are comes from the rows. */
async function judgeShapes(
  x: Frame,
  points: Points,
  clusters: { min: number; max: number },
  { rng, ...effects }: Effects,
): Promise<Clustering> {
  if (x.rows < 2 * leastOf(x.rows))
    return refusal('hdbscan', `${x.rows} rows are too few to tell dense places from sparse ones`);
  const fit = (rows: Frame) =>
    estimatorOf({ kind: 'hdbscan', params: {}, k: 0 }, rows.rows).fit(
      { x: rows, y: new Float64Array(0) },
      { rng, ...effects },
    );
  const model = await fit(x);
  const labels = new Float64Array(x.rows);
  model.predict(x, labels);
  const noise = noiseOf(labels);
  const refused = refusalOfShapes(model.k, noise, clusters);
  if (refused !== null) return refusal('hdbscan', refused);
  let stability = 0;
  for (let b = 0; b < RESAMPLES; b++) {
    const drawn = permutation(x.rows, rng.fork(`part ${b}`)).subarray(0, PART * x.rows);
    const again = new Float64Array(x.rows);
    (await fit(takeRows(x, drawn))).predict(x, again);
    // Noise is one label more to this index: what comes and goes as noise is no agreement.
    stability += adjustedRand(labels, again) / RESAMPLES;
  }
  return {
    kind: 'hdbscan',
    params: { clusterShareMin: SHARE_MIN, samplesMin: SAMPLES },
    k: model.k,
    silhouette: insideOf(points, labels, rng.fork('silhouette')) * (1 - noise),
    stability,
    validity: densityValidity(points, labels),
    noise,
    refused: null,
  };
}

/** Silhouette of the rows that belong somewhere. */
function insideOf(points: Points, labels: Float64Array, rng: Rng): number {
  const rows = Int32Array.from(labels.keys()).filter((row) => labels[row]! >= 0);
  const { dimensions, values } = points;
  const kept = new Float64Array(rows.length * dimensions);
  rows.forEach((row, i) =>
    kept.set(values.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions),
  );
  const inside = { rows: rows.length, dimensions, values: kept };
  const own = Float64Array.from(rows, (row) => labels[row]!);
  return silhouette(inside, own, { sample: 1000, rng });
}

export const noiseOf = (labels: Float64Array): number =>
  labels.reduce((sum, label) => sum + Number(label < 0), 0) / labels.length;

/** Why clusters of any shape are not in the race, in words; null when they are. */
export function refusalOfShapes(
  k: number,
  noise: number,
  { min, max }: { min: number; max: number },
): string | null {
  if (k < 2) return 'no clusters: the rows are one dense place, or none is dense';
  if (k < min || k > max) return `${k} dense places, and ${min} to ${max} were asked for`;
  if (noise > NOISE_MAX)
    return `${Math.round(100 * noise)}% of the rows lie in no dense place; at most ${100 * NOISE_MAX}% may`;
  return null;
}

const refusal = (kind: Clustering['kind'], reason: string): Clustering => ({
  kind,
  params: {},
  k: 0,
  silhouette: NaN,
  stability: NaN,
  validity: NaN,
  noise: 0,
  refused: reason,
});

async function labelsOf(
  one: Pick<Clustering, 'kind' | 'params' | 'k'>,
  train: Frame,
  x: Frame,
  effects: Effects,
): Promise<Float64Array> {
  const model = await estimatorOf(one, train.rows, ROUGH).fit(
    { x: train, y: new Float64Array(0) },
    effects,
  );
  const labels = new Float64Array(x.rows);
  model.predict(x, labels);
  return labels;
}

/**
 * k-means, unless another kind comes back on resamples as well and stands out more clearly. Kinds
 * with centres are judged by how round and apart they are; shapes, which have none, by density, and
 * only emptiness between them lets them win.
 */
export function winnerOf(plain: Clustering, others: readonly Clustering[]): Clustering {
  const standing = others.filter(
    ({ refused, stability }) => refused === null && stability >= STABLE,
  );
  const centred = standing
    .filter(({ kind }) => kind !== 'hdbscan')
    .reduce(
      (top, one) =>
        one.silhouette > plain.silhouette + GAIN_MIN && one.silhouette > top.silhouette ? one : top,
      plain,
    );
  const shapes = standing.find(({ kind }) => kind === 'hdbscan');
  if (shapes === undefined) return centred;
  return shapes.validity > Math.max(0, centred.validity || 0) + GAIN_MIN ? shapes : centred;
}
