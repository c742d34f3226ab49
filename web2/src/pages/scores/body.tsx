import type { ModelAnswer, ScoresAnswer } from '@tino/system/contract';
import { useState } from 'react';
import { CapacityChart, tableOfCapacity } from '../../charts/capacity-chart.js';
import { capturedAt } from '../../charts/captured-at.js';
import { CalibrationTable, tableOfCalibration } from '../../charts/calibration.js';
import { Figure } from '../../charts/figure.js';
import { Histogram, tableOfHistogram } from '../../charts/histogram.js';
import { number, share } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { Empty } from '../../parts/empty.js';
import { useFilters } from '../../parts/filters.js';
import { nounOf } from '../kinds/labels.js';
import { CapacityCounts } from './counts.js';
import { ScoresBar } from './bar.js';
import { WorkList } from './work-list.js';

interface BodyProps {
  model: ModelAnswer;
  answer: ScoresAnswer;
  onMore: (() => void) | null;
}

const CHOSEN_FIRST = 40;

/** Work list at the left; at the right how many fit, whether chances come true, and how they spread. */
export function ScoresBody({ model, answer, onMore }: BodyProps) {
  const { language, t } = useLanguage();
  const filters = useFilters();
  const [count, setCount] = useState(() => Math.min(CHOSEN_FIRST, answer.total));
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const { items, total, capacity, calibration, histogram } = answer;
  const contacted = total === 0 ? 0 : Math.min(1, count / total);
  const nouns = nounOf(model, 2, language);
  if (total === 0)
    return (
      <Empty
        title={t({
          pt: `Nenhum dos ${nouns} passa por estes filtros.`,
          en: `No ${nouns} pass these filters.`,
        })}
      >
        <Button onClick={() => filters.clear(model.page.filters ?? [])}>
          {t({ pt: 'Tirar os filtros', en: 'Remove the filters' })}
        </Button>
      </Empty>
    );
  const captured = share(capturedAt(capacity, contacted), language);
  const says = t({
    pt: `${number(count, language)} contatos: ${captured} dos casos`,
    en: `${number(count, language)} contacts: ${captured} of the cases`,
  });
  const mark = (id: string) =>
    setToggled((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  return (
    <>
      <div className="list-and-side">
        <WorkList
          model={model}
          answer={answer}
          isMarked={(id, at) => at < count !== toggled.has(id)}
          onMark={mark}
          onMore={onMore}
        />
        <aside className="side">
          {capacity.length > 0 && (
            <Figure
              title={t({
                pt: 'Quantos contatos cabem na semana?',
                en: 'How many contacts fit the week?',
              })}
              note={t({ pt: 'arraste o marcador ou use ← →', en: 'drag the mark or use ← →' })}
              summary={says}
              table={tableOfCapacity(capacity, language)}
            >
              <CapacityChart
                capacity={capacity}
                contacted={contacted}
                says={says}
                onChange={(part) => setCount(Math.max(1, Math.round(part * total)))}
              />
              <CapacityCounts answer={answer} count={count} onCount={setCount} />
            </Figure>
          )}
          {calibration.length > 0 && (
            <Figure
              title={t({
                pt: 'A chance dita é a que acontece?',
                en: 'Does the chance said come true?',
              })}
              summary={t({
                pt: 'Chance dita ao lado do que aconteceu, em casos já encerrados',
                en: 'Chance said beside what happened, on closed cases',
              })}
              table={tableOfCalibration(calibration, language)}
            >
              <CalibrationTable calibration={calibration} noun={t({ pt: 'casos', en: 'cases' })} />
            </Figure>
          )}
          {histogram.length > 0 && (
            <Figure
              title={t({ pt: 'Como as chances se espalham', en: 'How the chances spread' })}
              note={nouns}
              summary={t({
                pt: `Chances de ${number(total, language)} ${nouns}`,
                en: `Chances of ${number(total, language)} ${nouns}`,
              })}
              table={tableOfHistogram(histogram, model.page.unit, language)}
            >
              <Histogram bins={histogram} unit={model.page.unit} />
            </Figure>
          )}
        </aside>
      </div>
      <ScoresBar
        model={model}
        answer={answer}
        chosen={items.filter(
          ({ key }, at) => at < count !== toggled.has(Object.values(key).join('·')),
        )}
      />
    </>
  );
}
