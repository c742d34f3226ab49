import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { TinoError } from '../contract/error.js';
import type { Session } from '../engine/port.js';
import { identifier, literal } from '../engine/quote.js';
import { inSession } from '../features/parallel.js';
import type { House } from '../ports/house.js';
import { findFiles } from '../sources/files.js';
import { scanFile } from '../sources/scan.js';
import { stage, STAGED } from '../sources/stage.js';
import { hasKey, keyTextSql } from '../sources/suppression.js';
import type { Source } from '../workspace/types.js';
import type { Person } from './person.js';

/** A file of the business that still holds the person: it is theirs to mend, not ours. */
export interface Holder {
  source: string;
  /** Relative to the workspace. */
  file: string;
  rows: number;
}

/** Files with rows of the person, and with rows that borrow their time from such rows. */
export async function holdersOf(house: House, person: Person): Promise<Holder[]> {
  const { stateFolder } = house.workspace;
  await mkdir(join(stateFolder, 'scratch'), { recursive: true });
  const scratch = await mkdtemp(join(stateFolder, 'scratch', 'erase-'));
  try {
    return await inSession(house, (session) => search({ house, session, person, scratch }));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Search {
  house: House;
  session: Session;
  person: Person;
  scratch: string;
}

async function search(at: Search): Promise<Holder[]> {
  const { part, entity, columns, raw } = at.person;
  const theirs = `${keyTextSql(columns)} = ${literal(raw)}`;
  const naming = (source: Source) => hasKey(part.entities[entity]!, Object.keys(source.columns));
  const holders: Holder[] = [];
  for (const source of Object.values(part.sources)) {
    if (naming(source)) {
      holders.push(...(await countIn(at, source, theirs)));
      continue;
    }
    const lender = source.timeOf && part.sources[source.timeOf.source]!;
    if (lender === undefined || !naming(lender)) continue;
    const on = source.timeOf!.on.map(identifier).join(', ');
    // Without its lender's files nothing tells whose the rows are.
    const lent = await filesOf(at, lender);
    if (lent.length === 0) continue;
    await stageFiles(at, lender, lent);
    await at.session.run(
      `CREATE OR REPLACE TEMP TABLE ${LENT} AS SELECT DISTINCT ${on} FROM ${STAGED} WHERE ${theirs}`,
    );
    holders.push(...(await countIn(at, source, `(${on}) IN (SELECT (${on}) FROM ${LENT})`)));
  }
  return holders;
}

const LENT = 'tino_lent';

async function countIn(at: Search, source: Source, where: string): Promise<Holder[]> {
  const holders: Holder[] = [];
  for (const file of await filesOf(at, source)) {
    await stageFiles(at, source, [file]);
    const [count] = await at.session.all(`SELECT count(*) AS n FROM ${STAGED} WHERE ${where}`);
    const rows = Number(count!['n']);
    const path = relative(at.house.workspace.folder, file);
    if (rows > 0)
      holders.push({
        source: source.id,
        file: path.startsWith('..') ? basename(file) : path,
        rows,
      });
  }
  return holders;
}

async function stageFiles(
  { house, session, scratch }: Search,
  source: Source,
  files: readonly string[],
): Promise<void> {
  const scans = [];
  for (const file of files) scans.push(await scanFile(session, source, file, scratch));
  await stage(session, source, scans, house.workspace.zone);
}

/** A source whose files are gone holds nobody; one that cannot be looked into is an error. */
async function filesOf({ person }: Search, source: Source): Promise<string[]> {
  try {
    return await findFiles(source, person.part.folder);
  } catch (cause) {
    if (cause instanceof TinoError && cause.code === 'SOURCE_FILE_MISSING') return [];
    throw cause;
  }
}
