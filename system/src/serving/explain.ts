import type { Column, Frame, Model } from '@tino/learn';
import type { Reason } from '../contract/common.js';
import type { Prediction } from '../contract/predictions.js';
import type { Language, Words } from '../contract/words.js';
import { isWords, phraseOf } from '../training/signature.js';
import type { Page } from '../workspace/types.js';
import { formatNumber, shownValue } from './sentence.js';

export type Scalar = Reason['value'];
type Explanation = NonNullable<Prediction['explanation']>;

const OTHERS: Words = { pt: 'outros', en: 'others' };

/**
 * Base, reasons and raw score rounded so that the parts shown add up to the total shown: the largest
 * reasons one by one, what is left as *others*. Undefined when the model cannot explain.
 */
export function explanationOf(
  model: Model,
  page: Page,
  x: Frame,
  row: number,
  { reasonsMax }: { reasonsMax: number },
): Explanation | undefined {
  if (model.explain === undefined) return undefined;
  const { base, contributions, raw, link } = model.explain(x, row);
  const scale = scaleOf(link, raw);
  const whole = (value: number) => Math.round(value * scale);
  const order = [...contributions.keys()]
    .filter((c) => whole(contributions[c]!) !== 0)
    .sort((a, b) => Math.abs(contributions[b]!) - Math.abs(contributions[a]!))
    .slice(0, reasonsMax);
  let left = whole(raw) - whole(base);
  const reasons = order.map((c): Reason => {
    const { name } = model.columns[c]!;
    const value = valueAt(x, name, row);
    left -= whole(contributions[c]!);
    return {
      column: name,
      value,
      contribution: whole(contributions[c]!) / scale,
      phrase: filledPhrase(page, name, value),
    };
  });
  if (left !== 0)
    reasons.push({ column: '', value: null, contribution: left / scale, phrase: OTHERS });
  return { base: whole(base) / scale, raw: whole(raw) / scale, link, reasons };
}

/** Thousandths of log-odds and logarithms; cents of small values, units of large ones. */
const scaleOf = (link: Explanation['link'], raw: number): number =>
  link !== 'identity' ? 1000 : Math.abs(raw) < 1000 ? 100 : 1;

export function valueAt(x: Frame, name: string, row: number): Scalar {
  const column = x.columns.find((one) => one.name === name);
  return column === undefined ? null : columnValueAt(column, row);
}

export function columnValueAt(column: Column, row: number): Scalar {
  if (column.kind === 'category') return column.levels[column.codes[row]!] ?? null;
  const value = column.values[row]!;
  return Number.isNaN(value) ? null : value;
}

/** The declared phrase of a column with its value in it, or the phrase of the level. */
export function filledPhrase(page: Page, column: string, value: Scalar): Words {
  const phrase = page.phrases?.[column];
  if (phrase !== undefined && !isWords(phrase)) {
    const level = value === null ? undefined : phrase[String(value)];
    if (level !== undefined) return level;
  }
  const words = phraseOf(page, column);
  const fill = (language: Language) =>
    words[language].replaceAll('{value}', columnValue(page, column, value, language));
  return { pt: fill('pt'), en: fill('en') };
}

const shares = new Map<string, boolean>();

function isShare(column: string): boolean {
  let known = shares.get(column);
  if (known === undefined) shares.set(column, (known = /(^|_)share(_|$)/.test(column)));
  return known;
}

/** As declared; else columns of the money at stake are money, and those named as shares per cents. */
export function columnValue(page: Page, column: string, value: Scalar, language: Language): string {
  if (typeof value !== 'number') return shownValue(value, language);
  const guessed = column === page.money ? 'money' : isShare(column) ? 'share' : 'number';
  return formatNumber(value, page.units?.[column] ?? guessed, language);
}
