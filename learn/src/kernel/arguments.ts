import type { Views } from './memory.js';

/** So many numbers. */
export type Tuple<N extends number, T extends number[] = []> = T['length'] extends N
  ? T
  : Tuple<N, [...T, number]>;

/** Where the control block keeps what an operation is given: see learn/assembly/lib/team.ts. */
export const ARGUMENTS = 64 / 4;
const NUMBERS = 256 / 8;

export function putArguments(
  { i32, f64 }: Views,
  args: readonly number[],
  numbers: readonly number[],
): void {
  for (let i = 0; i < args.length; i++) i32[ARGUMENTS + i] = args[i]!;
  for (let i = 0; i < numbers.length; i++) f64[NUMBERS + i] = numbers[i]!;
}

/** The first `count` arguments: addresses and whole numbers. */
export const argumentsOf = ({ i32 }: Views, count: number): Int32Array =>
  i32.subarray(ARGUMENTS, ARGUMENTS + count);

/** The same, to be taken apart by name. */
export const takeArguments = <N extends number>(views: Views, count: N): Tuple<N> =>
  Array.from(argumentsOf(views, count)) as Tuple<N>;

/** The first `count` numbers. */
export const numbersOf = ({ f64 }: Views, count: number): Float64Array =>
  f64.subarray(NUMBERS, NUMBERS + count);
