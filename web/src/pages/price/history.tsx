import type { ModelAnswer, PriceHistoryAnswer, Suggestion } from '@tino/system/contract';
import { Figure } from '../../charts/figure.js';
import { priceOf } from '../../charts/price-ladder.js';
import { PriceSteps, pointsOf, tableOfSteps } from '../../charts/price-steps.js';
import { date } from '../../dates.js';
import { number } from '../../format.js';
import { useLanguage } from '../../language.js';
import { useGet } from '../../use-get.js';
import { STATE_WORDS } from './states.js';

type Past = PriceHistoryAnswer['suggestions'][number];

/** What was suggested before, what people made of it, and what sold after it. */
export function PriceHistory({
  model,
  suggestion,
}: {
  model: ModelAnswer;
  suggestion: Suggestion;
}) {
  const { language, t } = useLanguage();
  const params = Object.fromEntries(
    Object.entries(suggestion.key).map(([name, value]) => [`key.${name}`, String(value)]),
  );
  const { data } = useGet<PriceHistoryAnswer>(
    `/v1/models/${model.name}/suggestion/history`,
    params,
  );
  if (!data) return null;
  const { suggestions } = data;
  const points = pointsOf(data);
  const title = t({ pt: 'Histórico deste preço', en: 'History of this price' });
  return (
    <section>
      {points.length > 1 ? (
        <Figure
          title={title}
          note={
            data.outcomes.length > 0
              ? t({
                  pt: 'unidades por dia: • vendas por semana ○ informadas',
                  en: 'units a day: • sales by week ○ as told',
                })
              : t({ pt: 'unidades por dia, por semana', en: 'units a day, by week' })
          }
          summary={title}
          table={tableOfSteps(points, language)}
        >
          <PriceSteps points={points} />
        </Figure>
      ) : (
        <h3 className="section-title">{title}</h3>
      )}
      <ul className="price-past">
        {suggestions.map((past) => (
          <PastPrice key={past.id} past={past} />
        ))}
      </ul>
    </section>
  );
}

function PastPrice({ past }: { past: Past }) {
  const { language, t } = useLanguage();
  const { at, state, current, price, decision, units } = past;
  const charged = decision?.price ?? price;
  const edited = state === 'applied' && charged !== price;
  const perDay = (value: number | null) => (value === null ? '–' : number(value, language, 1));
  return (
    <li>
      {date(at, language)} · {priceOf(current, language)} → <b>{priceOf(charged, language)}</b> ·{' '}
      {edited ? t({ pt: 'editado', en: 'edited' }) : STATE_WORDS[state][language]}
      {edited &&
        t({
          pt: ` (sugerido ${priceOf(price, language)})`,
          en: ` (suggested ${priceOf(price, language)})`,
        })}
      {decision?.reason && <span className="muted"> · {decision.reason}</span>}
      {units && (units.before !== null || units.after !== null) && (
        <span className="muted">
          {' · '}
          {t({
            pt: `unidades por dia: antes ${perDay(units.before)}, depois ${perDay(units.after)}`,
            en: `units a day: ${perDay(units.before)} before, ${perDay(units.after)} after`,
          })}
        </span>
      )}
    </li>
  );
}
