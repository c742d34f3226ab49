import type { Language } from './words.js';

const FORMS = /\{([^{}|]*)\|([^{}|]*)\}/g;

/**
 * Whether a number takes the singular: in Portuguese up to 2 (1,8 dia), in English 1 alone; of none
 * there are several.
 */
export function isOne(value: number, language: Language): boolean {
  const shown = Math.round(Math.abs(value) * 10) / 10;
  return language === 'pt' ? shown > 0 && shown < 2 : shown === 1;
}

/** A phrase with the form that a number asks for: `{value} {dia|dias}`. Without one, several. */
export function inNumber(phrase: string, value: number | undefined, language: Language): string {
  const one = value !== undefined && isOne(value, language);
  return phrase.replace(FORMS, (_, single: string, several: string) => (one ? single : several));
}
