import type { Language, ModelAnswer } from '@tino/system/contract';
import { money, number, share } from '../format.js';

type Unit = ModelAnswer['page']['unit'];

/** Where figures say the size once, beside the title: divisor and words (`R$ mil`). */
export interface AxisScale {
  divisor: number;
  words: string;
  /** The size alone, as it follows a number: `mil`, `K`. */
  short: string;
  write(value: number): string;
}

/** The currency's sign as the language writes it. */
export const signOf = (language: Language): string =>
  money(0, language).replaceAll(/[\d.,\s\u00a0]/g, '');

/**
 * Picks thousands, millions or plain for an axis whose largest value is `most`; of several charts in
 * one unit, `own` is the largest of this one and decides the decimals.
 */
export function axisScale(most: number, unit: Unit, language: Language, own = most): AxisScale {
  if (unit === 'probability')
    return { divisor: 1, words: '%', short: '', write: (value) => share(value, language) };
  const size = Math.abs(most);
  const step = size >= 1e6 ? 2 : size >= 1e4 ? 1 : 0;
  const divisor = 1000 ** step;
  const words = [
    unit === 'money' || unit === 'unitPrice' ? signOf(language) : '',
    SIZES[language][step] ?? '',
  ]
    .filter(Boolean)
    .join(' ');
  const shown = Math.abs(own) / divisor;
  const digits = shown >= 10 ? 0 : shown >= 1 ? 1 : 2;
  const short = SHORT[language][step] ?? '';
  return { divisor, words, short, write: (value) => number(value / divisor, language, digits) };
}

const SIZES: Record<Language, string[]> = {
  pt: ['', 'mil', 'milhões'],
  en: ['', 'thousand', 'million'],
};

const SHORT: Record<Language, string[]> = { pt: ['', '\u00a0mil', '\u00a0mi'], en: ['', 'K', 'M'] };
