import type { Forecast, ModelAnswer, Words } from '@tino/system/contract';
import { Figure } from '../../charts/figure.js';
import { tableOfWaterfall, Waterfall, type Explained } from '../../charts/waterfall.js';
import { valueOf } from '../../format.js';
import { useLanguage } from '../../language.js';

const PARTS: Record<'season' | 'calendar' | 'covariates' | 'remainder', Words> = {
  season: { pt: 'época do ano', en: 'season' },
  calendar: { pt: 'calendário', en: 'calendar' },
  covariates: { pt: 'o que está planejado', en: 'what is planned' },
  remainder: { pt: 'resto', en: 'the rest' },
};

/** The forecast of the whole horizon as trend, season, calendar, plans and what is left. */
export function MadeOf({ forecast, model }: { forecast: Forecast; model: ModelAnswer }) {
  const { language, t } = useLanguage();
  const explained = explainedOf(forecast);
  if (explained === null) return null;
  const { unit } = model.page;
  const effects = forecast.plan
    .map(({ column, name, effect }) => ({ column, name, total: scaleOf(forecast) * sum(effect) }))
    .filter(({ total }) => Math.abs(total) > 0);
  return (
    <Figure
      title={t({ pt: 'De que a previsão é feita', en: 'What the forecast is made of' })}
      note={t({ pt: 'as partes somam o total', en: 'the parts add up to the total' })}
      summary={t({ pt: 'Partes da previsão', en: 'Parts of the forecast' })}
      table={tableOfWaterfall(explained, unit, language)}
    >
      <Waterfall
        explained={explained}
        unit={unit}
        baseLabel={t({ pt: 'Tendência', en: 'Trend' })}
        totalLabel={t({ pt: 'Previsão', en: 'Forecast' })}
      />
      {effects.length > 0 && (
        <dl className="fact-list">
          {effects.map(({ column, name, total }) => (
            <div key={column}>
              <dt>{name}</dt>
              <dd>
                {total > 0 ? '+' : ''}
                {valueOf(total, unit, language)}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Figure>
  );
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Amounts of steps add up, prices of steps are averaged: the total knows which. */
const scaleOf = ({ points, total }: Forecast) => {
  const added = sum(points.map(({ value }) => value));
  return added === 0 ? 1 : total.value / added;
};

/** Null where nothing is known of the past. Parts that are nothing are left out. */
function explainedOf(forecast: Forecast): Explained | null {
  const { parts, total } = forecast;
  if (parts === null) return null;
  const scale = scaleOf(forecast);
  const reasons = (Object.keys(PARTS) as (keyof typeof PARTS)[]).flatMap((part) => {
    const contribution = scale * sum(parts[part]);
    const phrase = PARTS[part];
    return parts[part].some((value) => value !== 0)
      ? [{ column: part, value: null, contribution, phrase }]
      : [];
  });
  return { base: scale * sum(parts.trend), raw: total.value, reasons };
}
