import type { ModelAnswer, WhatIfAnswer } from '@tino/system/contract';
import { TableOfFigure } from '../../charts/table-of-figure.js';
import { day, valueOf } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Sentence } from '../../parts/answer.js';

/** The forecast as planned and with the other plan, side by side. */
export function WhatIfBeside({ answer, model }: { answer: WhatIfAnswer; model: ModelAnswer }) {
  const { language, t } = useLanguage();
  const write = (value: number) => valueOf(value, model.page.unit, language);
  const signed = (value: number) => `${value > 0 ? '+' : ''}${write(value)}`;
  const row = (name: string, { planned, changed, difference }: WhatIfAnswer['total']) => [
    name,
    `~${write(planned)}`,
    `~${write(changed)}`,
    signed(difference),
  ];
  return (
    <div aria-live="polite">
      <p className="panel-sentence">
        <Sentence spans={answer.sentence} />
      </p>
      <TableOfFigure
        table={{
          columns: [
            t({ pt: 'Passo', en: 'Step' }),
            t({ pt: 'Como planejado', en: 'As planned' }),
            t({ pt: 'Com a troca', en: 'With the change' }),
            t({ pt: 'Diferença', en: 'Difference' }),
          ],
          rows: [
            ...answer.points.map((point) => row(day(point.at, language), point)),
            row(t({ pt: 'Total', en: 'Total' }), answer.total),
          ],
        }}
      />
    </div>
  );
}
