import type { Forecast, ModelAnswer } from '@tino/system/contract';
import { number, share, valueOf } from '../../format.js';
import { useLanguage } from '../../language.js';

/** How such forecasts did on the past that was held out: intervals, error, and what was odd. */
export function Measured({ forecast, model }: { forecast: Forecast; model: ModelAnswer }) {
  const { language, t } = useLanguage();
  const { typicalError, valueAdded, seasonStrength, hygiene } = forecast;
  const intervals =
    forecast.total.intervals.length > 0 ? forecast.total.intervals : lastOf(forecast);
  const write = (value: number) => valueOf(value, model.page.unit, language);
  const odd = hygiene === null ? '' : oddOf(hygiene, language);
  return (
    <section>
      <h2 className="section-title">{t({ pt: 'O que já se mediu', en: 'What was measured' })}</h2>
      <dl className="fact-list">
        {intervals.map(({ level, measured, winkler }) => (
          <div key={level}>
            <dt>
              {t({
                pt: `A faixa de ${share(level, 'pt')} conteve`,
                en: `The ${share(level, 'en')} interval held`,
              })}
            </dt>
            <dd>
              {measured === null ? '–' : share(measured, language)}
              {winkler !== null && ` · Winkler ${write(winkler)}`}
            </dd>
          </div>
        ))}
        {typicalError !== null && (
          <Fact name={t({ pt: 'Erro típico de um passo', en: 'Typical error of a step' })}>
            {share(typicalError, language)}
          </Fact>
        )}
        {valueAdded !== null && (
          <Fact
            name={t({
              pt: 'Erro a menos do que repetir a última época',
              en: 'Less error than repeating the last season',
            })}
          >
            {share(valueAdded, language)}
          </Fact>
        )}
        {seasonStrength !== null && (
          <Fact name={t({ pt: 'Força da época (0 a 1)', en: 'Strength of the season (0 to 1)' })}>
            {number(seasonStrength, language, 2)}
          </Fact>
        )}
        {odd !== '' && <Fact name={t({ pt: 'Nos dados', en: 'In the data' })}>{odd}</Fact>}
      </dl>
    </section>
  );
}

const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** Where the whole has no windows of its own, the last step speaks. */
const lastOf = ({ points }: Forecast) => points.at(-1)?.intervals ?? [];

const ODD = {
  gaps: {
    pt: ['passo sem dado', 'passos sem dado'],
    en: ['step without data', 'steps without data'],
  },
  censored: { pt: ['passo fechado', 'passos fechados'], en: ['closed step', 'closed steps'] },
  unknown: { pt: ['valor em branco', 'valores em branco'], en: ['blank value', 'blank values'] },
  duplicates: { pt: ['linha repetida', 'linhas repetidas'], en: ['repeated row', 'repeated rows'] },
  leadingZeros: {
    pt: ['zero antes da primeira venda', 'zeros antes da primeira venda'],
    en: ['zero before the first sale', 'zeros before the first sale'],
  },
} as const;

function oddOf(hygiene: NonNullable<Forecast['hygiene']>, language: 'pt' | 'en'): string {
  return (Object.keys(ODD) as (keyof typeof ODD)[])
    .filter((name) => hygiene[name] > 0)
    .map((name) => {
      const count = hygiene[name];
      return `${number(count, language)} ${ODD[name][language][count === 1 ? 0 : 1]}`;
    })
    .join(', ');
}
