import type { ModelAnswer, Suggestion } from '@tino/system/contract';
import { useState } from 'react';
import { priceOf } from '../../charts/price-ladder.js';
import { date } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { errorText } from '../../parts/failure.js';
import { useMay } from '../../session.js';
import { ChoiceDialog } from './choice-dialog.js';
import { STATE_WORDS } from './states.js';
import { useDecide } from './use-decide.js';

/** Approve, edit or refuse the open suggestion; once decided, who did it and why. */
export function Decision({ model, suggestion }: { model: ModelAnswer; suggestion: Suggestion }) {
  const { language, t } = useLanguage();
  const may = useMay('approver');
  const decide = useDecide(model);
  const [asking, setAsking] = useState<'edit' | 'refuse' | null>(null);
  const { decision, state, price, id } = suggestion;
  if (decision !== null)
    return (
      <p className="decided">
        <b>{STATE_WORDS[state][language]}</b> · {decision.by}, {date(decision.at, language)}
        {decision.price !== null && ` · ${priceOf(decision.price, language)}`}
        {decision.reason !== null && ` · ${decision.reason}`}
      </p>
    );
  if (state !== 'waiting') return <p className="muted">{STATE_WORDS[state][language]}</p>;
  if (!may)
    return (
      <p className="muted">
        {t({
          pt: 'Aprovar exige o papel de aprovador; quem administra as chaves pode conceder.',
          en: 'Approving needs the approver role; whoever manages the keys can grant it.',
        })}
      </p>
    );
  return (
    <div className="decision">
      <Button
        look="main"
        disabled={decide.isPending}
        onClick={() => decide.mutate({ ids: [id], choice: { decision: 'approve' } })}
      >
        {t({ pt: 'Aprovar', en: 'Approve' })} {priceOf(price, language)}
      </Button>
      <Button onClick={() => setAsking('edit')}>
        {t({ pt: 'Outro preço', en: 'Another price' })}
      </Button>
      <Button onClick={() => setAsking('refuse')}>{t({ pt: 'Recusar', en: 'Refuse' })}</Button>
      {decide.error && (
        <p role="alert" className="tone-bad">
          {errorText(decide.error)}
        </p>
      )}
      {asking !== null && (
        <ChoiceDialog
          kind={asking}
          count={1}
          price={asking === 'edit' ? price : undefined}
          floor={suggestion.floor}
          onClose={() => setAsking(null)}
          onChoose={(choice) => {
            decide.mutate({ ids: [id], choice });
            setAsking(null);
          }}
        />
      )}
    </div>
  );
}
