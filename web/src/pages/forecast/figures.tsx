import type { ForecastAnswer, ModelAnswer } from '@tino/system/contract';
import type { Words } from '@tino/system/contract';
import { Figure } from '../../charts/figure.js';
import { ForecastChart, tableOfForecast } from '../../charts/forecast-chart.js';
import { NextStepsChart } from '../../charts/next-steps-chart.js';
import { axisScale } from '../../charts/scales.js';
import { useLanguage } from '../../language.js';
import { perStep, stepsWords } from '../kinds/steps.js';
import { useCompares } from './filters.js';

interface FiguresProps {
  model: ModelAnswer;
  answer: ForecastAnswer;
}

/** Left: a year and the forecast; right: the steps to come, enlarged. */
export function ForecastFigures({ model, answer }: FiguresProps) {
  const { language, t } = useLanguage();
  const { forecast, provenance } = answer;
  const { unit, title } = model.page;
  const compares = useCompares() && forecast.lastYear !== null;
  const table = tableOfForecast(forecast, unit, language);
  const most = Math.max(...forecast.points.map(({ value }) => value));
  const summary = forecast.sentence.map(({ text }) => text).join('');
  return (
    <div className="figures-two">
      <Figure
        title={`${t(title)} ${perStep(model.step, language)}`}
        note={
          <>
            {axisScale(most, unit, language).words} <span className="ink-key">— {t(MEASURED)}</span>{' '}
            <span className="anil-key">— {t(PREDICTED)}</span>
          </>
        }
        summary={summary}
        table={table}
      >
        <ForecastChart
          forecast={forecast}
          unit={unit}
          dataUntil={provenance.dataUntil}
          reference={compares}
        />
      </Figure>
      <Figure
        title={nextTitle(forecast.points.length, model, language)}
        note={`${t(BANDS)}${compares ? t({ pt: '; ┄ ano passado', en: '; ┄ last year' }) : ''}`}
        summary={summary}
        table={{ ...table, rows: table.rows.slice(0, forecast.points.length) }}
      >
        <NextStepsChart forecast={forecast} unit={unit} reference={compares} />
      </Figure>
    </div>
  );
}

const MEASURED: Words = { pt: 'medido', en: 'measured' };
const PREDICTED: Words = { pt: 'previsto', en: 'predicted' };
const BANDS: Words = { pt: 'faixas de 80% e 95%', en: '80% and 95% intervals' };

const nextTitle = (count: number, { step }: ModelAnswer, language: 'pt' | 'en') => {
  const steps = stepsWords(count, step, language);
  return language === 'pt' ? `Adiante: ${steps}` : `Next ${steps}`;
};
