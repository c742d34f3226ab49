import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { TinoError } from '../contract/error.js';
import type { FeatureView } from './types.js';

const rhythms = ['cutoff', 'day', 'week', 'month'] as const;

/** Each `features/NAME.sql` of a folder, with what its top comment lines declare. */
export async function readViews(
  folder: string,
  part: string,
  root: string,
  problems: TinoError[],
): Promise<Record<string, FeatureView>> {
  const names = await readdir(join(folder, 'features')).catch(() => []);
  const views: Record<string, FeatureView> = {};
  for (const entry of names.filter((name) => name.endsWith('.sql')).sort()) {
    const file = relative(root, join(folder, 'features', entry));
    const sql = await readFile(join(folder, 'features', entry), 'utf8');
    const name = entry.slice(0, -'.sql'.length);
    const header = readHeader(sql);
    const build = rhythms.find((rhythm) => rhythm === (header['build'] ?? 'cutoff'));
    if (header['entity'] === undefined) {
      problems.push(
        invalid(file, '-- entity', undefined, 'a comment line such as -- entity: client'),
      );
    } else if (build === undefined) {
      problems.push(invalid(file, '-- build', header['build'], rhythms.join(' | ')));
    } else {
      const id = part === '' ? name : `${part}/${name}`;
      views[name] = { id, part, name, entity: header['entity'], build, file, sql };
    }
  }
  return views;
}

/** `-- name: value` of the comment lines before the statement. */
function readHeader(sql: string): Record<string, string> {
  const header: Record<string, string> = {};
  for (const line of sql.split('\n')) {
    if (line.trim() !== '' && !line.trimStart().startsWith('--')) break;
    const found = /^\s*--\s*(\w+)\s*:\s*(\S+)\s*$/.exec(line);
    if (found) header[found[1]!] = found[2]!;
  }
  return header;
}

const invalid = (file: string, path: string, value: string | undefined, expected: string) =>
  new TinoError(
    'CONFIG_INVALID',
    { file, path, value: value ?? 'undefined', expected },
    { where: `${file}:1` },
  );
