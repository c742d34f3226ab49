import { useState } from 'react';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';

interface ResolveDialogProps {
  onClose(): void;
  onResolve(answer: { state: 'kept' | 'changed'; note: string }): Promise<void>;
}

/** A person looked: does the decision stand, and why. */
export function ResolveDialog({ onClose, onResolve }: ResolveDialogProps) {
  const { t } = useLanguage();
  const [note, setNote] = useState('');
  const ready = note.trim() !== '';
  const answer = (state: 'kept' | 'changed') => void onResolve({ state, note: note.trim() });
  return (
    <Dialog
      title={t({ pt: 'Responder à revisão', en: 'Answer the review' })}
      open
      onClose={onClose}
    >
      <label className="field">
        <span className="field-label">
          {t({ pt: 'O que foi visto, e por quê', en: 'What was seen, and why' })}
        </span>
        <textarea
          rows={3}
          maxLength={2000}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </label>
      <div className="row dialog-verbs">
        <Button onClick={onClose}>{t({ pt: 'Cancelar', en: 'Cancel' })}</Button>
        <Button disabled={!ready} onClick={() => answer('changed')}>
          {t({ pt: 'Mudar a decisão', en: 'Change the decision' })}
        </Button>
        <Button look="main" disabled={!ready} onClick={() => answer('kept')}>
          {t({ pt: 'Manter a decisão', en: 'Keep the decision' })}
        </Button>
      </div>
    </Dialog>
  );
}
