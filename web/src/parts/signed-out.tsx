import { useLanguage } from '../language.js';
import { Logo } from './logo.js';

/** No session: how to get in. */
export function SignedOut() {
  const { t } = useLanguage();
  return (
    <main className="alone">
      <Logo />
      <h1 className="answer">
        <strong>{t({ pt: 'Entre com um link.', en: 'Sign in with a link.' })}</strong>
      </h1>
      <p>
        {t({
          pt: 'Cada partida do servidor mostra um link de uso único no terminal. Quem administra cria outro com o comando abaixo.',
          en: 'Each start of the server prints a one-time link in the terminal. An administrator makes another with the command below.',
        })}
      </p>
      <p className="state-code">npx tino key link</p>
    </main>
  );
}
