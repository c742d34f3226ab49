import { anyNumber, classIndex, notNegative, positive, type TargetRule } from '../training-data.js';
import { weightedQuantile } from '../metric/quantile.js';

export const objectiveNames = [
  'squared',
  'absolute',
  'huber',
  'quantile',
  'poisson',
  'gamma',
  'tweedie',
  'logistic',
  'softmax',
  'lambdarank',
] as const;
export type ObjectiveName = (typeof objectiveNames)[number];

/** A loss of one raw score a row, with its first two derivatives. */
export interface Loss {
  target: TargetRule;
  link: 'identity' | 'logit' | 'log';
  /** Every hessian is 1 (before weights). */
  unitHessian: boolean;
  /** Raw score of a target mean: where boosting starts. */
  start: (mean: number) => number;
  loss: (score: number, y: number) => number;
  gradient: (score: number, y: number) => number;
  hessian: (score: number, y: number) => number;
  /** Leaf values are this quantile of the residuals, since the hessian says nothing. */
  renewAt?: number;
}

const clampedLogit = (p: number) => {
  const inside = Math.min(Math.max(p, 1e-9), 1 - 1e-9);
  return Math.log(inside / (1 - inside));
};
const logStart = (mean: number) => Math.log(Math.max(mean, 1e-9));
export const sigmoid = (score: number): number => 1 / (1 + Math.exp(-score));
export const softplus = (score: number): number =>
  Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));
/** Scores beyond it would overflow a double. */
export const boundedExp = (score: number): number => Math.exp(Math.min(score, 500));

const identity = {
  target: anyNumber,
  link: 'identity',
  unitHessian: true,
  start: (mean: number) => mean,
  hessian: () => 1,
} as const;

const quantileLoss = (alpha: number): Loss => ({
  ...identity,
  loss: (score, y) => (y >= score ? alpha * (y - score) : (1 - alpha) * (score - y)),
  gradient: (score, y) => (score > y ? 1 - alpha : score < y ? -alpha : 0),
  renewAt: alpha,
});

const huberLoss = (delta: number): Loss => ({
  ...identity,
  loss: (score, y) => {
    const away = Math.abs(score - y);
    return away <= delta ? (away * away) / 2 : delta * (away - delta / 2);
  },
  gradient: (score, y) => Math.min(Math.max(score - y, -delta), delta),
});

/** Deviance of a Tweedie distribution of power in (1, 2) with log link (Jørgensen 1987). */
const tweedieLoss = (power: number): Loss => ({
  target: notNegative,
  link: 'log',
  unitHessian: false,
  start: logStart,
  loss: (s, y) =>
    (-y * boundedExp((1 - power) * s)) / (1 - power) + boundedExp((2 - power) * s) / (2 - power),
  gradient: (s, y) => -y * boundedExp((1 - power) * s) + boundedExp((2 - power) * s),
  hessian: (s, y) =>
    -y * (1 - power) * boundedExp((1 - power) * s) + (2 - power) * boundedExp((2 - power) * s),
});

/**
 * The loss of one raw score: all but softmax, whose scores depend on each other. `alpha` is the
 * level of `quantile`, the share of residuals that `huber` holds to be ordinary, and the power of
 * `tweedie`.
 */
export function lossOf(name: ObjectiveName, alpha: number, residuals: () => Float64Array): Loss {
  switch (name) {
    case 'squared':
      return { ...identity, loss: (s, y) => (s - y) ** 2 / 2, gradient: (s, y) => s - y };
    case 'absolute':
      return quantileLoss(0.5);
    case 'quantile':
      return quantileLoss(alpha);
    case 'huber':
      return huberLoss(weightedQuantile(residuals(), alpha) || 1);
    case 'poisson':
      return {
        target: notNegative,
        link: 'log',
        unitHessian: false,
        start: logStart,
        loss: (s, y) => boundedExp(s) - y * s,
        gradient: (s, y) => boundedExp(s) - y,
        // Somewhat too large on purpose: a leaf of zeros would else run to minus infinity.
        hessian: (s) => boundedExp(s + 0.7),
      };
    case 'gamma':
      return {
        target: positive,
        link: 'log',
        unitHessian: false,
        start: logStart,
        loss: (s, y) => y * boundedExp(-s) + s,
        gradient: (s, y) => 1 - y * boundedExp(-s),
        hessian: (s, y) => y * boundedExp(-s),
      };
    case 'tweedie':
      return tweedieLoss(alpha);
    default:
      return {
        target: classIndex(2),
        link: 'logit',
        unitHessian: false,
        start: clampedLogit,
        loss: (s, y) => softplus(s) - y * s,
        gradient: (s, y) => sigmoid(s) - y,
        hessian: (s) => {
          const p = sigmoid(s);
          return Math.max(p * (1 - p), 1e-16);
        },
      };
  }
}
