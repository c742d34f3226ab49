import type { Frame, Numbers } from '../../frame.js';
import type { Analogue } from '../forecaster.js';

/**
 * The rows of `known` nearest to one row of `asked` by Gower's distance (1971): a category is the
 * same or not, a number differs by its share of the range. A missing value counts as wholly
 * different. Equal distances keep the order of `keys`; without attributes every series is as near
 * as any other.
 */
export function nearest(
  known: Frame | undefined,
  keys: readonly string[],
  asked: { statics: Frame | undefined; index: number },
  count: number,
): Analogue[] {
  const distances = keys.map((key, row) => ({ key, distance: 0, row }));
  const columns = known?.columns ?? [];
  for (const column of columns) {
    const other = asked.statics?.columns.find(({ name }) => name === column.name);
    if (column.kind === 'category') {
      const code = other?.kind === 'category' ? other.codes[asked.index]! : -1;
      const level = other?.kind === 'category' ? other.levels[code] : undefined;
      for (const entry of distances)
        if (level === undefined || column.levels[column.codes[entry.row]!] !== level)
          entry.distance += 1 / columns.length;
      continue;
    }
    const value = other?.kind === 'number' ? other.values[asked.index]! : NaN;
    const range = rangeOf(column.values);
    for (const entry of distances) {
      const apart = Math.abs(column.values[entry.row]! - value);
      entry.distance +=
        (Number.isNaN(apart) ? 1 : range > 0 ? Math.min(1, apart / range) : 0) / columns.length;
    }
  }
  return distances
    .sort((a, b) => a.distance - b.distance || a.row - b.row)
    .slice(0, count)
    .map(({ key, distance }) => ({ key, distance }));
}

function rangeOf(values: Numbers): number {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
}
