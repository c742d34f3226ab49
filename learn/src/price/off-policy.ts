import { normalWidth } from './demand.js';

/** A log of decisions; all of one length. */
export interface LoggedDecisions {
  rewards: Float64Array;
  /** Probability with which the logged arm was drawn, > 0. */
  propensities: Float64Array;
  /** Probability with which the policy to evaluate would draw the logged arm. */
  target: Float64Array;
  /**
   * For the doubly robust estimate: a model's reward of the logged arm, and of the policy's arms on
   * average.
   */
  modelled?: { logged: Float64Array; expected: Float64Array };
}

export interface OffPolicyOptions {
  /** Of the interval. */
  level?: number;
  /** Effective decisions below which nothing is said. */
  effectiveMin?: number;
}

export type OffPolicyEstimate =
  | { value: number; lower: number; upper: number; effectiveSampleSize: number }
  | { value: null; effectiveSampleSize: number; reason: string };

/** Inverse propensity score: unbiased, of high variance (Horvitz and Thompson, 1952). */
export const ips = (log: LoggedDecisions, options: OffPolicyOptions = {}): OffPolicyEstimate =>
  evaluate(log, options, (weights) => {
    const terms = weights.map((weight, i) => weight * log.rewards[i]!);
    return { value: meanOf(terms), terms };
  });

/** Self-normalised: a small bias for much less variance (Swaminathan and Joachims, 2015). */
export const snips = (log: LoggedDecisions, options: OffPolicyOptions = {}): OffPolicyEstimate =>
  evaluate(log, options, (weights) => {
    const total = meanOf(weights);
    const value = meanOf(weights.map((weight, i) => weight * log.rewards[i]!)) / total;
    const terms = weights.map((w, i) => value + (w * (log.rewards[i]! - value)) / total);
    return { value, terms };
  });

/**
 * Doubly robust: right when either the propensities or the model is (Dudík, Langford and Li, 2011).
 */
export function doublyRobust(
  log: LoggedDecisions,
  options: OffPolicyOptions = {},
): OffPolicyEstimate {
  const { modelled } = log;
  if (modelled === undefined) throw new Error('the doubly robust estimate needs modelled rewards');
  return evaluate(log, options, (weights) => {
    const terms = weights.map(
      (weight, i) => modelled.expected[i]! + weight * (log.rewards[i]! - modelled.logged[i]!),
    );
    return { value: meanOf(terms), terms };
  });
}

/** Kish's: how many decisions of the policy itself the log is worth. */
export function effectiveSampleSize({ propensities, target }: LoggedDecisions): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < target.length; i++) {
    const weight = target[i]! / propensities[i]!;
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}

function evaluate(
  log: LoggedDecisions,
  { level = 0.95, effectiveMin = 30 }: OffPolicyOptions,
  estimate: (weights: Float64Array) => { value: number; terms: Float64Array },
): OffPolicyEstimate {
  check(log);
  const size = effectiveSampleSize(log);
  if (size < effectiveMin)
    return {
      value: null,
      effectiveSampleSize: size,
      reason: `the log is worth ${size.toFixed(1)} decisions of this policy, at least ${effectiveMin} are needed`,
    };
  const { value, terms } = estimate(log.target.map((target, i) => target / log.propensities[i]!));
  const squares = terms.reduce((sum, term) => sum + (term - value) ** 2, 0);
  const error = Math.sqrt(squares / (terms.length - 1) / terms.length);
  const half = normalWidth(level) * error;
  return { value, lower: value - half, upper: value + half, effectiveSampleSize: size };
}

function check({ rewards, propensities, target }: LoggedDecisions): void {
  if (propensities.length !== rewards.length || target.length !== rewards.length)
    throw new RangeError(
      `rewards, propensities and target have ${rewards.length}, ${propensities.length} and ${target.length} rows`,
    );
  const impossible = propensities.findIndex((propensity) => !(propensity > 0 && propensity <= 1));
  if (impossible >= 0)
    throw new RangeError(
      `propensity of decision ${impossible} is ${propensities[impossible]}, expected above 0 to 1`,
    );
}

const meanOf = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
