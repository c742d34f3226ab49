import { quantiles, type Column, type Frame } from '@tino/learn';
import { inNumber } from '../contract/phrase.js';
import type { Words } from '../contract/words.js';
import type { Page } from '../workspace/types.js';
import type { SignatureColumn } from './package.js';

/** The columns of a frame with what was usual in training, for forms and for checks. */
export const signatureOf = (x: Frame, page: Page): SignatureColumn[] =>
  x.columns.map((column) => ({ ...shapeOf(column), phrase: columnPhrase(page, column.name) }));

function shapeOf(column: Column): Omit<SignatureColumn, 'phrase'> {
  const { name } = column;
  if (column.kind === 'category') {
    const counts = new Float64Array(column.levels.length);
    for (const code of column.codes) if (code >= 0) counts[code]!++;
    const order = [...counts.keys()].sort((a, b) => counts[b]! - counts[a]!);
    const most = order[0];
    return {
      name,
      type: 'category',
      levels: order.map((code) => column.levels[code]!),
      typical: most === undefined ? null : column.levels[most]!,
    };
  }
  const known = column.values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return { name, type: 'number', typical: null };
  const [low, typical, high] = quantiles(known, [0.01, 0.5, 0.99]) as [number, number, number];
  return { name, type: 'number', low, high, typical };
}

/** The declared phrase; of a phrase by level, and without one, the name and its value. */
export function phraseOf(page: Page, column: string): Words {
  const phrase = page.phrases?.[column];
  if (phrase !== undefined && isWords(phrase)) return phrase;
  const text = `${column.replaceAll('_', ' ')}: {value}`;
  return { pt: text, en: text };
}

/** What a column is called wherever no number of it is known: its phrase in the plural. */
export function columnPhrase(page: Page, column: string): Words {
  const { pt, en } = phraseOf(page, column);
  return { pt: inNumber(pt, undefined, 'pt'), en: inNumber(en, undefined, 'en') };
}

export const isWords = (phrase: Words | Record<string, Words>): phrase is Words =>
  typeof phrase['pt'] === 'string' && typeof phrase['en'] === 'string';
