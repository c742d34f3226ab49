import { useState, type FormEvent } from 'react';
import { priceOf } from '../../charts/price-ladder.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import type { Choice } from './use-decide.js';

interface ChoiceDialogProps {
  kind: 'edit' | 'refuse';
  count: number;
  /** Starting price, when editing. */
  price?: number | undefined;
  /** Least price that can be approved, when editing. */
  floor?: number | undefined;
  onClose(): void;
  onChoose(choice: Choice): void;
}

/** Asks for the reason of a refusal, or for another price. */
export function ChoiceDialog({ kind, count, price, floor, onClose, onChoose }: ChoiceDialogProps) {
  const { language, t } = useLanguage();
  const [reason, setReason] = useState('');
  const [other, setOther] = useState(price);
  const refusing = kind === 'refuse';
  const title = refusing
    ? t({
        pt: count === 1 ? 'Recusar a sugestão' : `Recusar ${count} sugestões`,
        en: count === 1 ? 'Refuse the suggestion' : `Refuse ${count} suggestions`,
      })
    : t({ pt: 'Aprovar outro preço', en: 'Approve another price' });
  const ready = refusing ? reason.trim() !== '' : other !== undefined && other > 0;
  const choose = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const said = reason.trim() === '' ? {} : { reason: reason.trim() };
    onChoose(
      refusing ? { decision: 'refuse', ...said } : { decision: 'edit', price: other!, ...said },
    );
  };
  return (
    <Dialog title={title} open onClose={onClose}>
      <form onSubmit={choose}>
        {!refusing && (
          <label className="field">
            <span className="field-label">
              {t({ pt: 'Preço', en: 'Price' })}
              {floor !== undefined &&
                t({
                  pt: ` (piso ${priceOf(floor, language)})`,
                  en: ` (floor ${priceOf(floor, language)})`,
                })}
            </span>
            <input
              type="number"
              step="0.01"
              min="0.01"
              value={other ?? ''}
              onChange={({ target }) =>
                setOther(target.value === '' ? undefined : target.valueAsNumber)
              }
            />
          </label>
        )}
        <label className="field">
          <span className="field-label">
            {refusing
              ? t({
                  pt: 'Motivo (fica guardado com a decisão)',
                  en: 'Reason (kept with the decision)',
                })
              : t({ pt: 'Motivo, se quiser', en: 'Reason, if you like' })}
          </span>
          <textarea
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </label>
        <div className="row dialog-verbs">
          <Button onClick={onClose}>{t({ pt: 'Cancelar', en: 'Cancel' })}</Button>
          <Button look="main" type="submit" disabled={!ready}>
            {refusing ? t({ pt: 'Recusar', en: 'Refuse' }) : t({ pt: 'Aprovar', en: 'Approve' })}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
