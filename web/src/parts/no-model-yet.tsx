import type { ModelAnswer } from '@tino/system/contract';
import { Link } from 'wouter';
import { useLanguage } from '../language.js';
import { TrainButton } from './train-button.js';

/** The way to the first training: what is missing, and the button. */
export function NoModelYet({ model }: { model: ModelAnswer }) {
  const { t } = useLanguage();
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
      <div className="row">
        <TrainButton model={model.name} look="main" />
        <Link className="button button-plain" href="/data">
          {t({ pt: 'Ver as fontes', en: 'See the sources' })}
        </Link>
      </div>
    </div>
  );
}
