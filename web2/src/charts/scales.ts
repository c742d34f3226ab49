import type { Language, ModelAnswer } from '@tino/system/contract';
import { money, number, share } from '../format.js';

type Unit = ModelAnswer['page']['unit'];

/** Where figures say the size once, beside the title: divisor and words (`R$ mil`). */
export interface AxisScale {
  divisor: number;
  words: string;
  write(value: number): string;
}

/** The currency's sign as the language writes it. */
export const signOf = (language: Language): string =>
  money(0, language).replaceAll(/[\d.,\s\u00a0]/g, '');

/** Picks thousands, millions or plain for an axis whose largest value is `most`. */
export function axisScale(most: number, unit: Unit, language: Language): AxisScale {
  if (unit === 'probability')
    return { divisor: 1, words: '%', write: (value) => share(value, language) };
  const size = Math.abs(most);
  const step = size >= 1e6 ? 2 : size >= 1e4 ? 1 : 0;
  const divisor = 1000 ** step;
  const words = [
    unit === 'money' || unit === 'unitPrice' ? signOf(language) : '',
    SIZES[language][step] ?? '',
  ]
    .filter(Boolean)
    .join(' ');
  const digits = size / divisor >= 10 ? 0 : size / divisor >= 1 ? 1 : 2;
  return { divisor, words, write: (value) => number(value / divisor, language, digits) };
}

const SIZES: Record<Language, string[]> = {
  pt: ['', 'mil', 'milhões'],
  en: ['', 'thousand', 'million'],
};
