import type { Rng } from '../random.js';

/** An index with probability in proportion; uniform when all chances are 0. */
export function draw(chances: Float64Array, rng: Rng): number {
  let total = 0;
  for (let i = 0; i < chances.length; i++) total += chances[i]!;
  if (!(total > 0)) return rng.below(chances.length);
  let left = rng.next() * total;
  for (let i = 0; i < chances.length; i++) {
    left -= chances[i]!;
    if (left < 0) return i;
  }
  return chances.findLastIndex((chance) => chance > 0);
}
