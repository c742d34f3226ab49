import type { Reason } from '@tino/system/contract';

/** A reason as it is shown: whole points of chance, or the unit of the answer. */
export interface Part {
  column: string;
  phrase: Reason['phrase'];
  points: number;
}

const logistic = (raw: number) => 1 / (1 + Math.exp(-raw));

/**
 * Reasons of a log-odds score as points of chance: the move from the base to the chance is shared in
 * proportion to the contributions, and the last part takes what rounding left, so that they add up.
 *
 * @param reasons contributions in log-odds.
 * @param chance the calibrated chance that the row shows, 0 to 1.
 */
export function pointsOf(reasons: readonly Reason[], chance: number): Part[] {
  const sum = reasons.reduce((total, { contribution }) => total + contribution, 0);
  const clipped = Math.min(0.999, Math.max(0.001, chance));
  const base = logistic(Math.log(clipped / (1 - clipped)) - sum);
  const move = (clipped - base) * 100;
  const total = Math.round(move);
  if (Math.abs(sum) < 1e-9) return reasons.map((reason) => ({ ...reason, points: 0 }));
  const parts = reasons.map(({ column, phrase, contribution }) => ({
    column,
    phrase,
    points: Math.round((contribution / sum) * move),
  }));
  const left = total - parts.reduce((whole, { points }) => whole + points, 0);
  const last = parts.at(-1);
  if (last) last.points += left;
  return parts;
}
