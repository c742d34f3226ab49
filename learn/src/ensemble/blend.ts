import { boundedExp, sigmoid } from '../boosting/objective.js';

/**
 * Where predictions are averaged. `logit` and `log` average raw scores (a logarithmic pool), so that
 * contributions of members add up as well; `probability` averages the shares of several classes.
 */
export type Scale = 'identity' | 'logit' | 'log' | 'probability';

// No member may be so certain that the others cannot be heard.
const CERTAIN = 1e-9;

export function toScale(scale: Scale, predicted: number): number {
  if (scale === 'logit') {
    const p = Math.min(Math.max(predicted, CERTAIN), 1 - CERTAIN);
    return Math.log(p / (1 - p));
  }
  return scale === 'log' ? Math.log(Math.max(predicted, CERTAIN)) : predicted;
}

export function fromScale(scale: Scale, blended: number): number {
  if (scale === 'logit') return sigmoid(blended);
  return scale === 'log' ? boundedExp(blended) : blended;
}
