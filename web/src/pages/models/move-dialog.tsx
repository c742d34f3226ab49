import type { Promotion } from '@tino/system/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { send, type ApiError } from '../../api.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';

export interface Move {
  kind: 'promote' | 'rollback';
  version: number;
}

interface MoveDialogProps {
  model: string;
  move: Move | null;
  close(): void;
}

/** Another version serves from now on; the reason is kept with the move. */
export function MoveDialog({ model, move, close }: MoveDialogProps) {
  const { t } = useLanguage();
  const title =
    move?.kind === 'rollback'
      ? t({
          pt: `Voltar ${model} para a v${move.version}`,
          en: `Roll ${model} back to v${move.version}`,
        })
      : t({
          pt: `Promover a v${move?.version} de ${model}`,
          en: `Promote v${move?.version} of ${model}`,
        });
  return (
    <Dialog title={title} open={move !== null} onClose={close}>
      {move && <MoveForm model={model} move={move} close={close} />}
    </Dialog>
  );
}

function MoveForm({ model, move, close }: { model: string; move: Move; close(): void }) {
  const { t } = useLanguage();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const { mutate, isPending, error } = useMutation<Promotion, ApiError>({
    mutationFn: () =>
      send('POST', `/v1/models/${model}/${move.kind}`, {
        reason: reason.trim(),
        ...(move.kind === 'promote' && { version: move.version }),
      }),
    onSuccess: async () => {
      close();
      await queries.invalidateQueries();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <form onSubmit={submit}>
      <p>
        {t({
          pt: `A v${move.version} passa a responder já, sem perder pedidos. Isto fica no histórico com o seu nome.`,
          en: `v${move.version} answers from now on and no request is dropped. The move is kept in the history with your name.`,
        })}
      </p>
      <label className="field">
        <span className="field-label">{t({ pt: 'Por quê?', en: 'Why?' })}</span>
        <textarea
          required
          rows={3}
          maxLength={2000}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      {error && (
        <p role="alert" className="problem">
          {error.message}. {error.next}
        </p>
      )}
      <div className="row">
        <Button type="submit" look="main" disabled={isPending || reason.trim() === ''}>
          {move.kind === 'rollback'
            ? t({ pt: `Voltar para a v${move.version}`, en: `Roll back to v${move.version}` })
            : t({ pt: `Promover a v${move.version}`, en: `Promote v${move.version}` })}
        </Button>
        <Button look="quiet" onClick={close}>
          {t({ pt: 'Cancelar', en: 'Cancel' })}
        </Button>
      </div>
    </form>
  );
}
