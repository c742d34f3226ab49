import type { ModelAnswer, ScoresAnswer } from '@tino/system/contract';
import { useState } from 'react';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { Empty } from '../../parts/empty.js';
import { useFilters } from '../../parts/filters.js';
import { nounOf } from '../kinds/labels.js';
import { ScoresBar } from './bar.js';
import { CalibrationFigure, CapacityFigure, SpreadFigure } from './figures.js';
import { WorkList } from './work-list.js';

interface BodyProps {
  model: ModelAnswer;
  answer: ScoresAnswer;
  onMore: (() => void) | null;
}

const CHOSEN_FIRST = 40;

/** Work list at the left; at the right how many fit, whether chances come true, and how they spread. */
export function ScoresBody({ model, answer, onMore }: BodyProps) {
  const [count, setCount] = useState(() => Math.min(CHOSEN_FIRST, answer.total));
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  if (answer.total === 0) return <NonePass model={model} />;
  const isMarked = (id: string, at: number) => at < count !== toggled.has(id);
  const mark = (id: string) =>
    setToggled((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  return (
    <>
      <div className="list-and-side">
        <WorkList model={model} answer={answer} isMarked={isMarked} onMark={mark} onMore={onMore} />
        <aside className="side">
          <CapacityFigure answer={answer} count={count} onCount={setCount} />
          <CalibrationFigure answer={answer} />
          <SpreadFigure model={model} answer={answer} />
        </aside>
      </div>
      <ScoresBar
        model={model}
        answer={answer}
        chosen={answer.items.filter(({ key }, at) => isMarked(Object.values(key).join('·'), at))}
      />
    </>
  );
}

function NonePass({ model }: { model: ModelAnswer }) {
  const { language, t } = useLanguage();
  const filters = useFilters();
  const nouns = nounOf(model, 2, language);
  return (
    <Empty title={t({ pt: `Nenhum dos ${nouns} passa.`, en: `No ${nouns} pass.` })}>
      <Button onClick={() => filters.clear(model.page.filters ?? [])}>
        {t({ pt: 'Tirar os filtros', en: 'Remove the filters' })}
      </Button>
    </Empty>
  );
}
