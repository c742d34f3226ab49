import { nearest } from './nearest.js';

const words = new BigInt64Array(1);
const number = new Float64Array(words.buffer);

/** 2^k for a whole k from -1022 to 1023. */
function power(k: number): number {
  words[0] = BigInt(k + 1023) << 52n;
  return number[0]!;
}

const COEFFICIENTS = [
  479001600, 39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6, 2, 1, 1,
].map((factorial) => 1 / factorial);

/** The plain twin of learn/assembly/lib/exp.ts: the same bits, as `Math.exp` need not have. */
export function exp(x: number): number {
  if (x !== x) return x;
  const within = Math.min(Math.max(x, -700), 700);
  const k = nearest(within * Math.LOG2E);
  const r = within - k * 0.69314718036912381649 - k * 1.90821492927058770002e-10;
  let p = 1 / 6227020800;
  for (const coefficient of COEFFICIENTS) p = p * r + coefficient;
  return p * power(k);
}
