import type { ForecastAnswer, ModelAnswer } from '@tino/system/contract';
import { Link, useSearch } from 'wouter';
import { Figure } from '../../charts/figure.js';
import { SeasonChart, tableOfSeason } from '../../charts/season-chart.js';
import { seasonMonths } from '../../charts/season-months.js';
import { useLanguage } from '../../language.js';
import { Withheld } from '../kinds/withheld.js';
import { Drivers } from '../kinds/drivers.js';
import { Usual } from '../kinds/usual.js';
import { ForecastFigures } from './figures.js';
import { ForecastUnderstood } from './understood.js';
import { levelLabel } from './level.js';

/** One member: its figures, what drives it, its season, and who answered. */
export function MemberView({ model, answer }: { model: ModelAnswer; answer: ForecastAnswer }) {
  const { language, t } = useLanguage();
  const search = useSearch();
  const { forecast } = answer;
  const level = forecast.level ?? model.levels[0] ?? '';
  const months = seasonMonths(forecast);
  return (
    <>
      <p className="back">
        <Link className="under" href={`/m/${model.name}/${level}${search && `?${search}`}`}>
          ← {levelLabel(model, level, language)}: {t({ pt: 'todos', en: 'all' })}
        </Link>
      </p>
      <Withheld forecast={forecast} />
      <ForecastFigures model={model} answer={answer} />
      <div className="figures-two">
        {months.length > 0 && (
          <Figure
            title={t({ pt: 'Como o ano costuma andar', en: 'How the year usually goes' })}
            note={t({
              pt: 'vezes em que subiu e caiu, em cada época, em todos os anos',
              en: 'times it rose and fell, in each season, over all the years',
            })}
            summary={t({
              pt: 'Subidas e quedas por época do ano',
              en: 'Rises and falls by season',
            })}
            table={tableOfSeason(months, language)}
          >
            <SeasonChart months={months} worse={model.page.worse ?? 'none'} />
            <Usual forecast={forecast} />
          </Figure>
        )}
        <Drivers forecast={forecast} />
      </div>
      <ForecastUnderstood model={model} forecast={forecast} />
    </>
  );
}
