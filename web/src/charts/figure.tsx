import { useId, useState, type ReactNode } from 'react';
import { useLanguage } from '../language.js';
import type { ChartTable } from './chart-table.js';
import { TableOfFigure } from './table-of-figure.js';

interface FigureProps {
  title: ReactNode;
  /** Unit, legend or hint beside the title. */
  note?: ReactNode;
  /** One sentence for those who cannot see the marks. */
  summary: string;
  table: ChartTable;
  children: ReactNode;
}

/** A titled figure that turns into its own table. */
export function Figure({ title, note, summary, table, children }: FigureProps) {
  const { t } = useLanguage();
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className="figure" aria-labelledby={`${id}-title`} aria-describedby={`${id}-summary`}>
      <figcaption className="figure-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {note && <span className="figure-note">{note}</span>}
        <button type="button" className="figure-switch" onClick={() => setAsTable(!asTable)}>
          {asTable
            ? t({ pt: 'ver como gráfico', en: 'see as a chart' })
            : t({ pt: 'ver como tabela', en: 'see as a table' })}
        </button>
      </figcaption>
      <p id={`${id}-summary`} className="hidden">
        {summary}
      </p>
      {asTable ? <TableOfFigure table={table} /> : children}
    </figure>
  );
}
