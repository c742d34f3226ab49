import type { Params } from '../contract/error.js';
import type { MessageCode } from '../contract/messages.js';
import type { Batch, Session } from '../engine/port.js';
import { identifier } from '../engine/quote.js';
import type { Source } from '../workspace/types.js';
import type { Check } from './checks.js';
import type { Scan } from './scan.js';

/** One row set aside. */
export interface Reject {
  /** Name of the file. */
  file: string;
  /** Row of data, from 1; of a malformed record, its line in the file. */
  row: number;
  code: Extract<MessageCode, `REJECT_${string}`>;
  params: Params;
}

/** How many rows one reason set aside, with the first as example. */
export interface RejectCount {
  code: Reject['code'];
  column: string | null;
  count: number;
  example: Params;
}

const MASKED = '•••';

/** Rows of `staged` whose `tino_failed` names the check that they broke. */
export async function brokenRows(
  session: Session,
  staged: string,
  source: Source,
  checks: readonly Check[],
): Promise<Reject[]> {
  const batch = await session.columns(
    `SELECT tino_file, tino_row, tino_failed, tino_bad FROM ${staged} WHERE tino_failed > 0
      ORDER BY 1, 2`,
  );
  const [file, row, failed, bad] = batch.columns.map((column) => column.values);
  return Array.from({ length: batch.rows }, (_, i) => {
    const check = checks[Number(failed![i]) - 1]!;
    const personal = check.masked || source.columns[check.column]!.personal === true;
    const value = personal ? MASKED : String(bad![i] ?? '').slice(0, 200);
    const params = check.code === 'REJECT_REQUIRED' ? check.params : { ...check.params, value };
    return { file: String(file![i]), row: Number(row![i]), code: check.code, params };
  });
}

/** Records with too few or too many fields, as the engine's reader lists them. */
export async function malformedRows(session: Session, scan: Scan, file: string): Promise<Reject[]> {
  if (scan.malformed === undefined) return [];
  const rows = await session.all(
    `SELECT line, any_value(error_message) AS detail FROM ${scan.malformed} GROUP BY line
      ORDER BY line`,
  );
  return rows.map(({ line, detail }) => ({
    file,
    row: Number(line) + 1,
    code: 'REJECT_MALFORMED',
    params: { detail: String(detail).split('\n')[0]! },
  }));
}

/** Rows that repeat a key already known at the same moment: `keyed` has them numbered. */
export async function duplicateRows(
  session: Session,
  keyed: string,
  source: Source,
): Promise<Reject[]> {
  if (source.key.length === 0) return [];
  const key = source.key.map((name) => `CAST(${identifier(name)} AS VARCHAR)`).join(`, ', ', `);
  const batch: Batch = await session.columns(
    `SELECT tino_file, tino_row, concat(${key}) FROM ${keyed} WHERE tino_copy > 1 ORDER BY 1, 2`,
  );
  const [file, row, text] = batch.columns.map((column) => column.values);
  return Array.from({ length: batch.rows }, (_, i) => ({
    file: String(file![i]),
    row: Number(row![i]),
    code: 'REJECT_DUPLICATE' as const,
    params: { key: String(text![i]) },
  }));
}

/** Reasons with their counts, the commonest first. */
export function countRejects(rejects: readonly Reject[]): RejectCount[] {
  const counts = new Map<string, RejectCount>();
  for (const { code, params } of rejects) {
    const column = typeof params['column'] === 'string' ? params['column'] : null;
    const name = `${code}/${column ?? ''}`;
    const found = counts.get(name);
    if (found) found.count++;
    else counts.set(name, { code, column, count: 1, example: params });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

/** Writes them as Parquet: file, row, code, params as JSON. */
export async function writeRejects(
  session: Session,
  rejects: readonly Reject[],
  folder: string,
  name: string,
): Promise<string[]> {
  if (rejects.length === 0) return [];
  await session.load('tino_rejects', [
    { name: 'file', type: 'text', values: rejects.map(({ file }) => file) },
    { name: 'row', type: 'integer', values: rejects.map(({ row }) => row) },
    { name: 'code', type: 'text', values: rejects.map(({ code }) => code) },
    { name: 'params', type: 'text', values: rejects.map(({ params }) => JSON.stringify(params)) },
  ]);
  const { files } = await session.write('SELECT * FROM tino_rejects', folder, { name });

  return files;
}
