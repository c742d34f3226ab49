import type { ModelAnswer, ScoredRow, ScoresAnswer } from '@tino/system/contract';
import { IntervalBand } from '../../charts/interval-band.js';
import { money, share, valueOf } from '../../format.js';
import { useLanguage } from '../../language.js';
import type { Column } from '../../parts/data-table.js';
import { Predicted } from '../../parts/predicted.js';
import { cellOf, keyText } from '../kinds/cell.js';
import { capital, columnLabel, nounOf, unitOf } from '../kinds/labels.js';
import { ReasonsText } from './reasons-text.js';

/** A scored row with its place in the list and its key as one text. */
export type Row = ScoredRow & { id: string; order: number };

interface ColumnsOptions {
  model: ModelAnswer;
  answer: ScoresAnswer;
  isMarked(id: string, at: number): boolean;
  onMark(id: string): void;
}

type Words = ReturnType<typeof useLanguage>;

/** Mark, key, value, place against the mean, one declared column, money and reasons. */
export function useColumns(options: ColumnsOptions): Column<Row>[] {
  const words = useLanguage();
  const { model, answer } = options;
  const classify = model.task === 'classify';
  return [
    ...(classify ? [markColumn(options, words)] : []),
    ...valueColumns(model, answer, words),
    ...(model.page.columns ?? []).slice(0, 1).map((name) => declaredColumn(name, options, words)),
    ...(classify && model.page.money !== undefined ? [moneyColumn(words)] : []),
    ...(answer.items.some(({ reasons }) => reasons.length > 0) ? [whyColumn(model, words)] : []),
  ];
}

const markColumn = ({ isMarked, onMark }: ColumnsOptions, { t }: Words): Column<Row> => ({
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
});

function valueColumns(model: ModelAnswer, answer: ScoresAnswer, words: Words): Column<Row>[] {
  const { language, t } = words;
  const { unit } = model.page;
  return [
    {
      key: 'key',
      title: capital(nounOf(model, 1, language)),
      render: ({ key }) => <span className="name">{keyText(key)}</span>,
      sortValue: ({ id }) => id,
    },
    {
      key: 'value',
      title:
        model.task === 'classify'
          ? t({ pt: 'Chance', en: 'Chance' })
          : t({ pt: 'Previsto', en: 'Predicted' }),
      align: 'right',
      sortValue: ({ value }) => value,
      render: ({ value }) => (
        <strong>
          <Predicted>{valueOf(value, unit, language)}</Predicted>
        </strong>
      ),
    },
    scaleColumn(model, answer, words),
  ];
}

function scaleColumn(
  model: ModelAnswer,
  answer: ScoresAnswer,
  { language, t }: Words,
): Column<Row> {
  const mean = answer.expected / Math.max(1, answer.total);
  const most = Math.max(...answer.items.map(({ value }) => value), mean);
  return {
    key: 'scale',
    title: `${t({ pt: 'média', en: 'mean' })} ${valueOf(mean, model.page.unit, language)}`,
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
  };
}

const declaredColumn = (
  name: string,
  { model, answer }: ColumnsOptions,
  { language }: Words,
): Column<Row> => ({
  key: name,
  title: columnLabel(model, name, language),
  wide: true,
  align: typeof answer.items[0]?.columns[name] === 'number' ? 'right' : 'left',
  render: ({ columns }) => cellOf(columns[name], language, unitOf(model, name)),
  sortValue: ({ columns }) => {
    const value = columns[name];
    return typeof value === 'number' || typeof value === 'string' ? value : null;
  },
});

const moneyColumn = ({ language, t }: Words): Column<Row> => ({
  key: 'money',
  title: t({ pt: 'Em jogo', en: 'At stake' }),
  align: 'right',
  sortValue: (row) => row.money,
  render: (row) => (row.money === null ? '—' : money(row.money, language)),
});

const whyColumn = (model: ModelAnswer, { t }: Words): Column<Row> => ({
  key: 'why',
  title:
    model.task === 'classify'
      ? t({ pt: 'Por quê, em pontos', en: 'Why, in points' })
      : t({ pt: 'Por quê', en: 'Why' }),
  width: '54%',
  wide: true,
  render: ({ reasons, value }) => <ReasonsText reasons={reasons} model={model} value={value} />,
});
