/** Rows that went from one segment to another; −1 is absent: new, or gone. */
export interface Flow {
  from: number;
  to: number;
  count: number;
  /** Sum of their values after. */
  value: number;
}

export interface Migration {
  /** Segments of either moment, ascending. */
  segments: Int32Array;
  /** (segments + 1)², row-major from × to; the last row and column are absence. */
  counts: Float64Array;
  /** Of those present at both moments, the share in the same segment, 0..1; `NaN` for none. */
  stayed: number;
  /** Moves without those who stayed, the largest first. */
  flows: Flow[];
}

/**
 * Who moved between segments from one moment to the next.
 * @param previous by entity: segment ≥ 0, negative when absent
 * @param next of the same entities
 * @param values by entity, counted with the flows
 */
export function migration(
  previous: ArrayLike<number>,
  next: ArrayLike<number>,
  values?: ArrayLike<number>,
): Migration {
  const rows = previous.length;
  if (next.length !== rows || (values !== undefined && values.length !== rows))
    throw new RangeError(
      `previous has ${rows} rows, next ${next.length} and values ${values?.length ?? 'none'}`,
    );
  const used = new Set<number>();
  for (let row = 0; row < rows; row++)
    for (const label of [previous[row]!, next[row]!]) if (label >= 0) used.add(label);
  const segments = Int32Array.from(used).sort();
  const place = new Map(Array.from(segments, (segment, i) => [segment, i]));
  const size = segments.length + 1;
  const at = (label: number) => place.get(label) ?? size - 1;
  const counts = new Float64Array(size * size);
  const money = new Float64Array(size * size);
  for (let row = 0; row < rows; row++) {
    const cell = at(previous[row]!) * size + at(next[row]!);
    counts[cell]!++;
    money[cell]! += values?.[row] ?? 0;
  }
  let [same, both] = [0, 0];
  const flows: Flow[] = [];
  counts.forEach((count, cell) => {
    const [from, to] = [Math.floor(cell / size), cell % size];
    if (from < size - 1 && to < size - 1) {
      both += count;
      if (from === to) same += count;
    }
    if (from !== to && count > 0)
      flows.push({
        from: segments[from] ?? -1,
        to: segments[to] ?? -1,
        count,
        value: money[cell]!,
      });
  });
  flows.sort((a, b) => b.count - a.count || a.from - b.from || a.to - b.to);
  return { segments, counts, stayed: same / both, flows };
}
