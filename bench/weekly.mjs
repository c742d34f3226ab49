// Simulated weekly sales: levels that wander, a season of a year, noise.
import { seeded } from '../learn/dist/src/index.js';

export const WEEKS = 104;
export const PERIOD = 52;
export const HORIZON = 13;

/** Two years of `count` series, one after another in one array; the first are the same for any count. */
export function weeklyValues(count) {
  const rng = seeded(9);
  const values = new Float64Array(count * WEEKS);
  for (let i = 0; i < count; i++) {
    let level = Math.exp(3 + rng.normal());
    const phase = rng.next() * 2 * Math.PI;
    for (let t = 0; t < WEEKS; t++) {
      level *= Math.exp(0.03 * rng.normal());
      const season = 1 + 0.3 * Math.sin((2 * Math.PI * t) / PERIOD + phase);
      values[i * WEEKS + t] = Math.max(0, level * season * (1 + 0.1 * rng.normal()));
    }
  }
  return values;
}
