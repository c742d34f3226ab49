import { encodeArtifact, type Artifact } from '../artifact.js';
import type { Effects, Estimator, Explanation, Model, TrainingData } from '../estimator.js';
import type { Frame } from '../frame.js';
import { sectionOf } from '../loader.js';
import { inRange, oneOf } from '../parameters.js';
import { admit, anyNumber, takeFold, takeTraining } from '../training-data.js';
import { kFold } from '../validate/folds.js';
import { learnTemperature, temper } from './temperature.js';
import {
  calibrate,
  calibrationMethods,
  learnCalibrator,
  type CalibrationMethod,
  type Calibrator,
} from './calibrator.js';

const KIND = 'calibrated';

/**
 * A classifier whose probabilities are calibrated on rows that were not trained on: one fit a fold
 * for the calibration, one on all rows to predict with. More than two classes are calibrated one by
 * one and made to sum to 1, or all by one temperature. Too few rows for the folds, or one class, leave the inner model's
 * probabilities as they are.
 */
export function calibrated(
  inner: Estimator,
  { method = 'platt', folds = 5 }: { method?: CalibrationMethod; folds?: number } = {},
): Estimator {
  oneOf('method', method, calibrationMethods);
  inRange('folds', folds, { from: 2, whole: true });
  if (method === 'none') return inner;
  return {
    async fit(given, effects) {
      const data = admit(given, anyNumber);
      const model = await inner.fit(data, { ...effects, rng: effects.rng.fork('whole') });
      const { rows, said } = await outOfFold(inner, model.outputs, data, folds, effects);
      const y = Float64Array.from(rows, (row) => data.y[row]!);
      const weights = data.weights && Float64Array.from(rows, (row) => data.weights![row]!);
      effects.progress?.(1);
      return calibratedModel(model, learnCalibrators(method, said, model.outputs, y, weights));
    },
  };
}

/** One an output, from probabilities of rows that were not trained on: rows × outputs. */
export function learnCalibrators(
  method: CalibrationMethod,
  said: Float64Array,
  outputs: number,
  y: Float64Array,
  weights?: Float64Array,
): Calibrator[] {
  if (method === 'temperature' && outputs > 1 && y.some((value) => value !== y[0])) {
    const inverse = learnTemperature(said, outputs, y, weights);
    return Array.from({ length: outputs }, () => ({ method, inverse }));
  }
  return Array.from({ length: outputs }, (_, k) => {
    const p = y.map((_, row) => said[row * outputs + k]!);
    const is = outputs === 1 ? y : y.map((value) => (value === k ? 1 : 0));
    return learnCalibrator(method, p, is, weights);
  });
}

/** Rows that a fold held out, and what was said of them: rows × outputs. */
async function outOfFold(
  inner: Estimator,
  outputs: number,
  data: TrainingData,
  folds: number,
  { rng, stop, pool, progress }: Effects,
): Promise<{ rows: number[]; said: Float64Array }> {
  const rows: number[] = [];
  const said: number[] = [];
  const n = data.x.rows;
  const { groups, y } = data;
  const parts =
    n < 2 * folds
      ? []
      : kFold(n, { folds, rng: rng.fork('folds'), ...(groups ? { groups } : { stratify: y }) });
  for (const [i, { train, test }] of parts.entries()) {
    if (stop?.stopped) break;
    const model = await inner.fit(takeFold(data, train), {
      rng: rng.fork(`fold ${i}`),
      ...(stop && { stop }),
      ...(pool && { pool }),
    });
    const held = takeTraining(data, test);
    const out = new Float64Array(test.length * outputs);
    model.predict(held.x, out);
    for (const row of test) rows.push(row);
    for (const p of out) said.push(p);
    progress?.((i + 1) / (parts.length + 1));
  }
  return { rows, said: Float64Array.from(said) };
}

/** A classifier with one calibrator an output on top of what it says. */
export function calibratedModel(inner: Model, calibrators: readonly Calibrator[]): Model {
  const { outputs } = inner;
  return {
    kind: KIND,
    columns: inner.columns,
    outputs,
    predict(x, out) {
      inner.predict(x, out);
      for (let row = 0; row < x.rows; row++) calibrateRow(calibrators, out, row * outputs);
    },
    ...(inner.explain && {
      explain: (x: Frame, row: number) => rescaled(inner.explain!(x, row), calibrators[0]!),
    }),
    ...(inner.importance && { importance: () => inner.importance!() }),
    bytes: () =>
      encodeArtifact({ kind: KIND, meta: { calibrators }, sections: { inner: inner.bytes() } }),
  };
}

function calibrateRow(calibrators: readonly Calibrator[], out: Float64Array, at: number): void {
  if (calibrators.length === 1) {
    out[at] = calibrate(calibrators[0]!, out[at]!);
    return;
  }
  const [first] = calibrators;
  if (first!.method === 'temperature') {
    temper(out, at, calibrators.length, first!.inverse);
    return;
  }
  const p = calibrators.map((calibrator, k) => calibrate(calibrator, out[at + k]!));
  const sum = p.reduce((a, b) => a + b, 0);
  // Isotonic curves may give every class 0; the inner probabilities then say more.
  if (sum > 0) p.forEach((value, k) => (out[at + k] = value / sum));
}

/**
 * Platt's method and a temperature are affine in log-odds, so contributions are scaled with them. Beta
 * and isotonic are not: their explanation is that of the score before calibration.
 */
function rescaled(inner: Explanation, calibrator: Calibrator): Explanation {
  if (calibrator.method !== 'platt' && calibrator.method !== 'temperature') return inner;
  const { slope, intercept } =
    calibrator.method === 'platt' ? calibrator : { slope: calibrator.inverse, intercept: 0 };
  return {
    base: slope * inner.base + intercept,
    contributions: inner.contributions.map((value) => slope * value),
    raw: slope * inner.raw + intercept,
    link: inner.link,
  };
}

export const loadCalibrated = (
  artifact: Artifact,
  loadInner: (bytes: Uint8Array) => Model,
): Model =>
  calibratedModel(
    loadInner(sectionOf(artifact, 'inner', Uint8Array)),
    artifact.meta['calibrators'] as Calibrator[],
  );
