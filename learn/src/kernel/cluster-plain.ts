import { ARGUMENTS } from './arguments.js';
import type { Twin } from './engine.js';
import type { KernelMemory } from './memory.js';

/** The kernels of clustering in plain TypeScript: the oracle, and what runs without WebAssembly. */
export const clusterTwin: Twin = (memory) => {
  const operations = [nearestCentres, mixtureDensities, mixtureMoments];
  return (operation, chunk, thread) => operations[operation]!(memory, chunk, thread);
};

/** Points of a block. */
const BLOCK = 1000;

type Eight = [number, number, number, number, number, number, number, number];
const argumentsOf = ({ views: { i32 } }: KernelMemory): Eight =>
  Array.from(i32.subarray(ARGUMENTS, ARGUMENTS + 8), (one) => one >>> 0) as Eight;

/** See learn/assembly/cluster/nearest.ts. */
function nearestCentres(memory: KernelMemory, block: number): void {
  const { i32, f64 } = memory.views;
  const [valuesAt, weightsAt, dimensions, k, centresAt, normsAt, labelsAt, sumsAt] =
    argumentsOf(memory);
  const values = valuesAt / 8 + block * dimensions * BLOCK;
  const weights = weightsAt / 8 + block * BLOCK;
  const labels = labelsAt / 4 + block * BLOCK;
  const width = dimensions + 1;
  const sums = sumsAt / 8 + block * (k * width + 1);
  f64.fill(0, sums, sums + k * width + 1);
  let changed = 0;
  for (let row = 0; row < BLOCK; row++) {
    let least = Infinity;
    let label = 0;
    for (let c = 0; c < k; c++) {
      let sum = f64[normsAt / 8 + c]!;
      for (let d = 0; d < dimensions; d++)
        sum -= f64[centresAt / 8 + c * dimensions + d]! * f64[values + d * BLOCK + row]!;
      if (sum < least) {
        least = sum;
        label = c;
      }
    }
    if (i32[labels + row] !== label) changed++;
    i32[labels + row] = label;
    const weight = f64[weights + row]!;
    const own = sums + label * width;
    for (let d = 0; d < dimensions; d++) f64[own + d]! += weight * f64[values + d * BLOCK + row]!;
    f64[own + dimensions]! += weight;
  }
  f64[sums + k * width] = changed;
}

/** See learn/assembly/cluster/mixture.ts. */
function mixtureDensities(memory: KernelMemory, block: number): void {
  const { f64 } = memory.views;
  const [valuesAt, dimensions, k, factorsAt, shiftsAt, constantsAt, full, outAt] =
    argumentsOf(memory);
  const values = valuesAt / 8 + block * dimensions * BLOCK;
  const packed = full === 1 ? (dimensions * (dimensions + 1)) / 2 : dimensions;
  for (let c = 0; c < k; c++)
    for (let row = 0; row < BLOCK; row++) {
      let next = factorsAt / 8 + c * packed;
      let square = 0;
      for (let i = 0; i < dimensions; i++) {
        let sum = f64[shiftsAt / 8 + c * dimensions + i]!;
        for (let j = full === 1 ? 0 : i; j <= i; j++)
          sum -= f64[next++]! * f64[values + j * BLOCK + row]!;
        square += sum * sum;
      }
      f64[outAt / 8 + (block * k + c) * BLOCK + row] = f64[constantsAt / 8 + c]! + -0.5 * square;
    }
}

/** See learn/assembly/cluster/mixture.ts. */
function mixtureMoments(memory: KernelMemory, block: number, thread: number): void {
  const { f64 } = memory.views;
  const [valuesAt, dimensions, k, meansAt, full, sharesAt, outAt, scratchAt] = argumentsOf(memory);
  const values = valuesAt / 8 + block * dimensions * BLOCK;
  const scratch = scratchAt / 8 + thread * BLOCK;
  const packed = full === 1 ? (dimensions * (dimensions + 1)) / 2 : dimensions;
  for (let c = 0; c < k; c++) {
    const shares = sharesAt / 8 + (block * k + c) * BLOCK;
    const means = meansAt / 8 + c * dimensions;
    const out = outAt / 8 + (block * k + c) * (1 + dimensions + packed);
    let next = out + 1 + dimensions;
    f64[out] = strands((row) => f64[shares + row]!);
    for (let i = 0; i < dimensions; i++) {
      for (let row = 0; row < BLOCK; row++)
        f64[scratch + row] =
          f64[shares + row]! * (f64[values + i * BLOCK + row]! - f64[means + i]!);
      f64[out + 1 + i] = strands((row) => f64[scratch + row]!);
      for (let j = full === 1 ? 0 : i; j <= i; j++)
        f64[next++] = strands(
          (row) => f64[scratch + row]! * (f64[values + j * BLOCK + row]! - f64[means + j]!),
        );
    }
  }
}

/** A sum over a block in the order of the vector unit: eight strands, joined by pairs. */
function strands(of: (row: number) => number): number {
  const sums: Eight = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let row = 0; row < BLOCK; row++) sums[row % 8]! += of(row);
  const [a, b, c, d, e, f, g, h] = sums;
  return a + c + (e + g) + (b + d + (f + h));
}
