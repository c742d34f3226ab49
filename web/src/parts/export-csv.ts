import type { Language } from '@tino/system/contract';

export interface CsvColumn<Row> {
  title: string;
  /** Plain value: numbers stay numbers, so that a sheet can add them. */
  value(row: Row): string | number | boolean | null | undefined;
}

/** Saves rows as CSV: `;` and decimal comma in Portuguese, `,` and point in English. */
export function exportCsv<Row>(
  name: string,
  columns: CsvColumn<Row>[],
  rows: readonly Row[],
  language: Language,
): void {
  const text = csvOf(columns, rows, language);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** The text of the file, with the mark by which spreadsheets read UTF-8. */
export function csvOf<Row>(
  columns: CsvColumn<Row>[],
  rows: readonly Row[],
  language: Language,
): string {
  const separator = language === 'pt' ? ';' : ',';
  const lines = [
    columns.map(({ title }) => quoted(title, separator)),
    ...rows.map((row) =>
      columns.map(({ value }) => quoted(written(value(row), language), separator)),
    ),
  ];
  return `\uFEFF${lines.map((line) => line.join(separator)).join('\r\n')}\r\n`;
}

function written(value: string | number | boolean | null | undefined, language: Language): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' && language === 'pt') return String(value).replace('.', ',');
  // A text that starts a formula would run in the spreadsheet of whoever opens the file.
  return typeof value === 'string' && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value);
}

const quoted = (text: string, separator: string) =>
  text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
