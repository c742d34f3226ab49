import { argumentsOf, numbersOf } from '../arguments.js';
import { exp } from '../exp.js';
import type { Views } from '../memory.js';
import { chunkOf, losses } from './operations.js';

const CAUTION = 2.0137527074704766;

/** See learn/assembly/boosting/derive.ts. */
export function deriveRows(v: Views, chunk: number): void {
  const [loss, rows, scores, targets, weights, gradients, hessians] = argumentsOf(v, 7);
  const { f64 } = v;
  const end = Math.min((chunk + 1) * chunkOf.gradients, rows!);
  for (let row = chunk * chunkOf.gradients; row < end; row++) {
    const weight = weights === 0 ? 1 : f64[weights! / 8 + row]!;
    const { gradient, hessian } = derive(loss!, f64[scores! / 8 + row]!, f64[targets! / 8 + row]!);
    f64[gradients! / 8 + row] = weight * gradient;
    if (hessians !== 0) f64[hessians! / 8 + row] = weight * hessian;
  }
}

function derive(loss: number, score: number, target: number) {
  if (loss === losses.logistic) {
    const p = 1 / (1 + exp(-score));
    return { gradient: p - target, hessian: Math.max(p * (1 - p), 1e-16) };
  }
  if (loss === losses.poisson) {
    const mean = exp(Math.min(score, 500));
    return { gradient: mean - target, hessian: mean * CAUTION };
  }
  return { gradient: score - target, hessian: 1 };
}

/** See learn/assembly/boosting/derive-classes.ts. */
export function deriveClasses(v: Views, chunk: number): void {
  const [rows, classes, scores, gradients, hessians, step, targets, weights] = argumentsOf(v, 8);
  const [factor] = numbersOf(v, 1);
  const { f64 } = v;
  const p = new Float64Array(classes!);
  const end = Math.min((chunk + 1) * chunkOf.gradients, rows!);
  for (let row = chunk * chunkOf.gradients; row < end; row++) {
    const weight = weights === 0 ? 1 : f64[weights! / 8 + row]!;
    for (let k = 0; k < classes!; k++) p[k] = f64[(scores! + k * step!) / 8 + row]!;
    toShares(p);
    for (let k = 0; k < classes!; k++) {
      const isOwn = f64[targets! / 8 + row] === k ? 1 : 0;
      f64[(gradients! + k * step!) / 8 + row] = weight * (p[k]! - isOwn);
      f64[(hessians! + k * step!) / 8 + row] =
        weight * factor! * Math.max(p[k]! * (1 - p[k]!), 1e-16);
    }
  }
}

function toShares(p: Float64Array): void {
  let most = p[0]!;
  for (const score of p) most = Math.max(most, score);
  let sum = 0;
  for (let k = 0; k < p.length; k++) sum += p[k] = exp(p[k]! - most);
  for (let k = 0; k < p.length; k++) p[k]! /= sum;
}
