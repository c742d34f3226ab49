import { TinoError } from '../contract/error.js';
import { EngineError } from '../engine/errors.js';
import type { ColumnInfo, Session } from '../engine/port.js';
import type { Part } from '../workspace/types.js';
import { namesIn } from '../workspace/words.js';
import { CALENDAR, LOCAL_HOLIDAYS } from './ground.js';

/** A text of the author's, with the file that errors name. */
export interface Statement {
  file: string;
  sql: string;
}

/**
 * Refuses a statement that reads anything but `allowed` views, a clock, chance or the outside
 * world, as told by its parsed tree; then binds it.
 *
 * @returns its columns
 */
export async function checkStatement(
  session: Session,
  statement: Statement,
  allowed: readonly string[],
  part: Part,
): Promise<ColumnInfo[]> {
  const { file, sql } = statement;
  const known = [...allowed, ...[CALENDAR, LOCAL_HOLIDAYS].filter((name) => !part.sources[name])];
  const reading = await session.tables(sql);
  const unparsed = reading.refusals.find((why) => why.startsWith('does not parse'));
  if (unparsed === undefined) {
    const names = new Set(known.map((name) => name.toLowerCase()));
    const raw = reading.tables.find((table) => !names.has(table.toLowerCase()));
    if (raw !== undefined) {
      const params = { file, name: raw, known: known.join(', ') };
      throw new TinoError('SQL_READS_RAW', params, { where: file });
    }
    if (reading.refusals.length > 0) {
      throw new TinoError('SQL_REFUSED', { file, name: reading.refusals[0]! }, { where: file });
    }
  }
  return bound(statement, known, part, () => session.describe(sql));
}

/**
 * Runs `work` over a statement; what the engine says becomes an error with the author's file and
 * line.
 */
export async function bound<T>(
  { file, sql }: Statement,
  known: readonly string[],
  part: Part,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof EngineError) || cause.code === 'INTERRUPTED') throw cause;
    const line = cause.line ?? 1;
    const where = `${file}:${line}`;
    const personal = personalNamed(part, sql).find((column) =>
      cause.message.includes(`"${column}"`),
    );
    if (personal !== undefined) {
      throw new TinoError('PERSONAL_COLUMN', { file, column: personal }, { where, cause });
    }
    const detail = cause.message.split('\n')[0]!.replace(/ \(line \d+, column \d+\)$/, '');
    const params = { file, line, detail, known: known.join(', ') };
    throw new TinoError('SQL_DOES_NOT_BIND', params, { where, cause });
  }
}

const personalNamed = (part: Part, sql: string): string[] =>
  namesIn(
    [sql],
    Object.values(part.sources).flatMap(({ columns }) =>
      Object.keys(columns).filter((name) => columns[name]!.personal),
    ),
  );

/** Each of `columns` must be among those that a statement gives. */
export function requireColumns(
  file: string,
  found: readonly ColumnInfo[],
  columns: readonly string[],
): void {
  const names = found.map(({ name }) => name);
  const missing = columns.find((column) => !names.includes(column));
  if (missing === undefined) return;
  const params = { file, column: missing, found: names.join(', ') };
  throw new TinoError('SQL_COLUMNS', params, { where: file });
}
