import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** One simulated table. Rows may be generated while they are read, so they are read once. */
export interface Table {
  table: string;
  columns: string[];
  rows: Iterable<(string | number | null)[]>;
}

const CHUNK = 65_536;

/**
 * FOLDER/TABLE.csv for each table (UTF-8, comma, RFC 4180 quotes). The folder is written beside and
 * renamed into place, so an interrupted simulation leaves none. Answers the rows of all tables.
 */
export async function writeTables(tables: Iterable<Table>, folder: string): Promise<number> {
  const beside = `${folder}.part`;
  await rm(beside, { recursive: true, force: true });
  await mkdir(beside, { recursive: true });
  let rows = 0;
  for (const table of tables) rows += await writeTable(table, join(beside, `${table.table}.csv`));
  await rm(folder, { recursive: true, force: true });
  await rename(beside, folder);
  return rows;
}

async function writeTable({ columns, rows }: Table, file: string): Promise<number> {
  const stream = createWriteStream(file);
  let chunk = line(columns);
  let count = 0;
  for (const row of rows) {
    chunk += line(row);
    count++;
    if (chunk.length < CHUNK) continue;
    if (!stream.write(chunk)) await once(stream, 'drain');
    chunk = '';
  }
  stream.end(chunk);
  await once(stream, 'close');
  return count;
}

const line = (cells: readonly (string | number | null)[]) => `${cells.map(field).join(',')}\n`;

function field(cell: string | number | null): string {
  if (cell === null) return '';
  const text = String(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
