import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../api.js';
import { useLanguage } from '../language.js';
import { Button } from './button.js';

/** What happened, with which value, and what to do next; the code to hand on. */
export function Failure({ error }: { error: Error }) {
  const { t } = useLanguage();
  const queries = useQueryClient();
  const [at] = useState(() => new Date().toISOString());
  const known = error instanceof ApiError ? error : null;
  const details = [known?.code, location.pathname + location.search, at]
    .filter((part) => part !== undefined)
    .join(' · ');
  return (
    <div className="state" role="alert">
      <p className="state-title">{sentence(error.message)}</p>
      {known?.next && <p>{sentence(known.next)}</p>}
      <p className="state-code">{details}</p>
      <div className="row">
        <Button look="main" onClick={() => void queries.refetchQueries({ type: 'active' })}>
          {t({ pt: 'Tentar de novo', en: 'Try again' })}
        </Button>
        <Button onClick={() => void navigator.clipboard?.writeText(`${error.message}\n${details}`)}>
          {t({ pt: 'Copiar detalhes', en: 'Copy details' })}
        </Button>
      </div>
    </div>
  );
}

/** What happened and what to do next, beside the verb that failed. */
export const errorText = ({ message, next }: ApiError): string =>
  [message, next].filter(Boolean).map(sentence).join(' ');

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
