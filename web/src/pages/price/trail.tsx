import type { Suggestion } from '@tino/system/contract';
import { priceOf } from '../../charts/price-ladder.js';
import { useLanguage } from '../../language.js';
import { Predicted } from '../../parts/predicted.js';
import { wordsOf } from '../kinds/labels.js';
import { RULE_WORDS } from './states.js';

/** What each guardrail did, from the free sum to the suggestion. */
export function ClampTrail({ suggestion }: { suggestion: Suggestion }) {
  const { language, t } = useLanguage();
  const { proposed, trail, price } = suggestion;
  return (
    <section>
      <h3 className="section-title">{t({ pt: 'Trilha das travas', en: 'Trail of guardrails' })}</h3>
      <p className="trail">
        {t({ pt: 'conta livre', en: 'free sum' })} <b>{priceOf(proposed, language)}</b>
        {trail.map(({ rule, to }) => (
          <span key={rule}>
            {' → '}
            <span className="binding">
              {RULE_WORDS[rule]?.[language] ?? wordsOf(rule).toLowerCase()}
            </span>{' '}
            <b>
              {to === price ? (
                <Predicted>{priceOf(to, language)}</Predicted>
              ) : (
                priceOf(to, language)
              )}
            </b>
          </span>
        ))}
        {trail.length === 0 && t({ pt: ' → nenhuma trava segurou', en: ' → no guardrail held it' })}
      </p>
    </section>
  );
}
