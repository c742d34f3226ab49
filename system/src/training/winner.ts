import { complexity } from './candidates.js';
import { mean } from './fit.js';
import type { Tried } from './job.js';

/**
 * The best mean over the folds, or the simplest recipe that is within one standard error of it (Breiman et
 * al. 1984), the error being that of the differences fold by fold. Undefined when none was fitted.
 */
export function chooseWinner(
  tried: readonly Tried[],
  better: 'higher' | 'lower',
): Tried | undefined {
  const sign = better === 'higher' ? 1 : -1;
  const whole = tried.filter(
    ({ baseline, error, scores }) =>
      !baseline && error === null && scores.length > 0 && scores.every(Number.isFinite),
  );
  if (whole.length === 0) return undefined;
  const valueOf = ({ scores }: Tried) => sign * mean(scores);
  const best = whole.reduce((top, one) => (valueOf(one) > valueOf(top) ? one : top));
  const near = whole.filter((one) => {
    const losses = best.scores.map((score, fold) => sign * (score - one.scores[fold]!));
    return mean(losses) <= standardError(losses);
  });
  return near.reduce((top, one) => {
    const gap = complexity(one.recipe) - complexity(top.recipe);
    return gap < 0 || (gap === 0 && valueOf(one) > valueOf(top)) ? one : top;
  }, best);
}

function standardError(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
