import type { Suggestion } from '@tino/system/contract';
import type { ApiError } from '../../api.js';
import { money, share } from '../../format.js';
import { useLanguage } from '../../language.js';
import { errorText } from '../../parts/failure.js';
import { Predicted } from '../../parts/predicted.js';

interface BarSaysProps {
  marked: Suggestion[];
  holdOut: number;
  /** How many the last verb decided. */
  decided: number | null;
  error: ApiError | null;
}

/** How many prices are marked, their worth a week with its range, and the hold-out share. */
export function BarSays({ marked, holdOut, decided, error }: BarSaysProps) {
  const { language, t } = useLanguage();
  const count = marked.length;
  const sum = (pick: (one: Suggestion) => number) =>
    marked.reduce((total, one) => total + pick(one), 0);
  const [low, high] = [sum(({ gain }) => gain.lower), sum(({ gain }) => gain.upper)];
  const worth = money(
    sum(({ gain }) => gain.value),
    language,
    { sign: true },
  );
  return (
    <p className="task-bar-says" aria-live="polite">
      <b>
        {decided !== null && count === 0
          ? t({ pt: `${decided} decididos`, en: `${decided} decided` })
          : t({
              pt: markedWords(count),
              en: `${count} ${count === 1 ? 'price' : 'prices'} marked`,
            })}
      </b>{' '}
      {count > 0 && (
        <span className="wide-only">
          <Predicted signed>{worth}</Predicted>{' '}
          {t({ pt: 'por semana, entre', en: 'a week, between' })} {money(low, language)}{' '}
          {t({ pt: 'e', en: 'and' })} {money(high, language)}
        </span>
      )}{' '}
      <span className="muted wide-only">· {t(holdOutWords(holdOut > 0 ? holdOut : null))}</span>
      {error && (
        <span role="alert" className="tone-bad">
          {' '}
          {errorText(error)}
        </span>
      )}
    </p>
  );
}

const markedWords = (count: number) =>
  count === 1 ? '1 preço marcado' : `${count} preços marcados`;

const holdOutWords = (holdOut: number | null) =>
  holdOut === null
    ? {
        pt: 'nenhum fica no preço antigo para medir',
        en: 'none stays at the old price to measure',
      }
    : {
        pt: `${share(holdOut, 'pt')} ficam no preço antigo para medir`,
        en: `${share(holdOut, 'en')} stay at the old price to measure`,
      };
