import type { Measure } from './measure.js';

/** Probability of the class that happened, from one column (binary) or one a class. */
const ofActual = (predicted: ArrayLike<number>, row: number, y: number, classes: number) =>
  classes > 2 ? predicted[row * classes + y]! : y === 1 ? predicted[row]! : 1 - predicted[row]!;

function meanOver(
  y: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  of: (row: number) => number,
): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < y.length; row++) {
    const weight = weights ? weights[row]! : 1;
    sum += weight * of(row);
    total += weight;
  }
  return sum / total;
}

/** Minus the mean log of the probability of what happened, in nats; 1e-15 at least. */
export const logLoss: Measure = (y, predicted, weights, classes = 2) =>
  meanOver(
    y,
    weights,
    (row) => -Math.log(Math.max(ofActual(predicted, row, y[row]!, classes), 1e-15)),
  );

/** Mean squared distance of probability and outcome; over more classes their sum (Brier 1950). */
export const brier: Measure = (y, predicted, weights, classes = 2) =>
  meanOver(y, weights, (row) => {
    if (classes <= 2) return (predicted[row]! - y[row]!) ** 2;
    let sum = 0;
    for (let k = 0; k < classes; k++)
      sum += (predicted[row * classes + k]! - (y[row] === k ? 1 : 0)) ** 2;
    return sum;
  });

/** The most probable class; in doubt the first, for two classes the second from 0.5. */
export function calledClass(predicted: ArrayLike<number>, row: number, classes: number): number {
  if (classes <= 2) return predicted[row]! >= 0.5 ? 1 : 0;
  let best = 0;
  for (let k = 1; k < classes; k++)
    if (predicted[row * classes + k]! > predicted[row * classes + best]!) best = k;
  return best;
}

/** Share of rows whose most probable class happened. */
export const accuracy: Measure = (y, predicted, weights, classes = 2) =>
  meanOver(y, weights, (row) => (calledClass(predicted, row, classes) === y[row] ? 1 : 0));

/** Harmonic mean of precision and recall of class 1; over more classes the mean of each class's. */
export const f1: Measure = (y, predicted, weights, classes = 2) => {
  const hit = new Float64Array(classes);
  const called = new Float64Array(classes);
  const actual = new Float64Array(classes);
  for (let row = 0; row < y.length; row++) {
    const weight = weights ? weights[row]! : 1;
    const call = calledClass(predicted, row, classes);
    called[call]! += weight;
    actual[y[row]!]! += weight;
    if (call === y[row]) hit[call]! += weight;
  }
  const of = (k: number) => (hit[k] === 0 ? 0 : (2 * hit[k]!) / (called[k]! + actual[k]!));
  if (classes <= 2) return of(1);
  return hit.reduce((sum, _, k) => sum + of(k), 0) / classes;
};

/**
 * What was said against what happened, in bins of equal counts from the lowest probability; rows of
 * one probability stay in one bin, so that there may be fewer bins.
 */
export function calibrationTable(
  y: ArrayLike<number>,
  p: ArrayLike<number>,
  bins = 10,
): { said: number; happened: number; count: number }[] {
  const order = Int32Array.from({ length: y.length }, (_, row) => row).sort(
    (a, b) => p[a]! - p[b]!,
  );
  const table: { said: number; happened: number; count: number }[] = [];
  let start = 0;
  for (let bin = 1; bin <= bins && start < order.length; bin++) {
    let end = Math.max(start + 1, Math.round((bin * order.length) / bins));
    while (end < order.length && p[order[end]!] === p[order[end - 1]!]) end++;
    const held = order.subarray(start, end);
    table.push({
      said: held.reduce((sum, row) => sum + p[row]!, 0) / held.length,
      happened: held.reduce((sum, row) => sum + y[row]!, 0) / held.length,
      count: held.length,
    });
    start = end;
  }
  return table;
}
