import assert from 'node:assert/strict';
import type { Language } from '../../src/contract/words.js';
import { formatNumber, type Unit } from '../../src/serving/sentence.js';

const UNITS: Unit[] = ['money', 'share', 'probability', 'number'];

/**
 * Fails when a sentence says a number that is none of the figures, however it is written; what is
 * quoted (names of segments) and `fixed` (the words of declarations) may hold digits of its own.
 */
export function assertToldFrom(
  sentence: string,
  language: Language,
  { figures, fixed }: { figures: readonly number[]; fixed: readonly string[] },
): void {
  const written = figures.flatMap((figure) =>
    [figure, Math.round(figure), Math.round(figure * 100) / 100].flatMap((value) =>
      UNITS.map((unit) => formatNumber(Math.abs(value), unit, language)),
    ),
  );
  const told = [...new Set([...written, ...fixed])].filter((text) => text !== '');
  let rest = sentence.replace(/“[^”]*”/g, '');
  for (const text of told.sort((a, b) => b.length - a.length))
    rest = rest.replaceAll(new RegExp(`(?<![\\d.,])${escaped(text)}(?![\\d]|[.,]\\d)`, 'g'), '');
  assert.doesNotMatch(rest, /\d/, `“${sentence}” leaves “${rest}”`);
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export const near = (found: number | null | undefined, right: unknown, what: string): void => {
  const value = Number(right);
  assert.ok(
    Math.abs(Number(found) - value) <= 1e-6 * Math.max(1, Math.abs(value)),
    `${what}: ${found}, SQL says ${value}`,
  );
};
