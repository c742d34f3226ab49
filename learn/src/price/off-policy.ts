import { normalWidth } from './demand.js';
import { studentQuantile } from './student.js';

/** A log of decisions; all of one length. */
export interface LoggedDecisions {
  rewards: Float64Array;
  /** Probability with which the logged arm was drawn, > 0. */
  propensities: Float64Array;
  /** Probability with which the policy to evaluate would draw the logged arm. */
  target: Float64Array;
  /**
   * For estimates with a model: its reward of the logged arm, and of the policy's arms on average.
   */
  modelled?: { logged: Float64Array; expected: Float64Array };
  /**
   * Decisions of one cluster, such as the weeks of an item, may have luck in common; the interval then
   * counts clusters. Absent takes each decision for its own.
   */
  cluster?: readonly (string | number)[];
}

export interface OffPolicyOptions {
  /** Of the interval. */
  level?: number;
  /** Effective decisions below which nothing is said. */
  effectiveMin?: number;
  /**
   * Share of the policy's choices that the log could have made, below which nothing is said: the
   * mean of the weights is 1 where the log tries all that the policy wants.
   */
  overlapMin?: number;
}

interface Support {
  /** Kish's: how many decisions of the policy itself the log is worth. */
  effectiveSampleSize: number;
  /** Mean weight: about 1 where every choice of the policy was tried. */
  overlap: number;
  weightMax: number;
}

export type OffPolicyEstimate =
  | ({ value: number; lower: number; upper: number } & Support)
  | ({ value: null; reason: string } & Support);

type Modelled = NonNullable<LoggedDecisions['modelled']>;

/** Inverse propensity score: unbiased, of high variance (Horvitz and Thompson, 1952). */
export const ips = (log: LoggedDecisions, options: OffPolicyOptions = {}): OffPolicyEstimate =>
  evaluate(log, options, (weights) => weighted(log, weights));

/** Self-normalised: a small bias for much less variance (Swaminathan and Joachims, 2015). */
export const snips = (log: LoggedDecisions, options: OffPolicyOptions = {}): OffPolicyEstimate =>
  evaluate(log, options, (weights) => {
    const total = meanOf(weights);
    const value = meanOf(weights.map((weight, i) => weight * log.rewards[i]!)) / total;
    const terms = weights.map((w, i) => value + (w * (log.rewards[i]! - value)) / total);
    return { value, terms };
  });

/** Direct method: what the model expects of the policy; as right as the model, whatever the log. */
export function directMethod(
  log: LoggedDecisions,
  options: OffPolicyOptions = {},
): OffPolicyEstimate {
  const { expected } = modelOf(log, 'the direct method');
  return evaluate(log, options, () => ({ value: meanOf(expected), terms: expected }));
}

/**
 * Doubly robust: right when either the propensities or the model is (Dudík, Langford and Li, 2011).
 */
export function doublyRobust(
  log: LoggedDecisions,
  options: OffPolicyOptions = {},
): OffPolicyEstimate {
  const modelled = modelOf(log, 'the doubly robust estimate');
  return evaluate(log, options, (weights) => corrected(log, modelled, weights));
}

/**
 * Doubly robust where the weight is at most `weightMax`, the model alone elsewhere (Wang, Agarwal
 * and Dudík, 2017): a little bias against weights that explode.
 */
export function switchDoublyRobust(
  log: LoggedDecisions,
  { weightMax, ...options }: OffPolicyOptions & { weightMax: number },
): OffPolicyEstimate {
  if (!(weightMax >= 0)) throw new RangeError(`weightMax is ${weightMax}, expected 0 or more`);
  const modelled = modelOf(log, 'the switch estimate');
  return evaluate(log, options, (weights) =>
    corrected(
      log,
      modelled,
      weights.map((weight) => (weight <= weightMax ? weight : 0)),
    ),
  );
}

/**
 * Doubly robust with optimistic shrinkage of weights, w × λ ÷ (w² + λ) (Su, Dimakopoulou,
 * Krishnamurthy and Dudík, 2020): λ = 0 is the direct method, λ → ∞ the doubly robust estimate.
 */
export function shrunkDoublyRobust(
  log: LoggedDecisions,
  { lambda, ...options }: OffPolicyOptions & { lambda: number },
): OffPolicyEstimate {
  if (!(lambda >= 0)) throw new RangeError(`lambda is ${lambda}, expected 0 or more`);
  const modelled = modelOf(log, 'the shrunk estimate');
  return evaluate(log, options, (weights) =>
    corrected(
      log,
      modelled,
      weights.map((weight) =>
        lambda === Infinity
          ? weight
          : lambda === 0
            ? 0
            : (weight * lambda) / (weight ** 2 + lambda),
      ),
    ),
  );
}

