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

export function countKnown(values: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) count++;
  return count;
}

export function sortedKnown(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
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
