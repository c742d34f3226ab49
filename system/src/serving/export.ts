import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '../contract/words.js';
import { inSession } from '../features/parallel.js';
import type { House } from '../ports/house.js';
import { newId } from '../store/ids.js';

type Cell = string | number | boolean | null;

/** A list to act on, as it leaves the house: names of columns and rows of cells. */
export interface ExportTable {
  header: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** `;` and a decimal comma in Portuguese, as spreadsheets there read them. */
export function csvOf({ header, rows }: ExportTable, language: Language): string {
  const separator = language === 'pt' ? ';' : ',';
  return [header, ...rows]
    .map((line) => line.map((cell) => field(cell, language)).join(separator))
    .join('\r\n');
}

function field(cell: Cell, language: Language): string {
  if (cell === null) return '';
  if (typeof cell === 'number')
    return language === 'pt' ? String(cell).replace('.', ',') : String(cell);
  const written = String(cell);
  // A spreadsheet runs a cell that begins like a formula.
  const safe = /^[=+\-@\t]/.test(written) ? `'${written}` : written;
  return /[";,\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The file's bytes; nothing of it stays on disk. A column of numbers is DOUBLE, another VARCHAR. */
export async function parquetOf(house: House, { header, rows }: ExportTable): Promise<Buffer> {
  const scratch = join(house.workspace.stateFolder, 'scratch');
  await mkdir(scratch, { recursive: true });
  const folder = await mkdtemp(join(scratch, 'export-'));
  try {
    const columns = header.map((name, c) => {
      const values = rows.map((row) => row[c] ?? null);
      const numbers = values.every((value) => value === null || typeof value === 'number');
      return numbers && values.some((value) => value !== null)
        ? {
            name,
            type: 'number' as const,
            values: Float64Array.from(values, (value) => (value === null ? NaN : Number(value))),
          }
        : {
            name,
            type: 'text' as const,
            values: values.map((value) => (value === null ? null : String(value))),
          };
    });
    return await inSession(house, async (session) => {
      await session.load('tino_export', columns);
      const { files } = await session.write('SELECT * FROM tino_export', folder, { name: 'list' });
      return readFile(files[0]!);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
