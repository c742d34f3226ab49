import { context } from '../kernel/boosting/layout.js';
import { chunkOf, chunksOf, operations } from '../kernel/boosting/operations.js';
import type { Workshop } from './workshop.js';

/** One tree's work: the rows to grow on, ascending, and derivatives by row; null hessians are all 1. */
export interface Job {
  rows: Int32Array;
  gradients: Float64Array;
  hessians: Float64Array | null;
  columns: readonly number[];
}

/** The sums of a tree's rows as the kernels keep them, and what one of each is worth. */
export interface Rounded {
  gradient: number;
  hessian: number;
  /** A leaf value of the kernels in units of the score; 1 unless gradients are huge or tiny. */
  valueUnit: number;
  /** Scale of hessians where leaves sum them up once more; 0 where every hessian is 1. */
  fineScale: number;
}

/** Whole numbers up to 2^52 are exact in a double; a bit is left for rounding. */
const BITS = 51;
/** From here on the hessian keeps so few bits beside the count of rows that its rounding is dithered. */
const DITHER_FROM = 2 ** 18;

/**
 * Rounds gradients and hessians to whole numbers whose sums are exact, hence the same in any order, by
 * any number of threads. Scales are powers of two. A hessian leaves its low bits to the count of rows.
 */
export function roundGradients(shop: Workshop, job: Job, tree: number): Rounded {
  const { engine, rules } = shop;
  const { i32, f64 } = engine.memory.views;
  const rows = job.rows.length;
  i32.set(job.rows, shop.rows / 4);
  const chunks = chunksOf(rows, chunkOf.gradients);
  const gradients = addressOf(shop, job.gradients);
  const hessians = job.hessians ? addressOf(shop, job.hessians) : 0;
  const args = [shop.context, gradients, hessians, rows, shop.sums];
  engine.run(operations.sumGradients, chunks, args);
  const size = totalOf(f64, shop.sums, chunks);
  const gradientScale = scaleFor(size.first, BITS);
  const countBits = job.hessians ? Math.ceil(Math.log2(rows + 1)) : 0;
  const hessianScale = scaleFor(size.second, BITS - countBits);
  const step = 2 ** countBits;
  const dithered = rows > DITHER_FROM ? tree : -1;
  const numbers = [gradientScale, hessianScale, step];
  engine.run(operations.roundGradients, chunks, [...args, dithered], numbers);
  const sums = totalOf(f64, shop.sums, chunks);
  // Squares of gradients must neither overflow nor vanish: sums far from 1 are brought to it.
  const isFar = size.first > 2 ** 400 || (size.first > 0 && size.first < 2 ** -400);
  const gradientUnit = isFar ? 2 ** -BITS : 1 / gradientScale;
  const valueUnit = 1 / gradientScale / gradientUnit;
  const { l1 = 0, maxDelta = 0 } = rules;
  const set = (field: number, value: number) => (f64[(shop.context + field) / 8] = value);
  set(context.gradientUnit, gradientUnit);
  set(context.hessianUnit, 1 / hessianScale);
  set(context.countShare, 1 / step);
  set(context.countStep, step);
  set(context.l1, l1 / valueUnit);
  set(context.maxDelta, maxDelta / valueUnit);
  set(context.minGain, rules.minGain / valueUnit / valueUnit);
  i32[(shop.context + context.unit) / 4] = job.hessians ? 0 : 1;
  return {
    gradient: sums.first,
    hessian: sums.second,
    valueUnit,
    fineScale: job.hessians ? scaleFor(size.second, BITS) : 0,
  };
}

/** The largest power of two by which a sum stays below 2^bits. */
function scaleFor(sum: number, bits: number): number {
  if (!(sum > 0)) return 1;
  const exponent = sum < Infinity ? Math.ceil(Math.log2(sum)) + 1 : 1024;
  return 2 ** Math.min(Math.max(bits - exponent, -1000), 1000);
}

/** Sums of pairs, in order. */
function totalOf(f64: Float64Array, address: number, chunks: number) {
  let first = 0;
  let second = 0;
  for (let chunk = 0; chunk < chunks; chunk++) {
    first += f64[address / 8 + 2 * chunk]!;
    second += f64[address / 8 + 2 * chunk + 1]!;
  }
  return { first, second };
}

/** Where a column lies that `makeGrower` gave out. */
export function addressOf({ engine }: Workshop, column: Float64Array): number {
  if (column.buffer !== engine.memory.views.f64.buffer)
    throw new RangeError('a column of gradients, hessians or scores is not one of the grower');
  return column.byteOffset;
}
