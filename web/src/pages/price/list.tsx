import type { ModelAnswer, Suggestion } from '@tino/system/contract';
import { priceOf } from '../../charts/price-ladder.js';
import { money, share } from '../../format.js';
import { useLanguage } from '../../language.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Predicted } from '../../parts/predicted.js';
import { STATE_WORDS } from './states.js';
import { whereOf } from './where.js';

interface PriceListProps {
  model: ModelAnswer;
  items: Suggestion[];
  open: string;
  marked: ReadonlySet<string>;
  onMark(id: string): void;
  onOpen(id: string): void;
}

/** Today, suggestion, change, worth a week and what decides; the largest gain first. */
export function PriceList({ model, items, open, marked, onMark, onOpen }: PriceListProps) {
  const { t } = useLanguage();
  return (
    <DataTable
      columns={useColumns(model, marked, onMark)}
      rows={items}
      rowKey={({ id }) => id}
      selected={open}
      caption={t({ pt: 'Sugestões de preço', en: 'Price suggestions' })}
      onOpen={({ id }) => onOpen(id)}
    />
  );
}

/** Where the rule says more than the state: a price that stays says why. */
const SAYS_WHY: ReadonlySet<Suggestion['state']> = new Set(['waiting', 'kept', 'shadow']);

const changes = ({ price, current }: Suggestion) => price !== current;

type Words = ReturnType<typeof useLanguage>;

function useColumns(
  model: ModelAnswer,
  marked: ReadonlySet<string>,
  onMark: (id: string) => void,
): Column<Suggestion>[] {
  const words = useLanguage();
  const { t, language } = words;
  return [
    {
      key: 'mark',
      title: <span className="hidden">{t({ pt: 'Marcar', en: 'Mark' })}</span>,
      width: '28px',
      render: ({ id, name, state }) => (
        <input
          type="checkbox"
          checked={marked.has(id)}
          disabled={state !== 'waiting'}
          aria-label={t({ pt: `marcar ${name}`, en: `mark ${name}` })}
          onClick={(event) => event.stopPropagation()}
          onChange={() => onMark(id)}
        />
      ),
    },
    {
      key: 'name',
      title: t({ pt: 'Item', en: 'Item' }),
      sortValue: ({ name }) => name,
      render: (item) => (
        <>
          <span className="name">{item.name}</span>{' '}
          <span className="where">{whereOf(model, item, language)}</span>
        </>
      ),
    },
    ...priceColumns(words),
    ...worthColumns(words),
  ];
}

const priceColumns = ({ language, t }: Words): Column<Suggestion>[] => [
  {
    key: 'today',
    title: t({ pt: 'Hoje', en: 'Today' }),
    align: 'right',
    sortValue: ({ current }) => current,
    render: ({ current }) => priceOf(current, language),
  },
  {
    key: 'price',
    title: t({ pt: 'Sugestão', en: 'Suggestion' }),
    align: 'right',
    sortValue: ({ price }) => price,
    render: (item) =>
      changes(item) && item.state !== 'kept' ? (
        <strong>
          <Predicted>{priceOf(item.price, language)}</Predicted>
        </strong>
      ) : (
        t({ pt: 'manter', en: 'keep' })
      ),
  },
  {
    key: 'change',
    title: t({ pt: 'Muda', en: 'Change' }),
    align: 'right',
    wide: true,
    sortValue: ({ price, current }) => price / current,
    render: (item) =>
      changes(item) ? share(item.price / item.current - 1, language, { sign: true }) : '',
  },
];

const worthColumns = ({ language, t }: Words): Column<Suggestion>[] => [
  {
    key: 'gain',
    title: t({ pt: 'Margem/semana', en: 'Margin/week' }),
    align: 'right',
    sortValue: ({ gain }) => gain.value,
    render: (item) =>
      changes(item) ? (
        <Predicted signed>{money(item.gain.value, language, { sign: true })}</Predicted>
      ) : (
        ''
      ),
  },
  {
    key: 'binding',
    title: t({ pt: 'O que decide', en: 'What decides' }),
    wide: true,
    sortValue: ({ binding }) => binding.says[language],
    render: ({ binding, state }) => (
      <span className="binding">
        {SAYS_WHY.has(state) ? binding.says[language] : STATE_WORDS[state][language]}
      </span>
    ),
  },
];
