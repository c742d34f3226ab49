import type { ModelAnswer, ScoresAnswer } from '@tino/system/contract';
import { useMemo, useState } from 'react';
import { number } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { DataTable } from '../../parts/data-table.js';
import { capital, nounOf } from '../kinds/labels.js';
import { type Row, useColumns } from './columns.js';
import { EntityDialog } from './entity-dialog.js';

interface WorkListProps {
  model: ModelAnswer;
  answer: ScoresAnswer;
  isMarked(id: string, at: number): boolean;
  onMark(id: string): void;
  onMore: (() => void) | null;
}

/** One line per entity, whom to contact first on top, with the reasons in points. */
export function WorkList({ model, answer, isMarked, onMark, onMore }: WorkListProps) {
  const { language, t } = useLanguage();
  const [open, setOpen] = useState<Row | null>(null);
  const rows = useMemo(
    () =>
      answer.items.map((item, order) => ({
        ...item,
        order,
        id: Object.values(item.key).join('·'),
      })),
    [answer],
  );
  const columns = useColumns({ model, answer, isMarked, onMark });
  return (
    <section className="work-list">
      <div className="section-head">
        <h2 className="section-title">
          {model.task === 'classify'
            ? t({
                pt: 'Por quem começar, da maior chance para a menor',
                en: 'Whom to start with, highest chance first',
              })
            : t({ pt: 'Um por um', en: 'One by one' })}
        </h2>
        <span className="figure-note">
          {number(rows.length, language)} {t({ pt: 'de', en: 'of' })}{' '}
          {number(answer.total, language)}{' '}
          <span className="wide-only">
            · {t({ pt: 'J e K andam, Enter abre', en: 'J and K move, Enter opens' })}
          </span>
        </span>
      </div>
      <DataTable
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        caption={capital(nounOf(model, 2, language))}
        onOpen={(row) => setOpen(row)}
      />
      {onMore && <Button onClick={onMore}>{t({ pt: 'Mostrar mais', en: 'Show more' })}</Button>}
      {open && <EntityDialog model={model} row={open} onClose={() => setOpen(null)} />}
    </section>
  );
}
