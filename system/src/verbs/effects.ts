import type { Progress, VerbEffects } from '../ports/house.js';
import type { Words } from '../contract/words.js';

/** The part `from..to` of a longer work: a verb's steps each see 0..1. */
export const part = (effects: VerbEffects, from: number, to: number): VerbEffects => ({
  ...effects,
  progress: (step) => effects.progress({ ...step, done: from + (to - from) * step.done }),
});

export const step = (done: number, pt: string, en: string): Progress => ({
  done,
  message: { pt, en },
});

export const both = (text: string): Words => ({ pt: text, en: text });
