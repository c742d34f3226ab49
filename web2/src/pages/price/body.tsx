import type { ModelAnswer, SuggestionsAnswer } from '@tino/system/contract';
import { useMemo, useState } from 'react';
import { useLanguage } from '../../language.js';
import { Empty } from '../../parts/empty.js';
import { Filters, useFilters } from '../../parts/filters.js';
import { columnLabel } from '../kinds/labels.js';
import { PriceBar } from './bar.js';
import { PriceList } from './list.js';
import { PricePanel } from './panel.js';
import { STATE_WORDS } from './states.js';

/** List at the left, the open item at the right, the verbs below. */
export function PriceBody({ model, answer }: { model: ModelAnswer; answer: SuggestionsAnswer }) {
  const { language, t } = useLanguage();
  const filters = useFilters();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const category = filters.value('category');
  const state = filters.value('state');
  const items = useMemo(
    () =>
      answer.items.filter(
        (item) =>
          (category === undefined || item.category === category) &&
          (state === undefined || item.state === state),
      ),
    [answer, category, state],
  );
  const open = items.find(({ id }) => id === filters.value('item')) ?? items[0];
  const marked = items.filter(({ id, state: now }) => now === 'waiting' && !left.has(id));
  const toggle = (id: string) =>
    setLeft((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  const different = <Value,>(values: Value[]) => [...new Set(values)];
  return (
    <>
      <Filters
        filters={[
          {
            name: 'category',
            label: columnLabel(model, 'category', language),
            options: different(answer.items.flatMap((item) => item.category ?? [])).map(
              (value) => ({
                value,
                label: value,
              }),
            ),
          },
          {
            name: 'state',
            label: t({ pt: 'Situação', en: 'State' }),
            options: different(answer.items.map((item) => item.state)).map((value) => ({
              value,
              label: STATE_WORDS[value][language],
            })),
          },
        ]}
      />
      {open ? (
        <>
          <div className="list-and-panel prices">
            <PriceList
              items={items}
              open={open.id}
              marked={new Set(marked.map(({ id }) => id))}
              onMark={toggle}
              onOpen={(id) => filters.set('item', id)}
            />
            <PricePanel key={open.id} model={model} suggestion={open} />
          </div>
          <PriceBar model={model} marked={marked} holdOut={answer.holdOut} />
        </>
      ) : (
        <Empty
          title={t({
            pt: 'Nenhum preço passa por estes filtros.',
            en: 'No price passes these filters.',
          })}
        />
      )}
    </>
  );
}
