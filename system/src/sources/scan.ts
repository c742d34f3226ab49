import { basename, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { TinoError } from '../contract/error.js';
import { EngineError } from '../engine/errors.js';
import type { Session } from '../engine/port.js';
import { identifier, literal } from '../engine/quote.js';
import type { Source } from '../workspace/types.js';
import { firstLine, transcode, verifyEncoding } from './encoding.js';
import { fileName, readHeader, requireColumns } from './header.js';

/** A file as a query that gives `tino_row` (from 1) and each declared column as text. */
export interface Scan {
  file: string;
  sql: string;
  /** Settles when the whole file was found to be in the encoding declared. */
  verified?: Promise<void>;
  /** Temporary table in which the engine leaves records that are not of the header's shape. */
  malformed?: string;
}

/**
 * Checks a file from outside and says how to read it; `scratch` holds what had to be transcoded.
 */
export async function scanFile(
  session: Session,
  source: Source,
  file: string,
  scratch: string,
): Promise<Scan> {
  return file.endsWith('.parquet')
    ? scanParquet(session, source, file)
    : scanText(source, file, scratch);
}

async function scanParquet(session: Session, source: Source, file: string): Promise<Scan> {
  const from = `read_parquet(${literal(file)}, hive_partitioning = false)`;
  const found = await session.describe(`SELECT * FROM ${from}`).catch((cause: unknown) => {
    throw unreadable(source, file, cause);
  });
  const names = found.map(({ name }) => name);
  requireColumns(source, file, names);
  const columns = Object.keys(source.columns).map(
    (name) => `CAST(${identifier(fileName(source, name))} AS VARCHAR) AS ${identifier(name)}`,
  );
  return {
    file,
    sql: `SELECT row_number() OVER () AS tino_row, ${columns.join(', ')} FROM ${from}`,
  };
}

async function scanText(source: Source, file: string, scratch: string): Promise<Scan> {
  try {
    // The engine reads the file at the same time; what it cannot read is told by this.
    const verified = verifyEncoding(source, file);
    // Heard by whoever waits for it, which may be later than it is said.
    verified.catch(() => undefined);
    const header = await headerOf(source, file).catch(async (cause: unknown) => {
      await verified;
      throw cause;
    });
    let path = file;
    const encoding = source.format?.encoding ?? 'utf-8';
    if (encoding !== 'utf-8') {
      await verified;
      path = join(scratch, `${randomUUID()}.csv`);
      await transcode(file, encoding, path);
    }
    const malformed = `tino_malformed_${randomUUID().replaceAll('-', '')}`;
    const raw = header.columns.map((_, index) => `${literal(`c${index}`)}: 'VARCHAR'`);
    const options = [
      'auto_detect = false',
      'header = false',
      'skip = 1',
      `delim = ${literal(header.delimiter)}`,
      `quote = '"'`,
      `escape = '"'`,
      `nullstr = ''`,
      `compression = ${path.endsWith('.gz') ? `'gzip'` : `'none'`}`,
      `columns = {${raw.join(', ')}}`,
      'store_rejects = true',
      `rejects_table = ${literal(malformed)}`,
      `rejects_scan = ${literal(`${malformed}_scan`)}`,
    ];
    const columns = Object.keys(source.columns).map((name) => {
      const index = header.columns.indexOf(fileName(source, name));
      return `c${index} AS ${identifier(name)}`;
    });
    const from = `read_csv(${literal(path)}, ${options.join(', ')})`;
    const sql = `SELECT row_number() OVER () AS tino_row, ${columns.join(', ')} FROM ${from}`;
    return { file, sql, malformed, verified };
  } catch (cause) {
    if (cause instanceof TinoError) throw cause;
    throw unreadable(source, file, cause);
  }
}

async function headerOf(source: Source, file: string) {
  const header = readHeader(source, file, await firstLine(source, file));
  requireColumns(source, file, header.columns);
  return header;
}

export function unreadable(source: Source, file: string, cause: unknown): TinoError {
  if (cause instanceof TinoError) return cause;
  const text =
    cause instanceof EngineError || cause instanceof Error ? cause.message : String(cause);
  const detail = text.split('\n')[0]!.replaceAll(file, basename(file));
  return new TinoError(
    'SOURCE_UNREADABLE',
    { source: source.id, file, detail },
    { where: file, cause },
  );
}
