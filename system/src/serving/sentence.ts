import type { SentenceSpan } from '../contract/common.js';
import type { Language } from '../contract/words.js';
import type { Page } from '../workspace/types.js';

/** `share` is a change or a part with a decimal; `probability` is a whole per cent. */
export type Unit = Page['unit'] | 'share';

const LOCALES = { pt: 'pt-BR', en: 'en' };
const COMPACT_FROM = 10_000;
const formats = new Map<string, Intl.NumberFormat>();
/** What was written lately: counts, days and shares repeat, and writing one takes microseconds. */
const written = new Map<string, Map<number, string>>();
const WRITTEN_MAX = 10_000;

/**
 * A number as the pages write it: R$ 1.234,56 and from ten thousand R$ 45,2 mil; 7%; a real minus sign.
 * The tilde of what is predicted is put by whoever shows it.
 */
export function formatNumber(
  value: number,
  unit: Unit,
  language: Language,
  currency = 'BRL',
): string {
  const kind = `${unit} ${language} ${currency}`;
  let known = written.get(kind);
  if (known === undefined) written.set(kind, (known = new Map()));
  let text = known.get(value);
  if (text === undefined) {
    text = write(value, unit, language, currency);
    if (known.size >= WRITTEN_MAX) known.clear();
    known.set(value, text);
  }
  return text;
}

function write(value: number, unit: Unit, language: Language, currency: string): string {
  const compact = Math.abs(value) >= COMPACT_FROM && (unit === 'money' || unit === 'unitPrice');
  const small = unit === 'probability' && Math.abs(value) < 0.01 && value !== 0;
  const large = Math.abs(value) >= 100;
  const key = `${unit} ${language} ${currency} ${compact} ${small} ${large}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(
      LOCALES[language],
      optionsOf(unit, { compact, small, large, currency }),
    );
    formats.set(key, format);
  }
  return format.format(value).replace('-', '−');
}

function optionsOf(
  unit: Unit,
  {
    compact,
    small,
    large,
    currency,
  }: Record<'compact' | 'small' | 'large', boolean> & {
    currency: string;
  },
): Intl.NumberFormatOptions {
  switch (unit) {
    case 'money':
    case 'unitPrice':
      return {
        style: 'currency',
        currency,
        // What rounds to nothing has no sign.
        signDisplay: 'negative',
        ...(compact && {
          notation: 'compact' as const,
          minimumFractionDigits: 0,
          maximumFractionDigits: 1,
        }),
      };
    case 'share':
      return { style: 'percent', maximumFractionDigits: 1 };
    case 'probability':
      return { style: 'percent', maximumFractionDigits: small ? 1 : 0 };
    case 'quantity':
    case 'number':
      return { maximumFractionDigits: large ? 0 : 1 };
  }
}

/** A count of things: "1 loja", "45 lojas". */
export const counted = (count: number, noun: Page['noun'], language: Language): string =>
  `${formatNumber(count, 'number', language)} ${noun[language][count === 1 ? 0 : 1]}`;

/** A value inside a phrase; categories are put as they are, without underscores. */
export const shownValue = (value: string | number | boolean | null, language: Language): string => {
  if (value === null) return language === 'pt' ? 'desconhecido' : 'unknown';
  return typeof value === 'number'
    ? formatNumber(value, 'number', language)
    : String(value).replaceAll('_', ' ');
};

/** The words of a sentence without their colours. */
export const plainText = (spans: readonly SentenceSpan[]): string =>
  spans.map(({ kind, text }) => (kind === 'predicted' ? `~${text}` : text)).join('');
