import { permutation, type Rng } from '../random.js';

const COMPARED_MAX = 50_000;

/**
 * Points on which several starts are compared, for the best to go on with all (Bradley and Fayyad,
 * 1998), in their order; undefined where all of them are few enough for that.
 */
export const comparedRows = (rows: number, starts: number, rng: Rng): Int32Array | undefined =>
  rows > COMPARED_MAX && starts > 1
    ? permutation(rows, rng.fork('compared')).subarray(0, COMPARED_MAX).sort()
    : undefined;
