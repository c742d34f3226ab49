import { sigmoid } from '../boosting/objective.js';
import { frame, numberColumn } from '../frame.js';
import { learnEncoder } from '../linear/encoder.js';
import { bernoulli } from '../linear/families.js';
import { newton } from '../linear/newton.js';
import { learnTemperature } from './temperature.js';
import { atCurve, isotonic, type Curve } from './isotonic.js';

export const calibrationMethods = ['platt', 'isotonic', 'beta', 'temperature', 'none'] as const;
export type CalibrationMethod = (typeof calibrationMethods)[number];

/** The way from a said probability to a calibrated one: plain data, saved with the model. */
export type Calibrator =
  | { method: 'none' }
  /** sigmoid(slope × log-odds + intercept) */
  | { method: 'platt'; slope: number; intercept: number }
  /** sigmoid(a ln p - b ln(1 - p) + c), a and b from 0 */
  | { method: 'beta'; a: number; b: number; c: number }
  | { method: 'isotonic'; curve: Curve }
  /** Every class to the power `inverse`, made to sum to 1; for two classes a slope of log-odds. */
  | { method: 'temperature'; inverse: number };

export function calibrate(calibrator: Calibrator, p: number): number {
  switch (calibrator.method) {
    case 'none':
      return p;
    case 'platt':
      return sigmoid(calibrator.slope * logit(p) + calibrator.intercept);
    case 'beta': {
      const { a, b, c } = calibrator;
      return sigmoid(a * Math.log(inside(p)) - b * Math.log(1 - inside(p)) + c);
    }
    case 'isotonic':
      return atCurve(calibrator.curve, p);
    case 'temperature':
      return sigmoid(calibrator.inverse * logit(p));
  }
}

/** `y` is 0 or 1. With one class only there is nothing to calibrate on: method `none`. */
export function learnCalibrator(
  method: CalibrationMethod,
  p: Float64Array,
  y: Float64Array,
  weights?: Float64Array,
): Calibrator {
  if (method === 'none' || y.every((value) => value === y[0])) return { method: 'none' };
  if (method === 'temperature') return { method, inverse: learnTemperature(p, 1, y, weights) };
  if (method === 'isotonic') return { method, curve: isotonic(p, y, weights) };
  if (method === 'platt') {
    const [slope, intercept] = logisticFit([p.map(logit)], smoothed(y, weights), weights);
    return { method, slope: slope!, intercept: intercept! };
  }
  return learnBeta(p, y, weights);
}

/** Kull, Silva Filho and Flach 2017; a coefficient below 0 becomes 0, the rest is fitted again. */
function learnBeta(p: Float64Array, y: Float64Array, weights?: Float64Array): Calibrator {
  const low = p.map((value) => Math.log(inside(value)));
  const high = p.map((value) => -Math.log(1 - inside(value)));
  const [a, b, c] = logisticFit([low, high], y, weights);
  if (a! >= 0 && b! >= 0) return { method: 'beta', a: a!, b: b!, c: c! };
  const [slope, intercept] = logisticFit([a! < 0 ? high : low], y, weights);
  const kept = Math.max(slope!, 0);
  return a! < 0
    ? { method: 'beta', a: 0, b: kept, c: intercept! }
    : { method: 'beta', a: kept, b: 0, c: intercept! };
}

/** Targets a little inside 0 and 1, so that few rows cannot make it certain (Platt 1999). */
function smoothed(y: Float64Array, weights?: Float64Array): Float64Array {
  let ones = 0;
  let zeros = 0;
  y.forEach((value, row) => {
    const weight = weights ? weights[row]! : 1;
    if (value === 1) ones += weight;
    else zeros += weight;
  });
  return y.map((value) => (value === 1 ? (ones + 1) / (ones + 2) : 1 / (zeros + 2)));
}

/** Maximum likelihood slopes of the features, then the intercept. */
function logisticFit(features: Float64Array[], y: Float64Array, weights?: Float64Array): number[] {
  const x = frame(features.map((values, i) => numberColumn(`feature ${i}`, values)));
  const encoder = learnEncoder(x, weights, { logAboveSkewness: Infinity, levelsMax: 1 });
  const data = { x, y, ...(weights && { weights }) };
  // Just enough penalty that scores which separate the classes have an optimum.
  const job = { encoder, data, family: bernoulli, l2: 1e-6 };
  const beta = newton(job, new Float64Array(encoder.terms + 1));
  let intercept = beta[encoder.terms]!;
  const slopes = encoder.codes.map((code, c) => {
    if (code.kind !== 'number') return 0;
    intercept -= (beta[encoder.offsets[c]!]! * code.center) / code.scale;
    return beta[encoder.offsets[c]!]! / code.scale;
  });
  return [...slopes, intercept];
}

const inside = (p: number) => Math.min(Math.max(p, 1e-15), 1 - 1e-15);
const logit = (p: number) => Math.log(inside(p) / (1 - inside(p)));
