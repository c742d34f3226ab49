import type { Language } from '@tino/system/contract';
import { CSV_MARK, csvLines, type CsvCell } from '@tino/system/contract/csv';

export interface CsvColumn<Row> {
  title: string;
  /** Plain value: numbers stay numbers, so that a sheet can add them. */
  value(row: Row): CsvCell;
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

/** The text of the file: titles, then a line per row. */
export const csvOf = <Row>(
  columns: CsvColumn<Row>[],
  rows: readonly Row[],
  language: Language,
): string =>
  CSV_MARK +
  csvLines(
    [
      columns.map(({ title }) => title),
      ...rows.map((row) => columns.map(({ value }) => value(row))),
    ],
    language,
  );
