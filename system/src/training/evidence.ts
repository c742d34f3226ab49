import type { Words } from '../contract/words.js';

export interface Check {
  check: string;
  passed: boolean;
  says: Words;
}

/** What the gate looks at. Scores are the metric by fold, on the same folds for all three. */
export interface Evidence {
  metric: string;
  better: 'higher' | 'lower';
  challenger: readonly number[];
  /** The champion's recipe fitted again on the challenger's folds; null for a first version. */
  champion: readonly number[] | null;
  baseline: readonly number[];
  sameRecipe: boolean;
  /** Challenger less champion, positive is better, with its 95 % interval; null where unknown. */
  difference: { difference: number; lower: number; upper: number } | null;
  /** Sanity: signature, calibration, coverage, drift of predictions. */
  checks: readonly Check[];
}

export const check = (name: string, passed: boolean, pt: string, en: string): Check => ({
  check: name,
  passed,
  says: { pt, en },
});
