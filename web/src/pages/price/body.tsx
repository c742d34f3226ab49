import type { ModelAnswer, SuggestionsAnswer } from '@tino/system/contract';
import { useState } from 'react';
import { useLanguage } from '../../language.js';
import { Empty } from '../../parts/empty.js';
import { Filters, useFilters } from '../../parts/filters.js';
import { openPanel } from '../kinds/open-panel.js';
import { PriceBar } from './bar.js';
import { PriceList } from './list.js';
import { PricePanel } from './panel.js';
import { useShown } from './use-shown.js';

/** List at the left, the open item at the right, the verbs below. */
export function PriceBody({ model, answer }: { model: ModelAnswer; answer: SuggestionsAnswer }) {
  const { t } = useLanguage();
  const filters = useFilters();
  const { items, offered } = useShown(model, answer.items);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const asked = items.find(({ id }) => id === filters.value('item'));
  const open = asked ?? items[0];
  // What is expected to gain starts marked; a trial that costs is the reader's choice.
  const marked = items.filter(
    ({ id, state, gain }) => state === 'waiting' && gain.value > 0 !== toggled.has(id),
  );
  const toggle = (id: string) =>
    setToggled((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  return (
    <>
      <Filters filters={offered} />
      {open ? (
        <>
          <div className="list-and-panel prices">
            <PriceList
              model={model}
              items={items}
              open={open.id}
              marked={new Set(marked.map(({ id }) => id))}
              onMark={toggle}
              onOpen={(id) => openPanel(filters, id)}
            />
            <PricePanel key={open.id} model={model} suggestion={open} asked={asked !== undefined} />
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
