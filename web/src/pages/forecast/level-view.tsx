import type { ForecastAnswer, ModelAnswer } from '@tino/system/contract';
import { useLanguage } from '../../language.js';
import { Empty } from '../../parts/empty.js';
import { useFilters } from '../../parts/filters.js';
import { share } from '../../format.js';
import { Drivers } from '../kinds/drivers.js';
import { ForecastFigures } from './figures.js';
import { levelLabel } from './level.js';
import { MemberGrid } from './member-grid.js';
import { SeasonFigure } from './season-figure.js';
import { ForecastUnderstood } from './understood.js';
import { MemberTable } from './member-table.js';

interface LevelViewProps {
  model: ModelAnswer;
  answer: ForecastAnswer;
  level: string | undefined;
}

const NOTABLE = 0.02;
const GRID_MAX = 24;

/** The sum of a level, then its members: equal charts for a column without a key of its own, else rows. */
export function LevelView({ model, answer, level }: LevelViewProps) {
  const { language, t } = useLanguage();
  const filters = useFilters();
  if (answer.members.length === 0)
    return (
      <Empty
        title={t({ pt: 'Nada passa por estes filtros.', en: 'Nothing passes these filters.' })}
      >
        <button
          type="button"
          className="button button-plain"
          onClick={() => filters.clear(model.page.filters ?? [])}
        >
          {t({ pt: 'Tirar os filtros', en: 'Remove the filters' })}
        </button>
      </Empty>
    );
  const name = levelLabel(model, level ?? '', language);
  const grid = isAttribute(model, level) && answer.members.length <= GRID_MAX;
  if (grid) return <MemberGrid model={model} answer={answer} level={level!} />;
  return (
    <>
      <ForecastFigures model={model} answer={answer} />
      <div className="section-head">
        <h2 className="section-title">{headingOf(answer, model, language)}</h2>
        <span className="figure-note">
          {t({
            pt: `ordenado por diferença para o ano passado · ${answer.members.length} de ${answer.total} linhas`,
            en: `ordered by difference from last year · ${answer.members.length} of ${answer.total} rows`,
          })}
        </span>
      </div>
      <MemberTable model={model} answer={answer} level={level} name={name} />
      <div className="figures-two understood">
        <SeasonFigure forecast={answer.forecast} model={model} />
        <Drivers forecast={answer.forecast} />
      </div>
      <ForecastUnderstood model={model} forecast={answer.forecast} />
    </>
  );
}

/** A level that is a column of its entities, and not a key of its own, compares few like things. */
const isAttribute = ({ key }: ModelAnswer, level: string | undefined) =>
  level !== undefined && !key.includes(level) && !key.includes(`${level}_id`);

function headingOf({ members }: ForecastAnswer, { page }: ModelAnswer, language: 'pt' | 'en') {
  const changes = members.flatMap(({ change }) => (change === null ? [] : [change]));
  const bad = changes.filter((change) =>
    page.worse === 'high' ? change > NOTABLE : change < -NOTABLE,
  );
  const limit = share(NOTABLE, language).replace(/[,.]0/, '');
  const up = page.worse === 'high';
  if (bad.length === 0)
    return language === 'pt'
      ? `Onde olhar: ninguém ${up ? 'sobe' : 'cai'} mais de ${limit}`
      : `Where to look: none ${up ? 'rises' : 'falls'} more than ${limit}`;
  return language === 'pt'
    ? `Onde olhar: ${bad.length} de ${members.length} ${up ? 'sobem' : 'caem'} mais de ${limit}`
    : `Where to look: ${bad.length} of ${members.length} ${up ? 'rise' : 'fall'} more than ${limit}`;
}
