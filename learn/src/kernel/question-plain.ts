import type { Views } from './memory.js';

/**
 * What a row answers to the question at an address: its threshold (f64) or the address of a set of bins
 * (i32). `where` leads from the row in its group to the column's value; below zero, to a bin.
 */
export function isLeft({ i32, f64 }: Views, question: number, where: number, row: number): boolean {
  const at = row + (where & 0x7fffffff);
  if (where >= 0) return f64[at / 8]! <= f64[question / 8]!;
  const bin = i32[at / 4]!;
  return ((i32[i32[question / 4]! / 4 + (bin >> 5)]! >>> (bin & 31)) & 1) === 1;
}
