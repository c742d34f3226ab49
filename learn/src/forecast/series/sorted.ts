/** How many of the ascending values are below one. */
export const lowerBound = (sorted: Float64Array, value: number): number =>
  countWhile(sorted, (other) => other < value);

/** How many of the ascending values are not above one. */
export const upperBound = (sorted: Float64Array, value: number): number =>
  countWhile(sorted, (other) => other <= value);

function countWhile(sorted: Float64Array, holds: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
