import type { Language } from '@tino/system/contract';

let zone = 'America/Sao_Paulo';

/** The workspace's zone, known once the session is. */
export function setZone(name: string): void {
  zone = name;
}

const LOCALES: Record<Language, string> = { pt: 'pt-BR', en: 'en-GB' };

/** Day and month for charts: `26/10`, `26 Oct`. */
export const day = (iso: string, language: Language): string =>
  write(iso, language, { day: '2-digit', month: language === 'pt' ? '2-digit' : 'short' });

/** `12/03/2026`, `12 Mar 2026`. */
export const date = (iso: string, language: Language): string =>
  write(iso, language, {
    day: '2-digit',
    month: language === 'pt' ? '2-digit' : 'short',
    year: 'numeric',
  });

/** `sábado, 21/11/2026`, `Saturday, 21 Nov 2026`. */
export const longDate = (iso: string, language: Language): string =>
  `${write(iso, language, { weekday: 'long' })}, ${date(iso, language)}`;

/** `09:41` in the workspace's zone. */
export const time = (iso: string, language: Language): string =>
  write(iso, language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** Time alone today, with the date before it otherwise. */
export function moment(iso: string, language: Language, now = new Date()): string {
  const today = date(now.toISOString(), language) === date(iso, language);
  return today ? time(iso, language) : `${date(iso, language)} ${time(iso, language)}`;
}

/** `41 s`, `3 min 12 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  if (seconds < 1) return '< 1 s';
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

/** Minutes since midnight in the workspace's zone. */
export function minuteOfDay(iso: string): number {
  const [hours = 0, minutes = 0] = time(iso, 'pt').split(':').map(Number);
  return hours * 60 + minutes;
}

// A date without an hour is a local date: read as UTC it would be the day before, west of Greenwich.
function write(iso: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  const local = !/(Z|[+-]\d\d:?\d\d)$/.test(iso);
  const text = iso.length === 10 ? `${iso}T00:00:00` : iso.replace(' ', 'T');
  const at = new Date(local ? `${text}Z` : text);
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: local ? 'UTC' : zone,
    ...options,
  }).format(at);
}