function modelOf({ modelled }: LoggedDecisions, what: string): Modelled {
  if (modelled === undefined) throw new Error(`${what} needs modelled rewards`);
  return modelled;
}

function weighted({ rewards }: LoggedDecisions, weights: Float64Array) {
  const terms = weights.map((weight, i) => weight * rewards[i]!);
  return { value: meanOf(terms), terms };
}

function corrected(
  { rewards }: LoggedDecisions,
  { logged, expected }: Modelled,
  weights: Float64Array,
) {
  const terms = weights.map((weight, i) => expected[i]! + weight * (rewards[i]! - logged[i]!));
  return { value: meanOf(terms), terms };
}

/** Kish's: how many decisions of the policy itself the log is worth. */
export const effectiveSampleSize = (log: LoggedDecisions): number =>
  supportOf(weightsOf(log)).effectiveSampleSize;

const weightsOf = ({ propensities, target }: LoggedDecisions) =>
  target.map((share, i) => share / propensities[i]!);

function supportOf(weights: Float64Array): Support {
  let sum = 0;
  let squares = 0;
  let weightMax = 0;
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
    weightMax = Math.max(weightMax, weight);
  }
  return {
    effectiveSampleSize: squares > 0 ? (sum * sum) / squares : 0,
    overlap: sum / weights.length,
    weightMax,
  };
}

function evaluate(
  log: LoggedDecisions,
  { level = 0.95, effectiveMin = 30, overlapMin = 0.5 }: OffPolicyOptions,
  estimate: (weights: Float64Array) => { value: number; terms: Float64Array },
): OffPolicyEstimate {
  check(log);
  const weights = weightsOf(log);
  const support = supportOf(weights);
  const { effectiveSampleSize: size, overlap } = support;
  const refuse = (reason: string): OffPolicyEstimate => ({ value: null, reason, ...support });
  if (size < effectiveMin)
    return refuse(
      `the log is worth ${size.toFixed(1)} decisions of this policy, at least ${effectiveMin} are needed`,
    );
  if (overlap < overlapMin)
    return refuse(
      `the log tried ${(100 * overlap).toFixed(0)} % of what this policy would do, at least ${100 * overlapMin} % are needed`,
    );
  const sums = clustersOf(log);
  if (sums.count < 2) return refuse('all decisions are of one cluster, at least 2 are needed');
  const { value, terms } = estimate(weights);
  const half = sums.width(level) * sums.error(terms, value);
  return { value, lower: value - half, upper: value + half, ...support };
}

/**
 * Standard error of a mean of terms whose clusters are independent (Liang and Zeger, 1986), with
 * Student's quantile for their number, since a handful of clusters makes the normal too narrow. Never
 * less than decisions alone would make it: where one cluster is most of the log, its sum is near 0.
 */
function clustersOf({ rewards, cluster }: LoggedDecisions) {
  const place = new Map<string | number, number>();
  cluster?.forEach((name) => place.has(name) || place.set(name, place.size));
  const count = cluster === undefined ? rewards.length : place.size;
  const error = (terms: Float64Array, groups: number, groupOf: (row: number) => number) => {
    const sums = new Float64Array(groups);
    terms.forEach((term, row) => (sums[groupOf(row)]! += term));
    const squares = sums.reduce((total, sum) => total + sum * sum, 0);
    return Math.sqrt((squares * groups) / (groups - 1)) / terms.length;
  };
  return {
    count,
    width: (level: number) =>
      cluster === undefined ? normalWidth(level) : studentQuantile((1 + level) / 2, count - 1),
    error: (terms: Float64Array, value: number) => {
      const away = terms.map((term) => term - value);
      const alone = error(away, away.length, (row) => row);
      if (cluster === undefined) return alone;
      return Math.max(
        alone,
        error(away, count, (row) => place.get(cluster[row]!)!),
      );
    },
  };
}

function check({ rewards, propensities, target, modelled, cluster }: LoggedDecisions): void {
  const lengths = [propensities, target, modelled?.logged, modelled?.expected, cluster];
  if (lengths.some((values) => values !== undefined && values.length !== rewards.length))
    throw new RangeError(
      `rewards have ${rewards.length} rows, propensities, target, modelled rewards and clusters ` +
        `${lengths.flatMap((values) => (values ? [values.length] : [])).join(', ')}`,
    );
  const impossible = propensities.findIndex((propensity) => !(propensity > 0 && propensity <= 1));
  if (impossible >= 0)
    throw new RangeError(
      `propensity of decision ${impossible} is ${propensities[impossible]}, expected above 0 to 1`,
    );
}

const meanOf = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
