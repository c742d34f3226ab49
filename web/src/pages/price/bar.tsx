import type { ModelAnswer, Suggestion } from '@tino/system/contract';
import { useState } from 'react';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { useMay } from '../../session.js';
import { BarSays } from './bar-says.js';
import { ChoiceDialog } from './choice-dialog.js';
import { useDecide } from './use-decide.js';

interface PriceBarProps {
  model: ModelAnswer;
  marked: Suggestion[];
  /** Share of items that stay at the old price, to measure. */
  holdOut: number;
}

/** What is marked and what it is worth, and the two verbs. */
export function PriceBar({ model, marked, holdOut }: PriceBarProps) {
  const { t } = useLanguage();
  const may = useMay('approver');
  const decide = useDecide(model);
  const [refusing, setRefusing] = useState(false);
  const count = marked.length;
  const ids = marked.map(({ id }) => id);
  const prices = t({ pt: count === 1 ? 'preço' : 'preços', en: count === 1 ? 'price' : 'prices' });
  const idle = !may || count === 0 || decide.isPending;
  return (
    <div className="task-bar">
      <BarSays
        marked={marked}
        holdOut={holdOut}
        decided={decide.data ?? null}
        error={decide.error}
      />
      <div className="task-bar-verbs">
        <Button disabled={idle} onClick={() => setRefusing(true)}>
          {t({ pt: 'Recusar com motivo', en: 'Refuse with a reason' })}
        </Button>
        <Button
          look="main"
          disabled={idle}
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
