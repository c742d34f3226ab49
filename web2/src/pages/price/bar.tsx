import type { ModelAnswer, Suggestion } from '@tino/system/contract';
import { useState } from 'react';
import { money, share } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { Predicted } from '../../parts/predicted.js';
import { useMay } from '../../session.js';
import { ChoiceDialog } from './choice-dialog.js';
import { useDecide } from './use-decide.js';

interface PriceBarProps {
  model: ModelAnswer;
  marked: Suggestion[];
  /** Share of items that stay at the old price, to measure. */
  holdOut: number;
}

/** What is marked, what it is worth, the hold-out share, and the two verbs. */
export function PriceBar({ model, marked, holdOut }: PriceBarProps) {
  const { language, t } = useLanguage();
  const may = useMay('approver');
  const decide = useDecide(model);
  const [refusing, setRefusing] = useState(false);
  const count = marked.length;
  const sum = (pick: (one: Suggestion) => number) =>
    marked.reduce((total, one) => total + pick(one), 0);
  const ids = marked.map(({ id }) => id);
  const prices = t({ pt: count === 1 ? 'preço' : 'preços', en: count === 1 ? 'price' : 'prices' });
  return (
    <div className="task-bar">
      <p className="task-bar-says" aria-live="polite">
        <b>
          {decide.data !== undefined && count === 0
            ? t({ pt: `${decide.data} decididos`, en: `${decide.data} decided` })
            : t({
                pt: `${count} ${prices} ${count === 1 ? 'marcado' : 'marcados'}`,
                en: `${count} ${prices} marked`,
              })}
        </b>{' '}
        {count > 0 && (
          <span className="wide-only">
            <Predicted signed>
              {money(
                sum(({ gain }) => gain.value),
                language,
                { sign: true },
              )}
            </Predicted>{' '}
            {t({ pt: 'por semana, entre', en: 'a week, between' })}{' '}
            {money(
              sum(({ gain }) => gain.lower),
              language,
            )}{' '}
            {t({ pt: 'e', en: 'and' })}{' '}
            {money(
              sum(({ gain }) => gain.upper),
              language,
            )}
          </span>
        )}{' '}
        <span className="muted wide-only">
          ·{' '}
          {holdOut > 0
            ? t({
                pt: `${share(holdOut, language)} ficam no preço antigo para medir`,
                en: `${share(holdOut, language)} stay at the old price to measure`,
              })
            : t({
                pt: 'nenhum fica no preço antigo para medir',
                en: 'none stays at the old price to measure',
              })}
        </span>
        {decide.error && (
          <span role="alert" className="tone-bad">
            {' '}
            {decide.error.message}
          </span>
        )}
      </p>
      <div className="task-bar-verbs">
        <Button
          disabled={!may || count === 0 || decide.isPending}
          onClick={() => setRefusing(true)}
        >
          {t({ pt: 'Recusar com motivo', en: 'Refuse with a reason' })}
        </Button>
        <Button
          look="main"
          disabled={!may || count === 0 || decide.isPending}
          onClick={() => decide.mutate({ ids, choice: { decision: 'approve' } })}
        >
          {decide.isPending
            ? t({ pt: 'Aprovando…', en: 'Approving…' })
            : `${t({ pt: 'Aprovar', en: 'Approve' })} ${count} ${prices}`}
        </Button>
      </div>
      {refusing && (
        <ChoiceDialog
          kind="refuse"
          count={count}
          onClose={() => setRefusing(false)}
          onChoose={(choice) => {
            decide.mutate({ ids, choice });
            setRefusing(false);
          }}
        />
      )}
    </div>
  );
}
