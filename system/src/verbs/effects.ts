import type { Progress, VerbEffects } from '../ports/house.js';
import type { Words } from '../contract/words.js';

/** The part `from..to` of a longer work: a verb's steps each see 0..1. */
export const part = (effects: VerbEffects, from: number, to: number): VerbEffects => ({
  ...effects,
  progress: (step) => effects.progress({ ...step, done: from + (to - from) * step.done }),
});

/** Effects of steps that go on at the same time, each with its share of the whole: done adds up. */
export function sideBySide(effects: VerbEffects, shares: readonly number[]): VerbEffects[] {
  const done = shares.map(() => 0);
  return shares.map((_, own) => ({
    ...effects,
    progress: (one) => {
      done[own] = one.done;
      const sum = shares.reduce((total, share, i) => total + share * done[i]!, 0);
      effects.progress({ ...one, done: sum });
    },
  }));
}

export const step = (done: number, pt: string, en: string): Progress => ({
  done,
  message: { pt, en },
});

export const both = (text: string): Words => ({ pt: text, en: text });
