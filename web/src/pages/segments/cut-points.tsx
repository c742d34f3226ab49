import type { SegmentsAnswer } from '@tino/system/contract';
import { valueOf } from '../../format.js';
import { useLanguage } from '../../language.js';

/** Where the rules cut each measure: each band ends at its point, the last has no end. */
export function CutPoints({ cuts }: { cuts: NonNullable<SegmentsAnswer['cuts']> }) {
  const { language, t } = useLanguage();
  return (
    <section>
      <h2 className="section-title">{t({ pt: 'Pontos de corte', en: 'Cut points' })}</h2>
      <dl className="fact-list">
        {cuts.map(({ column, title, unit, edges }) => {
          const write = (edge: number) =>
            valueOf(edge, unit === 'share' ? 'probability' : unit, language);
          const bands = edges.map((edge) =>
            t({ pt: `até ${write(edge)}`, en: `to ${write(edge)}` }),
          );
          const last = edges.at(-1);
          return (
            <div key={column}>
              <dt>{t(title)}</dt>
              <dd>
                {last === undefined
                  ? t({ pt: 'todos iguais: sem corte', en: 'all alike: no cut' })
                  : [
                      ...bands,
                      t({ pt: `acima de ${write(last)}`, en: `above ${write(last)}` }),
                    ].join(' · ')}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
