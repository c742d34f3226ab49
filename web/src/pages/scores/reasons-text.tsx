import type { ModelAnswer, Reason } from '@tino/system/contract';
import { Fragment } from 'react';
import { money, number } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Change } from '../kinds/change.js';
import { pointsOf } from './points.js';

interface ReasonsTextProps {
  reasons: readonly Reason[];
  model: ModelAnswer;
  value: number;
  /** All of them; else the two strongest and what is left. */
  all?: boolean;
}

const SHOWN = 2;

/** `57 dias sem vender +12 · vende há 730 dias +8 · outros −3`. */
export function ReasonsText({ reasons, model, value, all = false }: ReasonsTextProps) {
  const { language, t } = useLanguage();
  if (reasons.length === 0) return '—';
  const classify = model.task === 'classify';
  const parts = classify
    ? pointsOf(reasons, value)
    : reasons.map((reason) => ({ ...reason, points: reason.contribution }));
  const shown = all ? parts : parts.filter(({ column }) => column !== '').slice(0, SHOWN);
  const left =
    parts.reduce((sum, { points }) => sum + points, 0) -
    shown.reduce((sum, { points }) => sum + points, 0);
  const write = (points: number) =>
    classify
      ? `${points > 0 ? '+' : ''}${number(points, language, 0)}`
      : money(points, language, { sign: true });
  // More chance is bad where the page fears the high end.
  const worse = model.page.worse;
  return (
    <span className="reasons-text">
      {shown.map(({ column, phrase, points }) => (
        <Fragment key={column}>
          {phrase[language]}{' '}
          <b>
            <Change value={points} worse={worse}>
              {write(points)}
            </Change>
          </b>
          {' · '}
        </Fragment>
      ))}
      {!all && left !== 0 && (
        <>
          {t({ pt: 'outros', en: 'others' })}{' '}
          <b>
            <Change value={left} worse={worse}>
              {write(left)}
            </Change>
          </b>
        </>
      )}
    </span>
  );
}
