import type { Language } from './words.js';

export type CsvCell = string | number | boolean | null | undefined;

/** The mark by which spreadsheets know UTF-8, in front of the first line. */
export const CSV_MARK = '\uFEFF';

/**
 * Rows of cells as the spreadsheets of a language read them: `;` and a decimal comma in Portuguese,
 * `,` and a point in English, every line ended (RFC 4180).
 */
export function csvLines(lines: readonly (readonly CsvCell[])[], language: Language): string {
  const separator = language === 'pt' ? ';' : ',';
  const written = lines.map((line) =>
    line.map((cell) => quoted(textOf(cell, language), separator)).join(separator),
  );
  return `${written.join('\r\n')}\r\n`;
}

/** Signs by which a spreadsheet takes a cell for a formula, after blanks too (OWASP, CSV injection). */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r]/;

function textOf(cell: CsvCell, language: Language): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') {
    if (!Number.isFinite(cell)) return '';
    return language === 'pt' ? String(cell).replace('.', ',') : String(cell);
  }
  const text = String(cell);
  return FORMULA.test(text) ? `'${text}` : text;
}

const quoted = (text: string, separator: string) =>
  text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
