/** How a demand behaves (Syntetos, Boylan and Croston, 2005). */
export interface Demand {
  kind: 'smooth' | 'erratic' | 'intermittent' | 'lumpy' | 'none';
  /** Mean steps between demands; a demand at every step is 1. */
  interval: number;
  /** Squared coefficient of variation of the sizes of demands. */
  variation: number;
  /** Steps since the last demand, counted in mean intervals. */
  silence: number;
}

const INTERVAL_LIMIT = 1.32;
const VARIATION_LIMIT = 0.49;

/** Reads a series without missing values. */
export function demandOf(values: Float64Array): Demand {
  let count = 0;
  let sum = 0;
  let squares = 0;
  let last = -1;
  for (let t = 0; t < values.length; t++) {
    if (values[t] === 0) continue;
    count++;
    sum += values[t]!;
    squares += values[t]! ** 2;
    last = t;
  }
  if (count === 0) return { kind: 'none', interval: Infinity, variation: 0, silence: 0 };
  const interval = (last + 1) / count;
  const mean = sum / count;
  const variation = Math.max(0, squares / count / mean ** 2 - 1);
  const seldom = interval >= INTERVAL_LIMIT;
  const uneven = variation >= VARIATION_LIMIT;
  const kind = seldom ? (uneven ? 'lumpy' : 'intermittent') : uneven ? 'erratic' : 'smooth';
  return { kind, interval, variation, silence: (values.length - 1 - last) / interval };
}
