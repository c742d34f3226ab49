import type { SentenceSpan } from '../contract/common.js';
import type { Language } from '../contract/words.js';
import type { Page } from '../workspace/types.js';

/** `share` is a change or a part with a decimal; `probability` is a whole per cent. */
export type Unit = Page['unit'] | 'share';

const LOCALES = { pt: 'pt-BR', en: 'en' };
const COMPACT_FROM = 10_000;

/**
 * A number as the pages write it: R$ 1.234,56 and from ten thousand R$ 45,2 mil; 7%; a real minus sign.
 * The tilde of what is predicted is put by whoever shows it.
 */
export const formatNumber = (
  value: number,
  unit: Unit,
  language: Language,
  currency = 'BRL',
): string => numberFormat(unit, language, currency)(value);

type NumberFormat = (value: number) => string;
const numberFormats = new Map<string, NumberFormat>();

/** The same for who writes many numbers of a kind. */
export function numberFormat(unit: Unit, language: Language, currency = 'BRL'): NumberFormat {
  const kind = `${unit} ${language} ${currency}`;
  let format = numberFormats.get(kind);
  if (format === undefined)
    numberFormats.set(kind, (format = makeFormat(unit, language, currency)));
  return format;
}

/** Whole numbers up to it come again and again, and writing one takes a microsecond. */
const REMEMBERED_MAX = 10_000;

function makeFormat(unit: Unit, language: Language, currency: string): NumberFormat {
  const made = (particular: boolean) =>
    new Intl.NumberFormat(LOCALES[language], {
      // What rounds to nothing has no sign.
      signDisplay: 'negative',
      ...optionsOf(unit, particular, currency),
    });
  let usual: Intl.NumberFormat | undefined;
  let rare: Intl.NumberFormat | undefined;
  const write = (value: number) => {
    const format = isParticular(unit, value) ? (rare ??= made(true)) : (usual ??= made(false));
    return format.format(value).replace('-', '−');
  };
  const written: string[] = [];
  return (value) =>
    Number.isInteger(value) && value >= 0 && value <= REMEMBERED_MAX
      ? (written[value] ??= write(value))
      : write(value);
}

/** Large money is shortened, large numbers lose their decimals, small probabilities gain one. */
function isParticular(unit: Unit, value: number): boolean {
  const size = Math.abs(value);
  switch (unit) {
    case 'money':
    case 'unitPrice':
      return size >= COMPACT_FROM;
    case 'probability':
      return size < 0.01 && value !== 0;
    case 'quantity':
    case 'number':
      return size >= 100;
    case 'share':
      return false;
  }
}

function optionsOf(unit: Unit, particular: boolean, currency: string): Intl.NumberFormatOptions {
  switch (unit) {
    case 'money':
    case 'unitPrice':
      return {
        style: 'currency',
        currency,
        ...(particular && {
          notation: 'compact' as const,
          minimumFractionDigits: 0,
          maximumFractionDigits: 1,
        }),
      };
    case 'share':
      return { style: 'percent', maximumFractionDigits: 1 };
    case 'probability':
      return { style: 'percent', maximumFractionDigits: particular ? 1 : 0 };
    case 'quantity':
    case 'number':
      return { maximumFractionDigits: particular ? 0 : 1 };
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
