import { argumentsOf, numbersOf } from '../arguments.js';
import type { Views } from '../memory.js';
import { nearest } from '../nearest.js';
import { context, node } from './layout.js';
import { chunkOf } from './operations.js';

/** See learn/assembly/boosting/gradients.ts. */
export function sumGradients(views: Views, chunk: number): void {
  const { i32, f64 } = views;
  const [at, gradients, hessians, rows, out] = argumentsOf(views, 5);
  const order = i32[(at! + context.rows) / 4]! / 4;
  const end = Math.min((chunk + 1) * chunkOf.gradients, rows!);
  let gradient = 0;
  let hessian = 0;
  for (let i = chunk * chunkOf.gradients; i < end; i++) {
    const row = i32[order + i]!;
    gradient += Math.abs(f64[gradients! / 8 + row]!);
    hessian += hessians === 0 ? 1 : f64[hessians! / 8 + row]!;
  }
  f64[out! / 8 + 2 * chunk] = gradient;
  f64[out! / 8 + 2 * chunk + 1] = hessian;
}

function dither(row: number, tree: number): number {
  let hash = (Math.imul(row, 0x9e3779b1) + Math.imul(tree, 0x85ebca77)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return ((hash ^ (hash >>> 15)) >>> 0) * (1 / 4294967296);
}

export function roundGradients(views: Views, chunk: number): void {
  const { i32, f64 } = views;
  const [at, gradients, hessians, rows, out, tree] = argumentsOf(views, 6);
  const [gradientScale, hessianScale, step] = numbersOf(views, 3);
  const order = i32[(at! + context.rows) / 4]! / 4;
  const pairs = i32[(at! + context.pairs) / 4]! / 8;
  const end = Math.min((chunk + 1) * chunkOf.gradients, rows!);
  let gradientSum = 0;
  let hessianSum = 0;
  for (let i = chunk * chunkOf.gradients; i < end; i++) {
    const row = i32[order + i]!;
    const gradient = nearest(f64[gradients! / 8 + row]! * gradientScale!);
    let hessian = 1;
    if (hessians !== 0) {
      const scaled = f64[hessians! / 8 + row]! * hessianScale!;
      const whole = tree! < 0 ? nearest(scaled) : Math.floor(scaled + dither(row, tree!));
      hessian = whole * step! + 1;
    }
    f64[pairs + 2 * row] = gradient;
    f64[pairs + 2 * row + 1] = hessian;
    gradientSum += gradient;
    hessianSum += hessian;
  }
  f64[out! / 8 + 2 * chunk] = gradientSum;
  f64[out! / 8 + 2 * chunk + 1] = hessianSum;
}

export function sumLeaf(views: Views, chunk: number): void {
  const { i32, f64 } = views;
  const [at, , hessians, leaves, out] = argumentsOf(views, 5);
  const [scale] = numbersOf(views, 1);
  const order = i32[(at! + context.rows) / 4]! / 4;
  const start = i32[leaves! / 4 + 2 * chunk]!;
  const end = i32[leaves! / 4 + 2 * chunk + 1]!;
  let sum = 0;
  for (let i = start; i < end; i++) sum += nearest(f64[hessians! / 8 + i32[order + i]!]! * scale!);
  f64[out! / 8 + chunk] = sum;
}

/** See learn/assembly/boosting/scores.ts. */
export function addLeaf(views: Views, chunk: number): void {
  const { i32, f64 } = views;
  const [at, scores, leaves] = argumentsOf(views, 3);
  const order = i32[(at! + context.rows) / 4]! / 4;
  const start = i32[leaves! / 4 + 4 * chunk]!;
  const end = i32[leaves! / 4 + 4 * chunk + 1]!;
  const value = f64[leaves! / 8 + 2 * chunk + 1]!;
  for (let i = start; i < end; i++) f64[scores! / 8 + i32[order + i]!]! += value;
}

export function addTree(views: Views, chunk: number): void {
  const { u8, i32, f64 } = views;
  const [rows, count, scores, nodes, values] = argumentsOf(views, 5);
  const end = Math.min((chunk + 1) * chunkOf.tree, count!);
  for (let i = chunk * chunkOf.tree; i < end; i++) {
    const row = i32[rows! / 4 + i]!;
    let at = 0;
    while (at >= 0) {
      const entry = (nodes! + at * node.bytes) / 4;
      const bin = u8[i32[entry]! + row]!;
      const goesLeft = u8[i32[entry + node.route / 4]! + bin] === 1;
      at = i32[entry + (goesLeft ? node.left : node.right) / 4]!;
    }
    f64[scores! / 8 + row]! += f64[values! / 8 + ~at]!;
  }
}
