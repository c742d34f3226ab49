import type { Session } from '@tino/system/contract';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { send, type ApiError } from '../api.js';
import { useLanguage } from '../language.js';
import { Loading } from '../parts/loading.js';
import { SignedOut } from '../parts/signed-out.js';

// Outside the component: a token works once, and a page in development is mounted twice.
const asked = new Set<string>();

/** Turns the one-time link into a session, then goes home. */
export function EnterPage() {
  const { t } = useLanguage();
  const [token] = useState(() => new URLSearchParams(location.search).get('token') ?? '');
  const { mutate, error } = useMutation<Session, ApiError, string>({
    mutationFn: (value) => send<Session>('POST', '/v1/session', { token: value }),
    // A whole new page, so that its first answers come inside the HTML.
    onSuccess: () => location.replace('/'),
  });
  useEffect(() => {
    if (token === '' || asked.has(token)) return;
    asked.add(token);
    mutate(token);
  }, [token, mutate]);
  if (token === '') return <SignedOut />;
  if (error === null) return <Loading doing={t({ pt: 'Entrando…', en: 'Signing in…' })} />;
  return (
    <>
      <SignedOut />
      <p className="alone-note" role="alert">
        {error.message} ({error.code})
      </p>
    </>
  );
}
