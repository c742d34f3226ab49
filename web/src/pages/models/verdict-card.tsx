import type { Promotion } from '@tino/system/contract';
import { moment } from '../../dates.js';
import { useLanguage } from '../../language.js';
import { metricDifference, metricName, metricValue } from '../../metrics.js';
import { recipeOf, type Recipe } from '../../recipe.js';
import { MOVES, VERDICTS } from '../../tasks.js';
import { BaselineBar, GateBar } from './gate-bar.js';

/** Word, bar and sentence agree: the difference with its interval against zero and the minimum gain. */
export function VerdictCard({
  promotion,
  recipe,
}: {
  promotion: Promotion;
  recipe: Recipe | null;
}) {
  const { t, language } = useLanguage();
  const { verdict, version, replaced, at, kind } = promotion;
  const sentence = useSentence(promotion);
  if (verdict === null) return null;
  const { words, look } = VERDICTS[verdict.verdict];
  const against =
    replaced === null
      ? t({ pt: 'contra a referência simples', en: 'against the plain baseline' })
      : t({ pt: `contra v${replaced}`, en: `against v${replaced}` });
  return (
    <article className="verdict">
      <div className="verdict-head">
        <span className={`chip verdict-word ${look}`}>{t(words)}</span>
        <span>
          <strong>v{version}</strong>
          {recipe && <span>, {recipeOf(recipe, language)}</span>}{' '}
          <span className="soft">
            {against} · {t(MOVES[kind])}
          </span>
        </span>
        <time className="verdict-time" dateTime={at}>
          {moment(at, language)}
        </time>
      </div>
      {verdict.difference === null ? (
        <BaselineBar verdict={verdict} />
      ) : (
        <GateBar verdict={verdict} />
      )}
      <p>{sentence}</p>
      <ul className="checks">
        {verdict.checks.map(({ check, passed, says }) => (
          <li key={`${check} ${says.en}`}>
            <span
              className={passed ? 'check-passed' : 'check-failed'}
              aria-label={
                passed
                  ? t({ pt: 'passou', en: 'passed' })
                  : t({ pt: 'não passou', en: 'did not pass' })
              }
              role="img"
            >
              {passed ? '✓' : '✗'}
            </span>
            {t(says)}
          </li>
        ))}
      </ul>
    </article>
  );
}

function useSentence({ verdict }: Promotion): string {
  const { t, language } = useLanguage();
  if (verdict === null) return '';
  const { metric, challenger, baseline, difference, lower, upper, minGain } = verdict;
  const name = metricName(metric, language);
  const write = (value: number) => metricValue(metric, value, language);
  const change = (value: number) => metricDifference(metric, value, language);
  if (difference === null)
    return t({
      pt: `${name} ${write(challenger)}, contra ${write(baseline)} da referência simples.`,
      en: `${name} ${write(challenger)}, against ${write(baseline)} of the plain baseline.`,
    });
  const range =
    lower === null || upper === null
      ? ''
      : t({
          pt: `, entre ${change(lower)} e ${change(upper)}`,
          en: `, between ${change(lower)} and ${change(upper)}`,
        });
  return t({
    pt: `Diferença de ${change(difference)} em ${name} (mais é melhor)${range}. Ganho mínimo: ${change(minGain)}.`,
    en: `Difference of ${change(difference)} in ${name} (more is better)${range}. Minimum gain: ${change(minGain)}.`,
  });
}
