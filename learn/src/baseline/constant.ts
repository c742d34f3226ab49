import { encodeArtifact, type Artifact } from '../artifact.js';
import type { Estimator, Model, TrainingData } from '../estimator.js';
import { sectionOf } from '../loader.js';
import { weightedQuantile } from '../metric/quantile.js';
import { admit, anyNumber, classIndex } from '../training-data.js';
import { inRange } from '../parameters.js';

/** Predicts the weighted mean of y, whatever the row: what every regression must beat. */
export const mean = (): Estimator => ({
  async fit(data) {
    const { y, weights } = admit(data, anyNumber);
    return constantModel(Float64Array.of(weightedMean(y, weights)), false);
  },
});

/** Predicts the weighted median of y: the baseline of absolute error. */
export const median = (): Estimator => ({
  async fit(data) {
    const { y, weights } = admit(data, anyNumber);
    return constantModel(Float64Array.of(weightedQuantile(y, 0.5, weights)), false);
  },
});

/** Predicts the share of each class, whatever the row: what every classifier must beat. */
export function classPrior({ classes = 2 } = {}): Estimator {
  inRange('classes', classes, { from: 2, whole: true });
  return {
    async fit(data) {
      const shares = classShares(admit(data, classIndex(classes)), classes);
      return constantModel(classes === 2 ? shares.slice(1) : shares, true);
    },
  };
}

export function classShares(
  { y, weights }: Pick<TrainingData, 'y' | 'weights'>,
  classes: number,
): Float64Array {
  const shares = new Float64Array(classes);
  let total = 0;
  for (let row = 0; row < y.length; row++) {
    const weight = weights ? weights[row]! : 1;
    shares[y[row]!]! += weight;
    total += weight;
  }
  return shares.map((share) => share / total);
}

export function weightedMean(y: Float64Array, weights?: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < y.length; row++) {
    const weight = weights ? weights[row]! : 1;
    sum += weight * y[row]!;
    total += weight;
  }
  return sum / total;
}

const KIND = 'constant';

export const loadConstant = (artifact: Artifact): Model =>
  constantModel(sectionOf(artifact, 'values', Float64Array), artifact.meta['classifier'] === true);

/** Reads no column, so that it can answer when every feature is missing. */
function constantModel(values: Float64Array, classifier: boolean): Model {
  const outputs = values.length;
  const odds = Math.min(Math.max(values[0]!, 1e-15), 1 - 1e-15);
  const raw = classifier ? Math.log(odds / (1 - odds)) : values[0]!;
  return {
    kind: KIND,
    columns: [],
    outputs,
    predict(x, out) {
      for (let i = 0; i < x.rows * outputs; i++) out[i] = values[i % outputs]!;
    },
    ...(outputs === 1 && {
      explain: () => ({
        base: raw,
        contributions: new Float64Array(0),
        raw,
        link: classifier ? 'logit' : 'identity',
      }),
    }),
    importance: () => new Float64Array(0),
    bytes: () => encodeArtifact({ kind: KIND, meta: { classifier }, sections: { values } }),
  };
}
