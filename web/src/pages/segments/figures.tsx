import type { ModelAnswer, SegmentsAnswer } from '@tino/system/contract';
import { Figure } from '../../charts/figure.js';
import { MigrationChart, tableOfMigration } from '../../charts/migration-chart.js';
import { SegmentMap, tableOfMap } from '../../charts/segment-map.js';
import { number } from '../../format.js';
import { useLanguage } from '../../language.js';
import { nounOf } from '../kinds/labels.js';

/** Where each one is, and who moved since the last time. */
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
            pt: 'Mudanças entre as duas últimas contas',
            en: 'Moves between the last two scores',
          })}
          table={tableOfMigration(answer, language)}
        >
          <MigrationChart answer={answer} />
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
