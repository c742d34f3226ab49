export { date, day } from './dates.js';
import type { Language, ModelAnswer } from '@tino/system/contract';

export type Unit = ModelAnswer['page']['unit'];

const LOCALES: Record<Language, string> = { pt: 'pt-BR', en: 'en' };
const formats = new Map<string, Intl.NumberFormat>();
let currency = 'BRL';

/** The workspace's currency, known once the session is; `BRL` before. */
export function setCurrency(code: string): void {
  currency = code;
}

/**
 * Money: `R$ 1.234,56`; compact from ten thousand, `R$ 45,2 mil`, `R$ 3,3 mi`. `sign` writes the plus.
 */
export function money(
  value: number,
  language: Language,
  { compact = true, sign = false }: { compact?: boolean; sign?: boolean } = {},
): string {
  const short = compact && Math.abs(value) >= 10_000;
  const digits = short ? 1 : 2;
  return tidy(
    formatOf(language, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      ...(short && { notation: 'compact', compactDisplay: 'short' }),
      ...(sign && { signDisplay: 'exceptZero' }),
    }).format(value),
  );
}

/** A plain number; two decimals at most unless told, none from a hundred on. */
export function number(value: number, language: Language, digits?: number): string {
  const most = digits ?? (Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : 2);
  return tidy(
    formatOf(language, {
      maximumFractionDigits: most,
      ...(digits !== undefined && { minimumFractionDigits: digits }),
    }).format(value),
  );
}

/** A share of one as per cent: one decimal below 10%, none above (`−16,8%` when signed). */
export function share(
  value: number,
  language: Language,
  { sign = false }: { sign?: boolean } = {},
): string {
  const whole = Math.abs(value) >= 0.0995 && !sign;
  const digits = whole || value === 0 ? 0 : 1;
  return tidy(
    formatOf(language, {
      style: 'percent',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      ...(sign && { signDisplay: 'exceptZero' }),
    }).format(value),
  );
}

/** A value in the unit that its page declares. */
export function valueOf(value: number, unit: Unit, language: Language): string {
  if (unit === 'money') return money(value, language);
  if (unit === 'unitPrice') return money(value, language, { compact: false });
  if (unit === 'probability') return share(value, language);
  return number(value, language);
}

// The real minus sign is as wide as the figures; breaking spaces would part a number from its unit.
const tidy = (text: string) => text.replace('-', '−').replaceAll(' ', '\u00a0');

function formatOf(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const kept = formats.get(key) ?? new Intl.NumberFormat(LOCALES[language], options);
  formats.set(key, kept);
  return kept;
}
