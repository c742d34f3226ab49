import type { Rng } from '../random.js';
import type { ArmDecision } from './baselines.js';
import { cholesky, solveFactored, solveUpper } from './solve.js';
import { drawArm, voteArms } from './vote.js';

interface RegressionBelief {
  /** Rows of the precision in units of the noise's variance: prior + Σ x xᵀ. */
  precision: readonly (readonly number[])[];
  /** Precision × mean. */
  moments: readonly number[];
  /** Of the inverse gamma of the noise's variance. */
  shape: number;
  /** Scale of the inverse gamma + ½ mean · precision · mean, which adds up over rewards. */
  squares: number;
}

/**
 * Belief about reward = coefficients · features + noise, with the noise unknown too: the conjugate
 * normal-inverse-gamma (Gelman et al., Bayesian Data Analysis, 14.2). Plain immutable data; travels as
 * JSON.
 */
export interface RegressionPosterior extends RegressionBelief {
  prior: RegressionBelief;
}

/**
 * @param error standard error of each coefficient, in units of the noise
 * @param noise expected standard deviation of the noise
 * @param observations how many observations the guess of the noise is worth
 */
export function createRegressionPosterior({
  mean,
  error,
  noise,
  observations = 2,
}: {
  mean: readonly number[];
  error: number;
  noise: number;
  observations?: number;
}): RegressionPosterior {
  for (const [name, value] of Object.entries({ error, noise, observations }))
    if (!(value > 0)) throw new RangeError(`${name} of the prior is ${value}, expected above 0`);
  const weight = 1 / error ** 2;
  const shape = 1 + observations / 2;
  const prior = {
    precision: mean.map((_, i) => mean.map((_same, j) => (i === j ? weight : 0))),
    moments: mean.map((value) => value * weight),
    shape,
    squares:
      noise ** 2 * (shape - 1) + (weight / 2) * mean.reduce((sum, value) => sum + value ** 2, 0),
  };
  return { ...prior, prior };
}

/**
 * The belief after one reward. With `keep` below 1 what was learned fades before each, and the prior
 * comes back in its place (Kulhavý and Zarrop, 1993): a market that changes is followed, and a long
 * silence ends in the prior, not in nothing.
 * @param x features of the arm that was tried
 */
export function updateRegressionPosterior(
  posterior: RegressionPosterior,
  x: readonly number[],
  reward: number,
  { keep = 1 }: { keep?: number } = {},
): RegressionPosterior {
  const { prior } = posterior;
  if (!Number.isFinite(reward)) throw new RangeError(`reward is ${reward}, expected a number`);
  if (!(keep > 0 && keep <= 1)) throw new RangeError(`keep is ${keep}, expected above 0 to 1`);
  if (x.length !== prior.moments.length)
    throw new RangeError(`${x.length} features, expected ${prior.moments.length}`);
  const fade = (value: number, first: number) => keep * value + (1 - keep) * first;
  return {
    precision: posterior.precision.map((row, i) =>
      row.map((value, j) => fade(value, prior.precision[i]![j]!) + x[i]! * x[j]!),
    ),
    moments: posterior.moments.map((value, i) => fade(value, prior.moments[i]!) + reward * x[i]!),
    shape: fade(posterior.shape, prior.shape) + 0.5,
    squares: fade(posterior.squares, prior.squares) + reward ** 2 / 2,
    prior,
  };
}

/** Coefficients and standard deviation of the noise that are most plausible now. */
export function regressionMean({ precision, moments, shape, squares }: RegressionPosterior): {
  coefficients: Float64Array;
  noise: number;
} {
  const factor = cholesky(Float64Array.from(precision.flat()), moments.length);
  const coefficients = solveFactored(factor, moments);
  return {
    coefficients,
    noise: Math.sqrt(scaleOf({ moments, squares }, coefficients) / (shape - 1)),
  };
}

/** What of the squares the coefficients do not explain: the scale of the noise's inverse gamma. */
const scaleOf = (
  { moments, squares }: Pick<RegressionBelief, 'moments' | 'squares'>,
  coefficients: Float64Array,
) =>
  Math.max(
    1e-12,
    squares - moments.reduce((sum, value, i) => sum + value * coefficients[i]!, 0) / 2,
  );

/**
 * Linear Thompson sampling (Agrawal and Goyal, 2013) with the noise drawn too: beliefs vote for their
 * best arm, and the arm is drawn from the share of votes mixed with a little exploration.
 * @param arms features of each arm
 */
export function chooseLinearThompson(
  { precision, moments, shape, squares }: RegressionPosterior,
  arms: readonly (readonly number[])[],
  { draws = 1000, exploration = 0.02, rng }: { draws?: number; exploration?: number; rng: Rng },
): ArmDecision {
  const n = moments.length;
  const factor = cholesky(Float64Array.from(precision.flat()), n);
  const mean = solveFactored(factor, moments);
  const scale = scaleOf({ moments, squares }, mean);
  const propensities = voteArms(arms.length, { draws, exploration }, () => {
    const deviation = Math.sqrt(scale / drawGamma(shape, rng));
    const steps = solveUpper(
      factor,
      Float64Array.from({ length: n }, () => rng.normal()),
    );
    return (arm) => {
      const x = arms[arm]!;
      let value = 0;
      for (let i = 0; i < n; i++) value += x[i]! * (mean[i]! + deviation * steps[i]!);
      return value;
    };
  });
  return { arm: drawArm(propensities, rng), propensities };
}

/** A gamma variate of scale 1 (Marsaglia and Tsang, 2000), for shapes from 1. */
function drawGamma(shape: number, rng: Rng): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = rng.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - rng.next()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
