import type { ModelAnswer, Run } from '@tino/system/contract';
import { Link } from 'wouter';
import { useLanguage } from '../language.js';
import { date } from '../dates.js';
import { useMay } from '../session.js';
import { useGet } from '../use-get.js';
import { TrainButton } from './train-button.js';

/** The way to the first training: what is missing, and the button. */
export function NoModelYet({ model }: { model: ModelAnswer }) {
  const { t } = useLanguage();
  const runs = useMay('analyst') ? '/v1/runs' : null;
  const { data } = useGet<{ items: Run[] }>(runs, { model: model.name, limit: 1 });
  const last = data?.items[0];
  const question = t(model.page.tab ?? model.page.title);
  return (
    <div className="state">
      <p className="answer" data-answer>
        <strong>
          {t({ pt: `“${question}” ainda não tem modelo.`, en: `“${question}” has no model yet.` })}
        </strong>
      </p>
      <ul className="missing">
        {model.missing.map((words) => (
          <li key={words.en}>
            <span className="missing-mark" aria-hidden="true">
              ✗
            </span>
            {t(words)}
          </li>
        ))}
      </ul>
      {last?.status === 'failed' && (
        <p>
          {t({
            pt: `O treino de ${date(last.startedAt, 'pt')} não terminou: `,
            en: `The training of ${date(last.startedAt, 'en')} did not end: `,
          })}
          <Link className="under" href={`/runs?model=${encodeURIComponent(model.name)}`}>
            {t({ pt: 'veja por quê', en: 'see why' })}
          </Link>
        </p>
      )}
      <div className="row">
        <TrainButton model={model.name} look="main" />
        <Link className="button button-plain" href="/data">
          {t({ pt: 'Ver as fontes', en: 'See the sources' })}
        </Link>
      </div>
    </div>
  );
}
