import type { Forecast, ModelAnswer } from '@tino/system/contract';
import { Figure } from '../../charts/figure.js';
import { ForecastChart, tableOfForecast } from '../../charts/forecast-chart.js';
import { SeasonChart, tableOfSeason } from '../../charts/season-chart.js';
import { seasonMonths } from '../../charts/season-months.js';
import { axisScale } from '../../charts/scales.js';
import { useLanguage } from '../../language.js';
import { Sentence } from '../../parts/answer.js';
import { Withheld } from '../kinds/withheld.js';
import { perStep } from '../kinds/steps.js';
import { Drivers } from '../kinds/drivers.js';
import { Measured } from '../kinds/measured.js';
import { Usual } from '../kinds/usual.js';
import { MadeOf } from '../forecast/made-of.js';
import { namesOf } from './names.js';

interface PanelProps {
  model: ModelAnswer;
  forecast: Forecast;
  dataUntil: string | null;
  /** The reader opened it: on a narrow screen it covers the list only then. */
  asked: boolean;
}

/** The chosen item: its sentence with the reason, history with band, and its season. */
export function DirectionPanel({ model, forecast, dataUntil, asked }: PanelProps) {
  const { language, t } = useLanguage();
  const { unit, worse } = model.page;
  const names = namesOf(forecast, model);
  const months = seasonMonths(forecast);
  // The sentence starts with the member's name, which the title already says.
  const spans =
    forecast.sentence[0]?.kind === 'strong' ? forecast.sentence.slice(2) : forecast.sentence;
  const summary = forecast.sentence.map(({ text }) => text).join('');
  return (
    <section className={asked ? 'side-panel panel-asked' : 'side-panel'} aria-live="polite">
      <Figure
        title={names.full}
        note={`${axisScale(1, unit, language).words} ${perStep(model.step, language)}`}
        summary={summary}
        table={tableOfForecast(forecast, unit, language)}
      >
        <p className="panel-sentence">
          <Sentence spans={spans} />
        </p>
        <ForecastChart
          forecast={forecast}
          unit={unit}
          dataUntil={dataUntil}
          endLabel
          height={230}
        />
      </Figure>
      <Withheld forecast={forecast} />
      {months.length > 0 && (
        <Figure
          title={t({ pt: 'Em que época costuma subir', en: 'When it usually rises' })}
          note={t({
            pt: 'vezes que subiu e caiu de um passo para o outro, em todos os anos',
            en: 'times it rose and fell from a step to the next, over all the years',
          })}
          summary={t({ pt: 'Subidas e quedas por época', en: 'Rises and falls by season' })}
          table={tableOfSeason(months, language)}
        >
          <SeasonChart months={months} worse={worse ?? 'none'} />
          <Usual forecast={forecast} />
          <p className="figure-note">
            {t({
              pt: 'Emoldurados: os próximos meses. O que falta ficou estável.',
              en: 'Framed: the coming months. The remainder stayed flat.',
            })}
          </p>
        </Figure>
      )}
      <Drivers forecast={forecast} />
      <MadeOf forecast={forecast} model={model} />
      <Measured forecast={forecast} model={model} />
    </section>
  );
}
