/**
 * Probabilities to the power `inverse`, made to sum to 1: softer below 1, sharper above (Guo, Pleiss,
 * Sun and Weinberger 2017, with 1 / temperature). The most probable class stays the same.
 */
export function temper(p: Float64Array, at: number, outputs: number, inverse: number): void {
  let top = -Infinity;
  for (let k = 0; k < outputs; k++) top = Math.max(top, inverse * log(p[at + k]!));
  let sum = 0;
  for (let k = 0; k < outputs; k++) sum += p[at + k] = Math.exp(inverse * log(p[at + k]!) - top);
  for (let k = 0; k < outputs; k++) p[at + k]! /= sum;
}

const INVERSE_MAX = 100;

/**
 * The power with the least log loss, by Newton's method kept between bounds: the loss is convex in
 * it. `said` is rows × outputs; with one output it is the probability of class 1.
 */
export function learnTemperature(
  said: Float64Array,
  outputs: number,
  y: Float64Array,
  weights?: Float64Array,
): number {
  let low = 0;
  let high = INVERSE_MAX;
  let inverse = 1;
  for (let step = 0; step < 60 && high - low > 1e-10; step++) {
    const { slope, curvature } = derivatives(said, outputs, { y, weights }, inverse);
    if (slope > 0) high = inverse;
    else low = inverse;
    const next = inverse - slope / curvature;
    const wanted = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(wanted - inverse) <= 1e-12 * inverse) break;
    inverse = wanted;
  }
  return inverse;
}

function derivatives(
  said: Float64Array,
  outputs: number,
  { y, weights }: { y: Float64Array; weights: Float64Array | undefined },
  inverse: number,
): { slope: number; curvature: number } {
  const classes = Math.max(2, outputs);
  const logs = new Float64Array(classes);
  const p = new Float64Array(classes);
  let slope = 0;
  let curvature = 0;
  for (let row = 0; row < y.length; row++) {
    for (let k = 0; k < classes; k++) p[k] = probability(said, outputs, row, k);
    for (let k = 0; k < classes; k++) logs[k] = log(p[k]!);
    temper(p, 0, classes, inverse);
    let mean = 0;
    let square = 0;
    for (let k = 0; k < classes; k++) {
      mean += p[k]! * logs[k]!;
      square += p[k]! * logs[k]! * logs[k]!;
    }
    const weight = weights ? weights[row]! : 1;
    slope += weight * (mean - logs[y[row]!]!);
    curvature += weight * (square - mean * mean);
  }
  return { slope, curvature };
}

const probability = (said: Float64Array, outputs: number, row: number, k: number) =>
  outputs > 1 ? said[row * outputs + k]! : k === 1 ? said[row]! : 1 - said[row]!;

const log = (p: number) => Math.log(Math.max(p, 1e-15));
