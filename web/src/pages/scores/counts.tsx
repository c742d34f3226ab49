import type { ScoresAnswer } from '@tino/system/contract';
import { capturedAt } from '../../charts/captured-at.js';
import { number } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Predicted } from '../../parts/predicted.js';

interface CountsProps {
  answer: ScoresAnswer;
  count: number;
  onCount(count: number): void;
}

/** The contacts that fit, the cases among them, and how many there would be by chance. */
export function CapacityCounts({ answer, count, onCount }: CountsProps) {
  const { language, t } = useLanguage();
  const { total, capacity, expected: cases } = answer;
  const part = count / Math.max(1, total);
  return (
    <dl className="counts">
      <div>
        <dt>
          <label htmlFor="contacts">{t({ pt: 'Contatos', en: 'Contacts' })}</label>
        </dt>
        <dd>
          <input
            id="contacts"
            type="number"
            min={1}
            max={total}
            value={count}
            onChange={({ target }) =>
              onCount(Math.min(total, Math.max(1, Math.round(target.valueAsNumber) || 1)))
            }
          />
        </dd>
      </div>
      <div>
        <dt>{t({ pt: 'Casos entre eles', en: 'Cases among them' })}</dt>
        <dd>
          <b>
            <Predicted>
              {number(Math.min(count, capturedAt(capacity, part) * cases), language, 0)}
            </Predicted>
          </b>
        </dd>
      </div>
      <div>
        <dt>{t({ pt: 'Se fossem ao acaso', en: 'If by chance' })}</dt>
        <dd>{number(part * cases, language, 0)}</dd>
      </div>
    </dl>
  );
}
