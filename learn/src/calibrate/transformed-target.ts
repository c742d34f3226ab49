import { encodeArtifact, type Artifact } from '../artifact.js';
import { boundedExp } from '../boosting/objective.js';
import type { Effects, Estimator, Model, TrainingData } from '../estimator.js';
import type { Frame } from '../frame.js';
import { sectionOf } from '../loader.js';
import { oneOf } from '../parameters.js';
import { permutation } from '../random.js';
import { admit, positive, takeTraining } from '../training-data.js';

const KIND = 'transformedTarget';
const SMEARING_ROWS = 50_000;

/**
 * Learns the logarithm of a positive target, for prices: errors count in percent. Predictions are
 * exp(raw) × smearing, so that they are right on average in money (after Duan 1983, with the ratio
 * measured on a fifth of the rows held out). `identity` is the estimator as it is.
 */
export function transformedTarget(inner: Estimator, transform: 'log' | 'identity'): Estimator {
  oneOf('transform', transform, ['log', 'identity']);
  if (transform === 'identity') return inner;
  return {
    async fit(given, effects) {
      const data = admit(given, positive);
      if (data.offset) throw new RangeError('a transformed target takes no offset; leave it out');
      const smearing = await smearingOf(inner, data, effects);
      const model = await inner.fit({ ...data, y: data.y.map(Math.log) }, effects);
      return transformedModel(model, smearing);
    },
  };
}

/** Mean of y over the mean of exp(raw) on held-out rows; 1 with fewer than 20 rows. */
async function smearingOf(inner: Estimator, data: TrainingData, { rng, stop, pool }: Effects) {
  const chosen = permutation(data.x.rows, rng.fork('smearing')).subarray(0, SMEARING_ROWS);
  const held = Math.floor(chosen.length / 5);
  if (held < 4 || stop?.stopped) return 1;
  const train = takeTraining(data, chosen.subarray(held));
  const test = takeTraining(data, chosen.subarray(0, held));
  const model = await inner.fit(
    { ...train, y: train.y.map(Math.log) },
    { rng: rng.fork('smearing fit'), ...(stop && { stop }), ...(pool && { pool }) },
  );
  const raw = new Float64Array(held);
  model.predict(test.x, raw);
  let actual = 0;
  let said = 0;
  for (let row = 0; row < held; row++) {
    const weight = test.weights ? test.weights[row]! : 1;
    actual += weight * test.y[row]!;
    said += weight * boundedExp(raw[row]!);
  }
  return actual / said;
}

function transformedModel(inner: Model, smearing: number): Model {
  const shift = Math.log(smearing);
  return {
    kind: KIND,
    columns: inner.columns,
    outputs: 1,
    predict(x, out) {
      inner.predict(x, out);
      for (let row = 0; row < x.rows; row++) out[row] = boundedExp(out[row]! + shift);
    },
    ...(inner.explain && {
      explain(x: Frame, row: number) {
        const { base, contributions, raw } = inner.explain!(x, row);
        return { base: base + shift, contributions, raw: raw + shift, link: 'log' as const };
      },
    }),
    ...(inner.importance && { importance: () => inner.importance!() }),
    bytes: () =>
      encodeArtifact({ kind: KIND, meta: { smearing }, sections: { inner: inner.bytes() } }),
  };
}

export const loadTransformed = (
  artifact: Artifact,
  loadInner: (bytes: Uint8Array) => Model,
): Model =>
  transformedModel(
    loadInner(sectionOf(artifact, 'inner', Uint8Array)),
    artifact.meta['smearing'] as number,
  );
