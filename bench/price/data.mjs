// Real data for price questions: read from TINO_DATA or from beside the repository, never kept in it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { top } from '../../scripts/common.mjs';

const folder = process.env.TINO_DATA ?? join(top, '..', 'shared', 'data');

export const present = (file) => existsSync(join(folder, file));
export const pathOf = (file) => join(folder, file);

/** Columns by name; of a gzipped CSV without quoted commas. */
export function readColumns(file, wanted) {
  const lines = gunzipSync(readFileSync(join(folder, file)))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  const names = lines[0].split(',').map((name) => name.replaceAll('"', ''));
  const places = wanted.map((name) => names.indexOf(name));
  const missing = wanted.filter((_, i) => places[i] < 0);
  if (missing.length > 0) throw new Error(`${file} has no column ${missing.join(', ')}`);
  const columns = wanted.map(() => Array.from({ length: lines.length - 1 }));
  for (let row = 1; row < lines.length; row++) {
    const fields = lines[row].split(',');
    for (let i = 0; i < places.length; i++) columns[i][row - 1] = fields[places[i]];
  }
  return Object.fromEntries(wanted.map((name, i) => [name, columns[i]]));
}
