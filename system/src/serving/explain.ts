import type { Column, Frame, Model } from '@tino/learn';
import type { Reason } from '../contract/common.js';
import type { Prediction } from '../contract/predictions.js';
import { inNumber, isOne } from '../contract/phrase.js';
import type { Language, Words } from '../contract/words.js';
import { isWords, phraseOf } from '../training/signature.js';
import type { Page } from '../workspace/types.js';
import { numberFormat, shownValue } from './sentence.js';

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

type Phraser = (value: Scalar) => Words;
const phrasers = new WeakMap<Page, Map<string, Phraser>>();

/** The declared phrase of a column with a value in it, or the phrase of the level. */
export function phraserOf(page: Page, column: string): Phraser {
  let known = phrasers.get(page);
  if (known === undefined) phrasers.set(page, (known = new Map()));
  let phraser = known.get(column);
  if (phraser === undefined) known.set(column, (phraser = makePhraser(page, column)));
  return phraser;
}

export const filledPhrase = (page: Page, column: string, value: Scalar): Words =>
  phraserOf(page, column)(value);

function makePhraser(page: Page, column: string): Phraser {
  const phrase = page.phrases?.[column];
  const levels = phrase === undefined || isWords(phrase) ? {} : phrase;
  const words = phraseOf(page, column);
  const pt = filler(words.pt, writerOf(page, column, 'pt'), 'pt');
  const en = filler(words.en, writerOf(page, column, 'en'), 'en');
  return (value) => {
    const level = String(value);
    return value !== null && Object.hasOwn(levels, level)
      ? levels[level]!
      : { pt: pt(value), en: en(value) };
  };
}

type Writer = (value: Scalar) => string;

function filler(phrase: string, write: Writer, language: Language): Writer {
  // A number has but two forms, made once.
  const [single, several] = [1, undefined].map((value) =>
    inNumber(phrase, value, language).split('{value}'),
  );
  return (value) => {
    const shown = write(value);
    const one = typeof value === 'number' && isOne(value, language);
    const [start, ...parts] = (one ? single : several)!;
    return parts.reduce((text, part) => text + shown + part, start!);
  };
}

/** As declared; else columns of the money at stake are money, and those named as shares per cents. */
function writerOf({ units, money, currency }: Page, column: string, language: Language): Writer {
  const share = /(^|_)share(_|$)/.test(column);
  const guessed = column === money ? 'money' : share ? 'share' : 'number';
  const format = numberFormat(units?.[column] ?? guessed, language, currency);
  return (value) => (typeof value === 'number' ? format(value) : shownValue(value, language));
}

export const columnValue = (page: Page, column: string, value: Scalar, language: Language) =>
  writerOf(page, column, language)(value);
