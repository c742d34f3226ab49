import type { ModelAnswer, ScoresAnswer } from '@tino/system/contract';
import { CalibrationTable, tableOfCalibration } from '../../charts/calibration.js';
import { CapacityChart, tableOfCapacity } from '../../charts/capacity-chart.js';
import { capturedAt } from '../../charts/captured-at.js';
import { Figure } from '../../charts/figure.js';
import { Histogram, tableOfHistogram } from '../../charts/histogram.js';
import { number, share } from '../../format.js';
import { useLanguage } from '../../language.js';
import { nounOf } from '../kinds/labels.js';
import { CapacityCounts } from './counts.js';

interface FigureProps {
  answer: ScoresAnswer;
}

interface CapacityProps extends FigureProps {
  count: number;
  onCount(count: number): void;
}

/** How many contacts fit, and how many of the cases they reach. */
export function CapacityFigure({ answer, count, onCount }: CapacityProps) {
  const { language, t } = useLanguage();
  const { capacity, total } = answer;
  if (capacity.length === 0) return null;
  const contacted = Math.min(1, count / total);
  const captured = share(capturedAt(capacity, contacted), language);
  const says = t({
    pt: `${number(count, language)} contatos: ${captured} dos casos`,
    en: `${number(count, language)} contacts: ${captured} of the cases`,
  });
  return (
    <Figure
      title={t({ pt: 'Quantos contatos cabem na semana?', en: 'How many contacts fit the week?' })}
      note={t({ pt: 'arraste o marcador ou use ← →', en: 'drag the mark or use ← →' })}
      summary={says}
      table={tableOfCapacity(capacity, language)}
    >
      <CapacityChart
        capacity={capacity}
        contacted={contacted}
        says={says}
        onChange={(part) => onCount(Math.max(1, Math.round(part * total)))}
      />
      <CapacityCounts answer={answer} count={count} onCount={onCount} />
    </Figure>
  );
}

/** Whether the chances said come true, on closed cases. */
export function CalibrationFigure({ answer: { calibration } }: FigureProps) {
  const { language, t } = useLanguage();
  if (calibration.length === 0) return null;
  return (
    <Figure
      title={t({ pt: 'A chance dita é a que acontece?', en: 'Does the chance said come true?' })}
      summary={t({
        pt: 'Chance dita ao lado do que aconteceu, em casos já encerrados',
        en: 'Chance said beside what happened, on closed cases',
      })}
      table={tableOfCalibration(calibration, language)}
    >
      <CalibrationTable calibration={calibration} noun={t({ pt: 'casos', en: 'cases' })} />
    </Figure>
  );
}

/** How the chances spread over all those on the list. */
export function SpreadFigure({ model, answer }: FigureProps & { model: ModelAnswer }) {
  const { language, t } = useLanguage();
  const { histogram, total } = answer;
  if (histogram.length === 0) return null;
  const nouns = nounOf(model, 2, language);
  const many = number(total, language);
  return (
    <Figure
      title={t({ pt: 'Como as chances se espalham', en: 'How the chances spread' })}
      note={nouns}
      summary={t({ pt: `Chances de ${many} ${nouns}`, en: `Chances of ${many} ${nouns}` })}
      table={tableOfHistogram(histogram, model.page.unit, language)}
    >
      <Histogram bins={histogram} unit={model.page.unit} />
    </Figure>
  );
}
