import type { ModelAnswer, Review } from '@tino/system/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { send, type ApiError } from '../../api.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { errorText } from '../../parts/failure.js';
import { decisionsPath } from './decided.js';

/** A decision by a machine may be looked at by a person: LGPD, art. 20. */
export function AskReview({ model, id }: { model: ModelAnswer; id: string }) {
  const { t } = useLanguage();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [kept, setKept] = useState<Review>();
  const [error, setError] = useState<ApiError>();
  const ask = () =>
    send<Review>('POST', '/v1/reviews', { model: model.name, key: id, reason: reason.trim() }).then(
      (review) => {
        setKept(review);
        void client.invalidateQueries({ queryKey: [decisionsPath({ model, id })] });
      },
      (failed: ApiError) => setError(failed),
    );
  if (kept)
    return (
      <p className="figure-note">
        {t({
          pt: 'O pedido foi guardado com o que foi decidido e por quê.',
          en: 'The request is kept with what was decided and why.',
        })}
      </p>
    );
  return (
    <>
      <label className="field">
        <span className="field-label">
          {t({ pt: 'Pedir revisão por uma pessoa: motivo', en: 'Ask a person to review: reason' })}
        </span>
        <textarea
          rows={2}
          maxLength={2000}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      {error && (
        <p className="tone-bad" role="alert">
          {errorText(error)}
        </p>
      )}
      <Button disabled={reason.trim() === ''} onClick={() => void ask()}>
        {t({ pt: 'Pedir revisão', en: 'Ask for review' })}
      </Button>
    </>
  );
}
