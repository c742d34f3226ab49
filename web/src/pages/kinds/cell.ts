import type { Language, ModelAnswer } from '@tino/system/contract';
import { date, money, number, share } from '../../format.js';

type Scalar = string | number | boolean | null | undefined;

type Units = NonNullable<ModelAnswer['page']['units']>;

/** A declared column's value as its cell shows it; long keys keep their first letters. */
export function cellOf(value: Scalar, language: Language, unit?: Units[string]): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'number') {
    if (unit === 'money') return money(value, language);
    return unit === 'share' ? share(value, language) : number(value, language);
  }
  if (typeof value === 'boolean') return YES_NO[language][value ? 0 : 1];
  if (/^\d{4}-\d\d-\d\d/.test(value)) return date(value, language);
  return value.replaceAll('_', ' ');
}

/** The key of a row, short enough for a column: `9431e0…`. */
export function keyText(key: Record<string, string>): string {
  return Object.values(key)
    .map((part) => (part.length > 10 ? `${part.slice(0, 6)}…` : part))
    .join(' · ');
}

const YES_NO: Record<Language, [string, string]> = { pt: ['sim', 'não'], en: ['yes', 'no'] };
