import type { ModelAnswer, Prediction, ScoresAnswer } from '@tino/system/contract';
import { Figure } from '../../charts/figure.js';
import { Histogram, tableOfHistogram } from '../../charts/histogram.js';
import { axisScale } from '../../charts/scales.js';
import { useLanguage } from '../../language.js';
import { useGet } from '../../use-get.js';
import { bandOf } from '../kinds/band.js';
import { nounOf } from '../kinds/labels.js';

/** Where this one stands among all those of the last score; nothing where there is none. */
export function Among({ model, prediction }: { model: ModelAnswer; prediction: Prediction }) {
  const { language, t } = useLanguage();
  const { data } = useGet<ScoresAnswer>(`/v1/models/${model.name}/scores`, { limit: 100 });
  if (!data || data.histogram.length === 0) return null;
  const nouns = nounOf(model, 2, language);
  const { unit } = model.page;
  const most = data.histogram.at(-1)!.to;
  return (
    <Figure
      title={t({ pt: `Entre todos os ${nouns}`, en: `Among all ${nouns}` })}
      note={axisScale(most, unit, language).words}
      summary={prediction.sentence.map(({ text }) => text).join('')}
      table={tableOfHistogram(data.histogram, unit, language)}
    >
      <Histogram
        bins={data.histogram}
        unit={unit}
        tinted={bandOf(prediction.intervals)}
        mark={prediction.value}
        height={110}
      />
    </Figure>
  );
}
