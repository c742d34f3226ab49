import type { Forecast, ModelAnswer, Words } from '@tino/system/contract';
import { Figure } from '../../charts/figure.js';
import { SeasonChart, tableOfSeason } from '../../charts/season-chart.js';
import { seasonMonths } from '../../charts/season-months.js';
import { useLanguage } from '../../language.js';
import { Usual } from '../kinds/usual.js';

/** When it goes up and down in a season; nothing while fewer than two seasons are known. */
export function SeasonFigure({ forecast, model }: { forecast: Forecast; model: ModelAnswer }) {
  const { language, t } = useLanguage();
  const months = seasonMonths(forecast);
  if (months.length === 0) return null;
  return (
    <Figure
      title={t(TITLES[forecast.step] ?? YEAR)}
      note={t({
        pt: 'vezes em que subiu e caiu, em cada época, em todos os anos',
        en: 'times it rose and fell, in each season, over all the years',
      })}
      summary={t({ pt: 'Subidas e quedas por época do ano', en: 'Rises and falls by season' })}
      table={tableOfSeason(months, language)}
    >
      <SeasonChart months={months} worse={model.page.worse ?? 'none'} />
      <Usual forecast={forecast} />
    </Figure>
  );
}

const YEAR = { pt: 'Como o ano costuma andar', en: 'How the year usually goes' };
const TITLES: Readonly<Record<string, Words>> = {
  hour: { pt: 'Como o dia costuma andar', en: 'How the day usually goes' },
  day: { pt: 'Como a semana costuma andar', en: 'How the week usually goes' },
};
