import type { Language, Session, Words } from '@tino/system/contract';
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { peekFirst } from './api.js';

interface LanguageState {
  language: Language;
  /** The language of the answers that came inside the HTML; null when none came. */
  served: Language | null;
  t(words: Words): string;
  setLanguage(language: Language): void;
}

const LanguageContext = createContext<LanguageState | null>(null);
const KEPT = 'tino.language';

/** Language of the page: the reader's choice, else the server's, else the browser's. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [served] = useState(() => servedLanguage());
  const [language, choose] = useState<Language>(() => mark(chosen() ?? served ?? ofBrowser()));
  const state = useMemo<LanguageState>(
    () => ({
      language,
      served,
      t: (words) => words[language],
      setLanguage: (next) => choose(keep(next)),
    }),
    [language, served],
  );
  return <LanguageContext value={state}>{children}</LanguageContext>;
}

export function useLanguage(): LanguageState {
  const state = useContext(LanguageContext);
  if (state === null) throw new Error('useLanguage is called outside <LanguageProvider>');
  return state;
}

const servedLanguage = () => peekFirst<Session>('/v1/session')?.language ?? null;
const ofBrowser = (): Language => (navigator.language.toLowerCase().startsWith('en') ? 'en' : 'pt');

function chosen(): Language | null {
  const kept = localStorage.getItem(KEPT);
  return kept === 'pt' || kept === 'en' ? kept : null;
}

/** The document's language is what `api.ts` asks in, so it moves before any question. */
function mark(language: Language): Language {
  document.documentElement.lang = language === 'pt' ? 'pt-BR' : 'en';
  return language;
}

/** In a cookie too: the server writes the first answers into the page before any script runs. */
function keep(language: Language): Language {
  localStorage.setItem(KEPT, language);
  document.cookie = `tino_lang=${language}; path=/; max-age=31536000; samesite=lax`;
  return mark(language);
}
