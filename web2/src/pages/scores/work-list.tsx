import type { ModelAnswer, ScoredRow, ScoresAnswer } from '@tino/system/contract';
import { useMemo, useState } from 'react';
import { IntervalBand } from '../../charts/interval-band.js';
import { money, number, share, valueOf } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Predicted } from '../../parts/predicted.js';
import { cellOf, keyText } from '../kinds/cell.js';
import { capital, columnLabel, nounOf } from '../kinds/labels.js';
import { EntityDialog } from './entity-dialog.js';
import { ReasonsText } from './reasons-text.js';

interface WorkListProps {
  model: ModelAnswer;
  answer: ScoresAnswer;
  isMarked(id: string, at: number): boolean;
  onMark(id: string): void;
  onMore: (() => void) | null;
}

type Row = ScoredRow & { id: string; at: string; order: number };

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
  const columns = useColumns(model, answer, isMarked, onMark);
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

function useColumns(
  model: ModelAnswer,
  answer: ScoresAnswer,
  isMarked: WorkListProps['isMarked'],
  onMark: WorkListProps['onMark'],
): Column<Row>[] {
  const { language, t } = useLanguage();
  const { page } = model;
  const classify = model.task === 'classify';
  const mean = answer.expected / Math.max(1, answer.total);
  const most = Math.max(...answer.items.map(({ value }) => value), mean);
  const shown = (page.columns ?? []).slice(0, 1);
  const columns: Column<Row>[] = [
    {
      key: 'key',
      title: capital(nounOf(model, 1, language)),
      render: ({ key }) => <span className="name">{keyText(key)}</span>,
      sortValue: ({ id }) => id,
    },
    {
      key: 'value',
      title: classify ? t({ pt: 'Chance', en: 'Chance' }) : t({ pt: 'Previsto', en: 'Predicted' }),
      align: 'right',
      sortValue: ({ value }) => value,
      render: ({ value }) => (
        <strong>
          <Predicted>{valueOf(value, page.unit, language)}</Predicted>
        </strong>
      ),
    },
    {
      key: 'scale',
      title: (
        <>
          {t({ pt: 'média', en: 'mean' })} {valueOf(mean, page.unit, language)}
        </>
      ),
      wide: true,
      render: ({ value }) => (
        <IntervalBand
          from={0}
          to={most}
          lower={Math.min(value, mean)}
          upper={Math.max(value, mean)}
          value={value}
          mark={mean}
          width={68}
          label={`${share(value / Math.max(mean, 1e-9), language)} ${t({ pt: 'da média', en: 'of the mean' })}`}
        />
      ),
    },
    ...shown.map((column): Column<Row> => ({
      key: column,
      title: columnLabel(model, column, language),
      wide: true,
      align: typeof answer.items[0]?.columns[column] === 'number' ? 'right' : 'left',
      render: ({ columns: values }) => cellOf(values[column], language),
      sortValue: ({ columns: values }) => {
        const value = values[column];
        return typeof value === 'number' || typeof value === 'string' ? value : null;
      },
    })),
  ];
  if (page.money !== undefined && classify)
    columns.push({
      key: 'money',
      title: t({ pt: 'Em jogo', en: 'At stake' }),
      align: 'right',
      sortValue: (row) => row.money,
      render: (row) => (row.money === null ? '—' : money(row.money, language)),
    });
  if (answer.items.some(({ reasons }) => reasons.length > 0))
    columns.push({
      key: 'why',
      width: '44%',
      title: classify
        ? t({ pt: 'Por quê, em pontos', en: 'Why, in points' })
        : t({ pt: 'Por quê', en: 'Why' }),
      wide: true,
      render: ({ reasons, value }) => <ReasonsText reasons={reasons} model={model} value={value} />,
    });
  const checks: Column<Row> = {
    key: 'mark',
    title: <span className="hidden">{t({ pt: 'Marcar', en: 'Mark' })}</span>,
    width: '28px',
    render: ({ id, order }) => (
      <input
        type="checkbox"
        checked={isMarked(id, order)}
        aria-label={t({ pt: `marcar ${id}`, en: `mark ${id}` })}
        onClick={(event) => event.stopPropagation()}
        onChange={() => onMark(id)}
      />
    ),
  };
  return classify ? [checks, ...columns] : columns;
}
