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
    /** Where time ran out in the last fits: how often they had asked. Null where they are whole. */
    cutAfter: number | null;
    members: { name: string; share: number }[];
  };
}

const CUT = 'last fits asked: ';

/**
 * What makes the same model again on the same data, whatever a clock says: for the parameter `replay`.
 * The names that were tried, and behind them the question at which last fits were cut short.
 */
export const replayOf = ({ candidates, chosen: { cutAfter } }: AutoReport): string[] => [
  ...candidates.filter(({ outcome }) => outcome === 'tried').map(({ name }) => name),
  ...(cutAfter === null ? [] : [`${CUT}${cutAfter}`]),
];

/** The question at which a replay cuts the last fits short; undefined for never. */
export function cutOf(replay: readonly string[]): number | undefined {
  const found = replay.find((line) => line.startsWith(CUT));
  return found === undefined ? undefined : Number(found.slice(CUT.length));
}
