import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { literal } from '../engine/quote.js';
import { inSession } from '../features/parallel.js';
import type { House } from '../ports/house.js';
import { findFiles } from '../sources/files.js';
import { scanFile } from '../sources/scan.js';
import { stage, STAGED } from '../sources/stage.js';
import { keyTextSql } from '../sources/suppression.js';
import type { Source } from '../workspace/types.js';
import type { Person } from './person.js';

/** A file of the business that still holds the person: it is theirs to mend, not ours. */
export interface Holder {
  source: string;
  /** Relative to the workspace. */
  file: string;
  rows: number;
}

export async function holdersOf(house: House, person: Person): Promise<Holder[]> {
  const holders: Holder[] = [];
  for (const source of Object.values(person.part.sources)) {
    const named = person.columns.every((name) => Object.hasOwn(source.columns, name));
    if (named) holders.push(...(await inFiles(house, person, source)));
  }
  return holders;
}

async function inFiles(house: House, person: Person, source: Source): Promise<Holder[]> {
  const { stateFolder, folder: home, zone } = house.workspace;
  const files = await findFiles(source, person.part.folder).catch(() => []);
  if (files.length === 0) return [];
  await mkdir(join(stateFolder, 'scratch'), { recursive: true });
  const scratch = await mkdtemp(join(stateFolder, 'scratch', 'erase-'));
  try {
    return await inSession(house, async (session) => {
      const holders: Holder[] = [];
      for (const file of files) {
        await stage(session, source, [await scanFile(session, source, file, scratch)], zone);
        const [count] = await session.all(
          `SELECT count(*) AS n FROM ${STAGED}
            WHERE ${keyTextSql(person.columns)} = ${literal(person.raw)}`,
        );
        const rows = Number(count!['n']);
        const path = relative(home, file);
        if (rows > 0)
          holders.push({
            source: source.id,
            file: path.startsWith('..') ? basename(file) : path,
            rows,
          });
      }
      return holders;
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
