import type { ModelAnswer } from '@tino/system/contract';
import { Figure } from '../../charts/figure.js';
import { axisScale } from '../../charts/scales.js';
import { tableOfWaterfall, Waterfall } from '../../charts/waterfall.js';
import { useLanguage } from '../../language.js';
import { Answer } from '../../parts/answer.js';
import { Failure } from '../../parts/failure.js';
import { Loading } from '../../parts/loading.js';
import { ProvenanceLine } from '../../parts/provenance-line.js';
import { capital, nounOf } from '../kinds/labels.js';
import { Among } from './among.js';
import type { Row } from './row.js';
import { usePredict } from './use-predict.js';
import { WhatIf } from './what-if.js';

/** The sentence with its band, the waterfall of reasons, where it stands among all, and what if. */
export function EstimateAnswer({ model, row }: { model: ModelAnswer; row: Row }) {
  const { language, t } = useLanguage();
  const { data, error } = usePredict(model, [row], true);
  const prediction = data?.predictions[0];
  if (error && !prediction) return <Failure error={error} />;
  if (!data || !prediction) return <Loading />;
  const { explanation } = prediction;
  const one = nounOf(model, 1, language);
  const summary = prediction.sentence.map(({ text }) => text).join('');
  return (
    <section aria-live="polite" className="estimate-answer">
      <Answer spans={prediction.sentence} />
      {error && (
        <p className="tone-bad" role="alert">
          {error.message}
        </p>
      )}
      <ProvenanceLine provenance={data.provenance} />
      <div className="estimate-figures">
        {explanation && (
          <Figure
            title={t({ pt: 'De onde sai o valor', en: 'Where the value comes from' })}
            note={noteOf(model, explanation.raw, explanation.link, language)}
            summary={summary}
            table={tableOfWaterfall(explanation, unitOf(model, explanation.link), language)}
          >
            <Waterfall
              explained={explanation}
              unit={unitOf(model, explanation.link)}
              baseLabel={t({ pt: 'Ponto de partida', en: 'Starting point' })}
              totalLabel={capital(one)}
            />
          </Figure>
        )}
        <div className="estimate-side">
          <Among model={model} prediction={prediction} />
          <WhatIf model={model} row={row} />
        </div>
      </div>
    </section>
  );
}

/** Other links add up in their own unit, which is not money. */
const unitOf = ({ page }: ModelAnswer, link: string) =>
  link === 'identity' ? page.unit : 'number';

function noteOf(model: ModelAnswer, raw: number, link: string, language: 'pt' | 'en'): string {
  const scale = axisScale(Math.abs(raw), unitOf(model, link), language).words;
  const marks = language === 'pt' ? 'cheio soma, vazado tira' : 'full adds, hollow subtracts';
  const log = language === 'pt' ? 'em escala logarítmica' : 'on a log scale';
  return [link === 'log' ? log : scale, marks].filter(Boolean).join('; ');
}
