import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Role } from '../contract/common.js';
import { csvText } from '../contract/csv.js';
import type { Language } from '../contract/words.js';
import { inSession } from '../features/parallel.js';
import type { House } from '../ports/house.js';
import { newId } from '../store/ids.js';
import type { LoadedModel } from '../workspace/types.js';
import { cellAt, holdsNumbers, keyAt, moneyAt } from './score-rows.js';
import type { ScoreTable } from './score-table.js';
import { shownTo } from './shown.js';

type Cell = string | number | boolean | null;

/** A list to act on, as it leaves the house: its columns, and rows of cells. */
export interface ExportTable {
  columns: readonly { name: string; type: 'text' | 'number' }[];
  rows: readonly (readonly Cell[])[];
}

/** Columns that a list of a model's entities has for this role. */
export function columnsListed(role: Role, model: LoadedModel): string[] {
  const { columns = [], filters = [] } = model.declaration.page;
  return shownTo(role, model, [...new Set([...columns, ...filters])]);
}

/**
 * Rows of a scoring: key, segment or what the model said, money, the listed columns, and which
 * version said it of which day.
 */
export function listOf(
  table: ScoreTable,
  rows: readonly number[],
  { names, money }: { names: readonly string[]; money: string | undefined },
): ExportTable {
  const { keys, segments, version, cutoff } = table.manifest;
  const grouped = segments.length > 0;
  const listed = names.filter((name) => !keys.includes(name));
  // A column of the workspace keeps its name; ours steps aside.
  const free = (name: string) => (listed.concat(keys).includes(name) ? `tino_${name}` : name);
  const text = (name: string) => ({ name, type: 'text' as const });
  const number = (name: string) => ({ name, type: 'number' as const });
  return {
    columns: [
      ...keys.map(text),
      grouped ? text(free('segment')) : number(free('value')),
      number(free('money')),
      ...listed.map((name) => (holdsNumbers(table, name) ? number(name) : text(name))),
      number(free('version')),
      text(free('cutoff')),
    ],
    rows: rows.map((row) => [
      ...Object.values(keyAt(table, row)),
      grouped ? segments[table.value[row]!]! : table.value[row]!,
      moneyAt(table, money, row),
      ...listed.map((name) => cellAt(table, name, row)),
      version,
      cutoff,
    ]),
  };
}

/** As spreadsheets of the language read it. */
export const csvOf = ({ columns, rows }: ExportTable, language: Language): string =>
  csvText([columns.map(({ name }) => name), ...rows], language);

/** The file's bytes; nothing of it stays on disk. Numbers are DOUBLE, the rest VARCHAR. */
export async function parquetOf(house: House, { columns, rows }: ExportTable): Promise<Buffer> {
  const scratch = join(house.workspace.stateFolder, 'scratch');
  await mkdir(scratch, { recursive: true });
  const folder = await mkdtemp(join(scratch, 'export-'));
  try {
    const loaded = columns.map(({ name, type }, c) => ({
      name,
      type,
      values: valuesOf(rows, c, type),
    }));
    return await inSession(house, async (session) => {
      await session.load('tino_export', loaded);
      const { files } = await session.write('SELECT * FROM tino_export', folder, { name: 'list' });
      return readFile(files[0]!);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function valuesOf(rows: ExportTable['rows'], column: number, type: 'text' | 'number') {
  const cells = rows.map((row) => row[column] ?? null);
  return type === 'number'
    ? Float64Array.from(cells, (cell) => (cell === null ? NaN : Number(cell)))
    : cells.map((cell) => (cell === null ? null : String(cell)));
}

/** Who took a list out or read a page of it, and how long it was. */
export async function noteLeaving(
  { state, now }: House,
  {
    by,
    action,
    subject,
    rows,
  }: { by: string; action: 'export' | 'list'; subject: string; rows: number },
): Promise<void> {
  await state.query(
    `INSERT INTO audit (id, at, who, action, subject, detail)
     VALUES ($1, $2, $3, $4, $5, $6::jsonb)`,
    [newId('audit'), now(), by, action, subject, JSON.stringify({ rows })],
  );
}
