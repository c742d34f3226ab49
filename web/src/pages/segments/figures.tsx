import type { ModelAnswer, SegmentsAnswer } from '@tino/system/contract';
import { Figure } from '../../charts/figure.js';
import { MigrationChart, tableOfMigration } from '../../charts/migration-chart.js';
import { SegmentMap, tableOfMap } from '../../charts/segment-map.js';
import { date } from '../../dates.js';
import { number } from '../../format.js';
import { useLanguage } from '../../language.js';
import { nounOf } from '../kinds/labels.js';

/** Where each one is, and who moved in a month. */
export function SegmentFigures({ model, answer }: { model: ModelAnswer; answer: SegmentsAnswer }) {
  const { language, t } = useLanguage();
  const { axes, sample, migration } = answer;
  return (
    <div className="figures-two even">
      <Figure
        title={t({ pt: 'Onde cada um está', en: 'Where each one is' })}
        note={`${axes.y[language]} × ${axes.x[language]}; ${t({ pt: 'amostra de', en: 'sample of' })} ${number(sample.length, language)}`}
        summary={t({
          pt: `Amostra de ${sample.length} ${nounOf(model, 2, 'pt')} nos dois eixos`,
          en: `A sample of ${sample.length} ${nounOf(model, 2, 'en')} on the two axes`,
        })}
        table={tableOfMap(answer, language)}
      >
        <SegmentMap answer={answer} />
      </Figure>
      {migration.length > 0 ? (
        <Figure
          title={t({ pt: 'Quem mudou de grupo', en: 'Who changed group' })}
          note={
            <>
              <span className="tone-bad">{t({ pt: 'desceu', en: 'down' })}</span> ·{' '}
              <span className="tone-good">{t({ pt: 'subiu', en: 'up' })}</span> ·{' '}
              {t({ pt: 'ficou', en: 'stayed' })}
            </>
          }
          summary={t({
            pt: 'Mudanças da conta de um mês antes até a última',
            en: 'Moves from the score of a month before to the last',
          })}
          table={tableOfMigration(answer, language)}
        >
          <MigrationChart answer={answer} />
          <Drift answer={answer} />
        </Figure>
      ) : (
        <section>
          <h2 className="section-title">
            {t({ pt: 'Quem mudou de grupo', en: 'Who changed group' })}
          </h2>
          <p className="muted">
            {t({
              pt: 'Ainda há uma conta só; as mudanças aparecem a partir da segunda.',
              en: 'There is a single score so far; moves appear from the second on.',
            })}
          </p>
        </section>
      )}
    </div>
  );
}

/** Below the first the sizes are stable; above the second they moved (Siddiqi, 2006). */
const PSI = { stable: 0.1, moved: 0.25 };

/** Whether the groups themselves are still the same. */
function Drift({ answer: { drift, segments } }: { answer: SegmentsAnswer }) {
  const { language, t } = useLanguage();
  if (drift === null) return null;
  const since = date(drift.since, language);
  const moved = segments.filter(({ id }) =>
    drift.segments.some((one) => one.id === id && one.distance > 3 * one.byChance),
  );
  const names = moved.map(({ name }) => name[language]).join(', ');
  const sizes =
    drift.sizePsi < PSI.stable
      ? { pt: 'os tamanhos são os mesmos', en: 'sizes are the same' }
      : drift.sizePsi < PSI.moved
        ? { pt: 'os tamanhos mudam um pouco', en: 'sizes are moving a little' }
        : { pt: 'os tamanhos mudaram: treine de novo', en: 'sizes moved: train again' };
  return (
    <p className="figure-note">
      {t({ pt: `Desde ${since}`, en: `Since ${since}` })}: {t(sizes)}
      {names !== '' &&
        t({
          pt: `; o membro típico mudou em ${names}`,
          en: `; the typical member changed in ${names}`,
        })}
      .
    </p>
  );
}
