import type { ModelAnswer, PriceEvaluation } from '@tino/system/contract';
import { useLanguage } from '../../language.js';
import { Sentence } from '../../parts/answer.js';
import { useGet } from '../../use-get.js';

/** What the policy is worth: simulated, off-policy and measured, each said as what it is. */
export function PolicyWorth({ model }: { model: ModelAnswer }) {
  const { t } = useLanguage();
  const { data } = useGet<PriceEvaluation>(`/v1/models/${model.name}/evaluation`);
  if (!data) return null;
  return (
    <details>
      <summary>{t({ pt: 'Quanto vale esta política', en: 'What this policy is worth' })}</summary>
      <ul className="price-past">
        {data.sentences.map((spans) => (
          <li key={spans.map(({ text }) => text).join('')}>
            <Sentence spans={spans} />
          </li>
        ))}
      </ul>
    </details>
  );
}
