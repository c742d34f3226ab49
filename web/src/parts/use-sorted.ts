import { useMemo, useState } from 'react';

export interface Sorting {
  key: string;
  direction: 'ascending' | 'descending';
}

interface Sortable<Row> {
  key: string;
  sortValue?(row: Row): string | number | null;
}

const collator = new Intl.Collator('pt-BR', { numeric: true });

/** Rows in the order of the chosen column: first descending, then ascending, then as they came. */
export function useSorted<Row>(rows: readonly Row[], columns: Sortable<Row>[]) {
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const sorted = useMemo(() => {
    const valueOf = columns.find(({ key }) => key === sorting?.key)?.sortValue;
    if (sorting === null || valueOf === undefined) return rows;
    const sign = sorting.direction === 'ascending' ? 1 : -1;
    return rows.toSorted((a, b) => compare(valueOf(a), valueOf(b), sign));
  }, [rows, columns, sorting]);
  const sort = (key: string) => setSorting((now) => nextSorting(now, key));
  return { sorted, sorting, sort };
}

function nextSorting(now: Sorting | null, key: string): Sorting | null {
  if (now?.key !== key) return { key, direction: 'descending' };
  return now.direction === 'descending' ? { key, direction: 'ascending' } : null;
}

/** What is missing stays at the end, whichever the direction. */
function compare(a: string | number | null, b: string | number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return (
    sign *
    (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(`${a}`, `${b}`))
  );
}
