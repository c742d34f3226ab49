/** Mean of the known values; `NaN` when none is. */
export function meanKnown(values: ArrayLike<number>): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) continue;
    sum += values[i]!;
    count++;
  }
  return sum / count;
}

/** Mean size of the known values, 1 when it would be 0: what a series is divided by. */
export function scaleOf(values: ArrayLike<number>): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) continue;
    sum += Math.abs(values[i]!);
    count++;
  }
  return sum > 0 ? sum / count : 1;
}

/** Mean absolute seasonal difference, or that of steps where no season has passed; `NaN` of neither. */
export function changeOf(values: Float64Array, period: number): number {
  for (const lag of new Set([period, 1])) {
    let [sum, count] = [0, 0];
    for (let t = lag; t < values.length; t++) {
      const change = Math.abs(values[t]! - values[t - lag]!);
      if (Number.isNaN(change)) continue;
      sum += change;
      count++;
    }
    if (sum > 0) return sum / count;
  }
  return NaN;
}

export function countKnown(values: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) count++;
  return count;
}

export function sortedKnown(values: ArrayLike<number>): Float64Array {
  const sorted = new Float64Array(values).sort();
  // What is missing sorts last.
  let known = sorted.length;
  while (known > 0 && Number.isNaN(sorted[known - 1]!)) known--;
  return sorted.subarray(0, known);
}

/** Linear between the two nearest (type 7 of Hyndman and Fan, 1996); `NaN` when empty. */
export function quantileSorted(sorted: Float64Array, probability: number): number {
  if (sorted.length === 0) return NaN;
  const at = (sorted.length - 1) * probability;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}

export const medianKnown = (values: ArrayLike<number>): number =>
  quantileSorted(sortedKnown(values), 0.5);
