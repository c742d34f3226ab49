import { argument, number } from '../lib/team';
import { CONTEXT_PAIRS, CONTEXT_ROWS } from './layout';

const CHUNK: i32 = 8192;

/**
 * Σ|gradient| and Σ hessian of a chunk of the tree's rows, in their order. Arguments: context,
 * gradients, hessians (0 when all are 1), rows, out (two f64 a chunk).
 */
export function sumGradients(chunk: i32): void {
  const order = <usize>load<i32>(<usize>argument(0), CONTEXT_ROWS);
  const gradients = <usize>argument(1);
  const hessians = <usize>argument(2);
  const end = min((chunk + 1) * CHUNK, argument(3));
  let gradient: f64 = 0;
  let hessian: f64 = 0;
  for (let i = chunk * CHUNK; i < end; i++) {
    const row = (<usize>load<u32>(order + ((<usize>i) << 2))) << 3;
    gradient += abs<f64>(load<f64>(gradients + row));
    hessian += hessians == 0 ? 1 : load<f64>(hessians + row);
  }
  const out = <usize>argument(4) + ((<usize>chunk) << 4);
  store<f64>(out, gradient);
  store<f64>(out, hessian, 8);
}

/**
 * Uniform in [0, 1) by row and tree: a hessian that is rounded with it is right on average, however
 * coarse the steps are (stochastic rounding, as in LightGBM's quantised training, Shi et al. 2022).
 */
function dither(row: u32, tree: u32): f64 {
  let hash = row * 0x9e3779b1 + tree * 0x85ebca77;
  hash = (hash ^ (hash >> 16)) * 0x21f0aaad;
  hash = (hash ^ (hash >> 15)) * 0x735a2d97;
  return <f64>(hash ^ (hash >> 15)) * (1.0 / 4294967296.0);
}

/**
 * Gradients and hessians of a chunk to whole numbers, so that their sums are exact in any order; and
 * the chunk's sums of them. Arguments: as above, then the tree's number (-1: hessians are rounded to
 * the nearest). Numbers: gradient scale, hessian scale, step of a hessian (the low bits count the rows).
 */
export function roundGradients(chunk: i32): void {
  const context = <usize>argument(0);
  const order = <usize>load<i32>(context, CONTEXT_ROWS);
  const pairs = <usize>load<i32>(context, CONTEXT_PAIRS);
  const gradients = <usize>argument(1);
  const hessians = <usize>argument(2);
  const end = min((chunk + 1) * CHUNK, argument(3));
  const tree = argument(5);
  const gradientScale = number(0);
  const hessianScale = number(1);
  const step = number(2);
  let gradientSum: f64 = 0;
  let hessianSum: f64 = 0;
  for (let i = chunk * CHUNK; i < end; i++) {
    const row = load<u32>(order + ((<usize>i) << 2));
    const gradient = nearest<f64>(load<f64>(gradients + ((<usize>row) << 3)) * gradientScale);
    let hessian: f64 = 1;
    if (hessians != 0) {
      const scaled = load<f64>(hessians + ((<usize>row) << 3)) * hessianScale;
      hessian =
        (tree < 0 ? nearest<f64>(scaled) : floor<f64>(scaled + dither(row, <u32>tree))) * step + 1;
    }
    const pair = pairs + ((<usize>row) << 4);
    store<f64>(pair, gradient);
    store<f64>(pair, hessian, 8);
    gradientSum += gradient;
    hessianSum += hessian;
  }
  const out = <usize>argument(4) + ((<usize>chunk) << 4);
  store<f64>(out, gradientSum);
  store<f64>(out, hessianSum, 8);
}

/**
 * Σ of a leaf's hessians in finer steps than the histograms keep. Arguments: context, -, hessians,
 * table of leaves (start, end: i32), out (an f64 a leaf). Numbers: scale.
 */
export function sumLeaf(chunk: i32): void {
  const order = <usize>load<i32>(<usize>argument(0), CONTEXT_ROWS);
  const hessians = <usize>argument(2);
  const leaf = <usize>argument(3) + ((<usize>chunk) << 3);
  const end = load<i32>(leaf, 4);
  const scale = number(0);
  let sum: f64 = 0;
  for (let i = load<i32>(leaf); i < end; i++) {
    const row = <usize>load<u32>(order + ((<usize>i) << 2));
    sum += nearest<f64>(load<f64>(hessians + (row << 3)) * scale);
  }
  store<f64>(<usize>argument(4) + ((<usize>chunk) << 3), sum);
}
