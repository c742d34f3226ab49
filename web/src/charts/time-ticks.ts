import type { Language } from '@tino/system/contract';
import { day } from '../format.js';

const LOCALES: Record<Language, string> = { pt: 'pt-BR', en: 'en' };

/** Milliseconds of an ISO date, read as UTC so that a label never falls on the day before. */
export const timeOf = (iso: string): number =>
  Date.parse(iso.length > 10 ? iso : `${iso}T00:00:00Z`);

/** Short months for long spans (`jan 2026` in January), else day and month; about one per 90 px. */
export function timeTicks(
  dates: string[],
  x: (time: number) => number,
  language: Language,
  widthPerTick = 90,
): { at: number; text: string }[] {
  if (dates.length === 0) return [];
  const pixels = Math.abs(x(timeOf(dates.at(-1)!)) - x(timeOf(dates[0]!)));
  const most = Math.max(2, Math.floor(pixels / widthPerTick));
  if (dates.length <= 26) return spread(dates, most).map((iso) => tick(iso, x, day(iso, language)));
  return spread(firstsOfMonths(dates), most).map((iso) => tick(iso, x, monthOf(iso, language)));
}

/** `out`, `jan 2026`. */
export function monthOf(iso: string, language: Language): string {
  const date = new Date(timeOf(iso));
  const month = new Intl.DateTimeFormat(LOCALES[language], { month: 'short', timeZone: 'UTC' })
    .format(date)
    .replace('.', '');
  return date.getUTCMonth() === 0 ? `${month} ${date.getUTCFullYear()}` : month;
}

const tick = (iso: string, x: (time: number) => number, text: string) => ({
  at: x(timeOf(iso)),
  text,
});

const firstsOfMonths = (dates: string[]) =>
  dates.filter((iso, index) => index > 0 && iso.slice(0, 7) !== dates[index - 1]!.slice(0, 7));

const spread = (dates: string[], most: number) => {
  const every = Math.ceil(dates.length / most);
  return dates.filter((_, index) => index % every === 0);
};
