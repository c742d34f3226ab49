import type { SentenceSpan } from '../contract/common.js';
import type { Language } from '../contract/words.js';
import { formatNumber } from './sentence.js';

const span =
  (kind: SentenceSpan['kind']) =>
  (words: string): SentenceSpan => ({ kind, text: words });

export const text = span('text');
export const strong = span('strong');
/** What happened. */
export const measured = span('measured');
/** What is foretold: pages and terminals put the tilde before it. */
export const predicted = span('predicted');

/** A change as a share with its sign: "+6,1%", "−16,8%". */
export const signedShare = (share: number, language: Language): string =>
  `${share < 0 ? '−' : '+'}${formatNumber(Math.abs(share), 'share', language)}`;
