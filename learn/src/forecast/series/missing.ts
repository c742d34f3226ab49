/** Index of the first known value; the length when none is. */
export function firstKnown(values: Float64Array): number {
  let first = 0;
  while (first < values.length && Number.isNaN(values[first]!)) first++;
  return first;
}

/** Index of the last known value; -1 when none is. */
export function lastKnown(values: Float64Array): number {
  let last = values.length - 1;
  while (last >= 0 && Number.isNaN(values[last]!)) last--;
  return last;
}

/** A copy with gaps bridged by a straight line; ends repeat the nearest known value. */
export function bridged(values: Float64Array): Float64Array {
  const filled = values.slice();
  let known = -1;
  for (let i = 0; i < filled.length; i++) {
    if (Number.isNaN(filled[i]!)) continue;
    const from = known < 0 ? filled[i]! : filled[known]!;
    for (let gap = known + 1; gap < i; gap++)
      filled[gap] = known < 0 ? from : from + ((filled[i]! - from) * (gap - known)) / (i - known);
    known = i;
  }
  if (known >= 0) filled.fill(filled[known]!, known + 1);
  return filled;
}
