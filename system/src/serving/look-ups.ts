import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { House } from '../ports/house.js';
import { openLineLog, type LineLog } from './line-log.js';

/** Someone looked at one person: by pseudonym where the key is personal. */
export interface LookUp {
  at: string;
  /** Name of the key or session. */
  by: string;
  model: string;
  key: Record<string, string>;
  /** Columns that were shown. */
  fields: string[];
}

export type LookUpLog = LineLog<LookUp>;

export const openLookUpLog = (house: House): LookUpLog => openLineLog(house, 'look-ups');

/** Look-ups of all processes, the newest first; those of the last second may still be missing. */
export async function listLookUps(
  { workspace }: Pick<House, 'workspace'>,
  { limit, key }: { limit: number; key?: string | undefined },
): Promise<LookUp[]> {
  const folder = join(workspace.stateFolder, 'log', 'look-ups');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.jsonl'));
  const found: LookUp[] = [];
  // A day's files are read together: processes write side by side.
  for (const day of [...new Set(names.map((name) => name.slice(0, 10)))].sort().reverse()) {
    const own = names.filter((name) => name.startsWith(day));
    const texts = await Promise.all(own.map((name) => readFile(join(folder, name), 'utf8')));
    const lines = texts.flatMap((text) => text.split('\n').flatMap(lookUpOf));
    const wanted = lines.filter(
      (line) => key === undefined || Object.values(line.key).join(',') === key,
    );
    found.push(...wanted.sort((a, b) => (a.at < b.at ? 1 : -1)));
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
}

/** The last line may have been cut by a crash. */
function lookUpOf(line: string): LookUp[] {
  try {
    return [JSON.parse(line) as LookUp];
  } catch {
    return [];
  }
}
