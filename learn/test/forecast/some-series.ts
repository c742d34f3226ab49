import {
  frame,
  categoryColumn,
  numberColumn,
  seeded,
  seriesSet,
  type SeriesSet,
} from '../../src/index.js';

/** Positive series of `period` 12 with trend, season and noise; attributes tell the level. */
export function someSeries(count: number, length: number, seed = 1): SeriesSet {
  const rng = seeded(seed);
  const list = Array.from({ length: count }, (_, i) => {
    const level = 50 + 20 * (i % 3);
    const values = Array.from(
      { length },
      (_, t) => level * (1 + 0.2 * Math.sin((2 * Math.PI * t) / 12)) + 0.3 * t + 2 * rng.normal(),
    );
    return { key: `series ${i}`, start: 24, values };
  });
  const kinds = list.map((_, i) => ['small', 'middle', 'large'][i % 3]);
  const statics = frame([
    categoryColumn('kind', kinds),
    numberColumn(
      'area',
      list.map((_, i) => 10 * (i % 3) + (i % 2)),
    ),
  ]);
  return { ...seriesSet(list, 12), statics };
}

/** The same set with series in another order. */
export function reordered(set: SeriesSet, order: readonly number[]): SeriesSet {
  const list = order.map((i) => ({
    key: set.keys[i]!,
    start: set.starts[i]!,
    values: set.values.slice(set.offsets[i], set.offsets[i + 1]),
  }));
  const columns = set.statics?.columns.map((column) =>
    column.kind === 'number'
      ? { ...column, values: Float64Array.from(order, (i) => column.values[i]!) }
      : { ...column, codes: Int32Array.from(order, (i) => column.codes[i]!) },
  );
  const statics = columns === undefined ? {} : { statics: frame(columns) };
  return { ...seriesSet(list, set.period), ...statics };
}

export function withValues(
  set: SeriesSet,
  change: (value: number, at: number) => number,
): SeriesSet {
  return { ...set, values: set.values.map(change) };
}
