import type { Recipe } from '../recipe-type.js';

/** One candidate of a search: what was made of it, or why nothing was. */
export interface AutoCandidate {
  name: string;
  recipe: Recipe;
  outcome: 'tried' | 'skipped' | 'failed';
  /** Mean of the metric over the folds, and the standard error of that mean; null where undefined. */
  score: number | null;
  standardError: number | null;
  folds: (number | null)[];
  /** Why it was skipped or how it failed. */
  reason: string | null;
}

/** What a search did: plain data, kept in the model's bytes. */
export interface AutoReport {
  metric: string;
  better: 'higher' | 'lower';
  /** Rows of the search; the members are then fitted on all. */
  rows: number;
  folds: number;
  repeats: number;
  candidates: AutoCandidate[];
  chosen: {
    /** `ensemble`, `best`, or a `simplest` that is within one standard error of the best. */
    rule: 'ensemble' | 'best' | 'simplest';
    score: number | null;
    members: { name: string; share: number }[];
  };
}

/**
 * The names that make the same model again on the same data, whatever a clock says: for the
 * parameter `replay`.
 */
export const replayOf = (report: AutoReport): string[] =>
  report.candidates.filter(({ outcome }) => outcome === 'tried').map(({ name }) => name);
