/** The same data as the figure, in words and numbers: what a screen reader reads and Export writes. */
export interface ChartTable {
  columns: string[];
  rows: string[][];
}
