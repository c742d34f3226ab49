import type { ForecastAnswer, ModelAnswer } from '@tino/system/contract';
import { Link, useSearch } from 'wouter';
import { useLanguage } from '../../language.js';
import { Withheld } from '../kinds/withheld.js';
import { Drivers } from '../kinds/drivers.js';
import { ForecastFigures } from './figures.js';
import { SeasonFigure } from './season-figure.js';
import { ForecastUnderstood } from './understood.js';
import { levelLabel } from './level.js';

/** One member: its figures, what drives it, its season, and who answered. */
export function MemberView({ model, answer }: { model: ModelAnswer; answer: ForecastAnswer }) {
  const { language, t } = useLanguage();
  const search = useSearch();
  const { forecast } = answer;
  const level = forecast.level ?? model.levels[0] ?? '';
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
        <SeasonFigure forecast={forecast} model={model} />
        <Drivers forecast={forecast} />
      </div>
      <ForecastUnderstood model={model} forecast={forecast} />
    </>
  );
}
