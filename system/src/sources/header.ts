import { TinoError } from '../contract/error.js';
import { nearest } from '../workspace/nearest.js';
import type { FileFormat, Source } from '../workspace/types.js';

type Delimiter = NonNullable<FileFormat['delimiter']>;
const delimiters: Delimiter[] = [',', ';', '\t', '|'];

export interface Header {
  delimiter: Delimiter;
  columns: string[];
}

/** The name that a declared column has in the file. */
export const fileName = (source: Source, column: string): string =>
  source.columns[column]!.from ?? column;

/** The delimiter is the declared one, or the one that gives most declared columns. */
export function readHeader(source: Source, file: string, line: string): Header {
  if (line.trim() === '') {
    throw new TinoError('SOURCE_EMPTY', { source: source.id, file }, { where: file });
  }
  const wanted = Object.keys(source.columns).map((column) => fileName(source, column));
  const matches = (delimiter: Delimiter) => {
    const columns = splitRecord(line, delimiter);
    return wanted.filter((name) => columns.includes(name)).length;
  };
  const best = [...delimiters].sort((a, b) => matches(b) - matches(a))[0]!;
  const declared = source.format?.delimiter;
  const columns = splitRecord(line, declared ?? best);
  if (declared && columns.length === 1 && wanted.length > 1) {
    const found = [...delimiters].sort(
      (a, b) => splitRecord(line, b).length - splitRecord(line, a).length,
    )[0]!;
    if (found !== declared) {
      const params = { source: source.id, file, found, expected: declared };
      throw new TinoError('SOURCE_DELIMITER', params, { where: `${file}:1` });
    }
  }
  return { delimiter: declared ?? best, columns };
}

/** Every declared column must be there by its name. */
export function requireColumns(source: Source, file: string, found: readonly string[]): void {
  for (const name of Object.keys(source.columns)) {
    const column = fileName(source, name);
    if (found.includes(column)) continue;
    const unused = found.filter(
      (other) => !Object.keys(source.columns).some((known) => fileName(source, known) === other),
    );
    const params = {
      source: source.id,
      column,
      file,
      found: found.join(', '),
      nearest: nearest(column, unused.length > 0 ? unused : found),
    };
    throw new TinoError('SOURCE_COLUMN_MISSING', params, { where: `${file}:1` });
  }
}

/** Fields of one CSV record (RFC 4180, section 2). */
export function splitRecord(line: string, delimiter: string): string[] {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const character = line[i]!;
    if (quoted) {
      if (character !== '"') field += character;
      else if (line[i + 1] === '"') field += line[++i]!;
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === delimiter) {
      fields.push(field.trim());
      field = '';
    } else field += character;
  }
  return [...fields, field.trim()];
}
