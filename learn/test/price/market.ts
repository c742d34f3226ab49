import type { Rng } from '../../src/index.js';

/** A count of the given mean; normal beyond 30. */
export function poisson(mean: number, rng: Rng): number {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * rng.normal()));
  let count = -1;
  for (let product = 1; product > Math.exp(-mean); count++) product *= 1 - rng.next();
  return Math.max(0, count);
}
