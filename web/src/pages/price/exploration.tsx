import type { Suggestion } from '@tino/system/contract';
import { priceOf } from '../../charts/price-ladder.js';
import { share } from '../../format.js';
import { useLanguage } from '../../language.js';

/** How this price came to be tried: the chance that each price of the grid had. */
export function Exploration({ suggestion: { exploration, price } }: { suggestion: Suggestion }) {
  const { language, t } = useLanguage();
  const { arms, propensity } = exploration;
  return (
    <section>
      <h3 className="section-title">
        {t({ pt: 'Por que este e não outro', en: 'Why this one and not another' })}
      </h3>
      {arms.length < 2 ? (
        <p className="muted">
          {t({
            pt: 'As travas deixam um preço só; não há o que experimentar.',
            en: 'The guardrails leave a single price; there is nothing to try.',
          })}
        </p>
      ) : (
        <>
          <p className="muted">
            {t({
              pt: `Sorteado conforme a chance de cada preço ser o melhor; este tinha ${share(propensity, language)}.`,
              en: `Drawn by the chance that each price is the best; this one had ${share(propensity, language)}.`,
            })}
          </p>
          <ul className="arms">
            {arms.map((arm) => (
              <li key={arm.price} className={arm.price === price ? 'arm-chosen' : undefined}>
                <span className="arm-bar" style={{ height: `${4 + arm.propensity * 36}px` }} />
                <span>{priceOf(arm.price, language)}</span>
                <span className="muted">{share(arm.propensity, language)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
