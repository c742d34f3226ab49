import type { Suggestion } from '@tino/system/contract';
import { priceOf } from '../../charts/price-ladder.js';
import { number } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Predicted } from '../../parts/predicted.js';

/** What one per cent more on the price does to sales, and where the free optimum would be. */
export function ElasticitySentence({ suggestion }: { suggestion: Suggestion }) {
  const { language, t } = useLanguage();
  const { elasticity, optimum, binding, price } = suggestion;
  const { value, lower, upper, identifiable, reason } = elasticity;
  const one = (amount: number) => number(Math.abs(amount), language, 1);
  if (!identifiable || value === null)
    return (
      <p className="panel-sentence">
        {t({
          pt: 'Não dá para saber como as vendas respondem ao preço: ',
          en: 'How sales answer to the price cannot be told: ',
        })}
        {reason[language]}.
      </p>
    );
  return (
    <p className="panel-sentence">
      {t({
        pt: `Cada 1% a mais no preço tira ${one(value)}% das vendas`,
        en: `Each 1% more on the price takes ${one(value)}% off sales`,
      })}
      {lower !== null &&
        upper !== null &&
        t({ pt: ` (de ${one(upper)} a ${one(lower)})`, en: ` (${one(upper)} to ${one(lower)})` })}
      .{' '}
      {optimum !== null && (
        <>
          {t({ pt: 'O melhor preço livre seria ', en: 'The best free price would be ' })}
          <Predicted>{priceOf(optimum, language)}</Predicted>;{' '}
          <b className="binding">{binding.says[language]}</b>{' '}
          {t({ pt: 'para em ', en: 'stops at ' })}
          <Predicted>{priceOf(price, language)}</Predicted>{' '}
          {t({ pt: 'por enquanto.', en: 'for now.' })}{' '}
        </>
      )}
      <span className="muted">
        {t({ pt: 'Resposta ', en: 'Response ' })}
        {reason[language]}.
      </span>
    </p>
  );
}
