import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { TinoError } from '../contract/error.js';
import type { Source } from '../workspace/types.js';

/** What is remembered of a file, to tell without reading it that it is the same. */
export interface FileMark {
  /** Relative to the part's folder. */
  path: string;
  size: number;
  modified: number;
  sha256: string;
}

/** Files of a source, sorted; a pattern without any is an error. */
export async function findFiles(source: Source, folder: string): Promise<string[]> {
  const found = await Promise.all(source.files.map((pattern) => expand(folder, pattern)));
  const files = [...new Set(found.flat())].sort();
  const empty = source.files.filter((_, index) => found[index]!.length === 0);
  if (empty.length > 0 || files.length === 0) {
    const missing = {
      source: source.id,
      files: (empty.length > 0 ? empty : source.files).join(', '),
    };
    throw new TinoError('SOURCE_FILE_MISSING', missing, { where: missing.files });
  }
  return files;
}

/** `*` and `?` stay in a folder, `**` crosses folders. */
async function expand(folder: string, pattern: string): Promise<string[]> {
  const full = isAbsolute(pattern) ? pattern : resolve(folder, pattern);
  if (!/[*?]/.test(pattern)) return existsSync(full) ? [full] : [];
  const steps = full.split(sep);
  const fixed = steps
    .slice(
      0,
      steps.findIndex((step) => /[*?]/.test(step)),
    )
    .join(sep);
  const matches = globPattern(full);
  const entries = await readdir(fixed, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => matches.test(file));
}

function globPattern(glob: string): RegExp {
  const source = glob.replace(/\*\*\/|\*\*|[*?]|[.+^${}()|[\]\\]/g, (token) => {
    if (token === '**/') return '(?:[^/]+/)*';
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    return token === '?' ? '[^/]' : `\\${token}`;
  });
  return new RegExp(`^${source}$`);
}

/** Marks of files; contents are hashed again only where size or time of change differ. */
export async function markFiles(
  files: readonly string[],
  folder: string,
  previous: readonly FileMark[],
): Promise<FileMark[]> {
  const known = new Map(previous.map((mark) => [mark.path, mark]));
  return Promise.all(
    files.map(async (file) => {
      const { size, mtimeMs: modified } = await stat(file);
      const path = relative(folder, file);
      const before = known.get(path);
      if (before?.size === size && before.modified === modified) return before;
      return { path, size, modified, sha256: await hashFile(file) };
    }),
  );
}

export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
