import type { Batch, CodedBatch, Session } from '../engine/port.js';
import type { House } from '../ports/house.js';
import { atCutoff, defineAsOf } from './as-of.js';
import { attachHistories, openGround, sourcesNamed } from './ground.js';
import { inSession } from './parallel.js';
import { bound, checkStatement } from './statement.js';

export interface ReadAsOfOptions {
  allowPersonal?: readonly string[];
}

/** The result of an author's SQL over what was known at the start of `cutoff` (a local date). */
export const readAsOf = (
  house: House,
  part: string,
  file: string,
  sql: string,
  cutoff: string,
  options?: ReadAsOfOptions,
): Promise<Batch> =>
  askAsOf(house, { part, file, sql, cutoff }, (session, text) => session.columns(text), options);

/** The same with each text told once. */
export const readCodedAsOf = (
  house: House,
  part: string,
  file: string,
  sql: string,
  cutoff: string,
  options?: ReadAsOfOptions,
): Promise<CodedBatch> =>
  askAsOf(house, { part, file, sql, cutoff }, (session, text) => session.coded(text), options);

async function askAsOf<T>(
  house: House,
  { part, file, sql, cutoff }: { part: string; file: string; sql: string; cutoff: string },
  read: (session: Session, sql: string) => Promise<T>,
  { allowPersonal = [] }: ReadAsOfOptions = {},
): Promise<T> {
  const ground = await openGround(house, part);
  const sources = sourcesNamed(ground.part, [sql]);
  const names = sources.map(({ name }) => name);
  const statement = { file, sql: atCutoff(sql, cutoff) };
  return await inSession(house, async (session) => {
    await attachHistories(session, ground, sources, [sql]);
    await defineAsOf(session, ground.part, sources, cutoff, allowPersonal);
    await checkStatement(session, statement, names, ground.part);
    return await bound(statement, names, ground.part, () => read(session, statement.sql));
  });
}

/** A session that sees each ingested source of a part as it was known at the start of `cutoff`. */
export async function openAsOf<T>(
  house: House,
  part: string,
  cutoff: string,
  work: (session: Session) => Promise<T>,
  { allowPersonal = [] }: ReadAsOfOptions = {},
): Promise<T> {
  const ground = await openGround(house, part);
  const sources = Object.values(ground.part.sources).filter(({ id }) => ground.stored.has(id));
  return await inSession(house, async (session) => {
    await attachHistories(session, ground, sources, ['calendar local_holidays']);
    await defineAsOf(session, ground.part, sources, cutoff, allowPersonal);
    return await work(session);
  });
}
