import type { Today } from '@tino/system/contract';
import { Link } from 'wouter';
import { useLanguage } from '../../language.js';
import { Sentence } from '../../parts/answer.js';
import { Predicted } from '../../parts/predicted.js';
import { SmallFigure } from './small-figure.js';

type Item = Today['items'][number];

/** Amount, sentence and reason, the small figure of the task, one verb. */
export function TodayItem({ item }: { item: Item }) {
  const { t } = useLanguage();
  const { amount, predicted, money, title, note, sentence, why, href, verb } = item;
  const bare = amount.replace('-', '−');
  const topic = t(title);
  return (
    <li className="today-item">
      <div className="today-amount">
        <span className="today-figure">
          {predicted && money !== null ? (
            <Predicted signed={/^[+−]/.test(bare)}>{bare}</Predicted>
          ) : (
            bare
          )}
        </span>
        <span className="note">{note.startsWith(topic) ? note : `${topic} · ${note}`}</span>
      </div>
      <div className="today-says">
        <p className="today-sentence">
          <Sentence spans={sentence} />
        </p>
        <p className="today-why">{stop(why)}</p>
      </div>
      <SmallFigure item={item} />
      <div className="today-verb wide-only">
        <Link className="button button-plain" href={href}>
          {verb}
        </Link>
      </div>
      <Link className="today-whole narrow-only" href={href} aria-label={`${verb}: ${topic}`} />
    </li>
  );
}

const stop = (text: string) => (/[.!?]$/.test(text) || text === '' ? text : `${text}.`);
