import type { Run } from '@tino/system/contract';
import { share } from '../../format.js';
import { useLanguage } from '../../language.js';
import { metricValue } from '../../metrics.js';

type Tried = NonNullable<Run['leaderboard'][number]['tried']>;

/** What a search tried and what it left out, folded away under its row. */
export function Searched({ tried, metric }: { tried: Tried; metric: string }) {
  const { t, language } = useLanguage();
  const count = tried.filter(({ outcome }) => outcome === 'tried').length;
  const words = {
    skipped: t({ pt: 'sem tempo', en: 'no time' }),
    failed: t({ pt: 'falhou', en: 'failed' }),
  };
  return (
    <details className="note">
      <summary>
        {t({ pt: `tentou ${count} de ${tried.length}`, en: `tried ${count} of ${tried.length}` })}
      </summary>
      <ul>
        {tried.map(({ name, outcome, score, reason, share: part }) => (
          <li key={name} title={reason ?? undefined}>
            {name}:{' '}
            {outcome !== 'tried'
              ? words[outcome]
              : score === null
                ? '—'
                : metricValue(metric, score, language)}
            {part > 0 && ` · ${share(part, language)}`}
          </li>
        ))}
      </ul>
    </details>
  );
}
