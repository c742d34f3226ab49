import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Role } from '../contract/common.js';
import { CSV_MARK, csvLines } from '../contract/csv.js';
import type { Language } from '../contract/words.js';
import type { LoadColumn } from '../engine/port.js';
import { inSession } from '../features/parallel.js';
import type { House } from '../ports/house.js';
import { newId } from '../store/ids.js';
import type { LoadedModel } from '../workspace/types.js';
import { cellReader, holdsNumbers, moneyReader } from './score-rows.js';
import type { ScoreTable } from './score-table.js';
import { shownTo } from './shown.js';

type Cell = string | number | boolean | null;

/** A list to act on, as it leaves the house: its columns, and rows of cells. */
export interface ExportTable {
  columns: readonly { name: string; type: 'text' | 'number' }[];
  count: number;
  /** Cells of a row, made when asked for: a long list is never whole in memory as cells. */
  row(at: number): readonly Cell[];
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
  const cells = [...keys, ...listed].map((name) => cellReader(table, name));
  const worth = moneyReader(table, money);
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
    count: rows.length,
    row(at) {
      const row = rows[at]!;
      const said = table.value[row]!;
      return [
        ...cells.slice(0, keys.length).map((cell) => cell(row)),
        grouped ? segments[said]! : said,
        worth(row),
        ...cells.slice(keys.length).map((cell) => cell(row)),
        version,
        cutoff,
      ];
    },
  };
}

const CHUNK_ROWS = 500;

/** The file in pieces, as spreadsheets of the language read it; others are served between two. */
export async function* csvOf(table: ExportTable, language: Language): AsyncGenerator<string> {
  const { columns, count } = table;
  yield CSV_MARK + csvLines([columns.map(({ name }) => name)], language);
  for (let start = 0; start < count; start += CHUNK_ROWS) {
    const rows = Math.min(CHUNK_ROWS, count - start);
    const lines = Array.from({ length: rows }, (_, i) => table.row(start + i));
    yield csvLines(lines, language);
    await setImmediate();
  }
}

/** The file's bytes; nothing of it stays on disk. Numbers are DOUBLE, the rest VARCHAR. */
export async function parquetOf(house: House, table: ExportTable): Promise<Buffer> {
  const scratch = join(house.workspace.stateFolder, 'scratch');
  await mkdir(scratch, { recursive: true });
  const folder = await mkdtemp(join(scratch, 'export-'));
  try {
    const columns = await columnsOf(table);
    return await inSession(house, async (session) => {
      await session.load('tino_export', columns);
      const { files } = await session.write('SELECT * FROM tino_export', folder, { name: 'list' });
      return readFile(files[0]!);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function columnsOf({ columns, count, row }: ExportTable): Promise<LoadColumn[]> {
  const loaded = columns.map(({ name, type }) =>
    type === 'number'
      ? { name, type, values: new Float64Array(count) }
      : { name, type, values: Array.from<string | null>({ length: count }) },
  );
  for (let at = 0; at < count; at++) {
    row(at).forEach((cell, c) => {
      const column = loaded[c]!;
      if (column.type === 'number') column.values[at] = cell === null ? NaN : Number(cell);
      else column.values[at] = cell === null ? null : String(cell);
    });
    if (at % CHUNK_ROWS === CHUNK_ROWS - 1) await setImmediate();
  }
  return loaded;
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
