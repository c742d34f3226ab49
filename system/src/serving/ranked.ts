import { cellReader } from './score-rows.js';
import type { ScoreTable } from './score-table.js';

const ranked = new WeakMap<ScoreTable, Map<string, Uint32Array>>();

/**
 * All rows, the highest of a column first and the unknown last; without a column by what the model
 * said, segments as they come. Equals keep the order of the scoring. Sorted once for a scoring.
 */
export function rankedRows(table: ScoreTable, column: string | undefined): Uint32Array {
  let known = ranked.get(table);
  if (known === undefined) ranked.set(table, (known = new Map()));
  let rows = known.get(column ?? '');
  if (rows === undefined) known.set(column ?? '', (rows = sortedRows(table, column)));
  return rows;
}

function sortedRows(table: ScoreTable, column: string | undefined): Uint32Array {
  const rows = Uint32Array.from(table.value.keys());
  const worth = new Float64Array(rows.length).fill(-Infinity);
  if (column !== undefined) {
    const cell = cellReader(table, column);
    for (const row of rows) {
      const value = cell(row);
      if (typeof value === 'number') worth[row] = value;
    }
  } else if (table.manifest.segments.length === 0) worth.set(table.value);
  return rows.sort((a, b) => (worth[a] === worth[b] ? a - b : worth[b]! - worth[a]!));
}
