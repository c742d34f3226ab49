import type { DemandPosterior } from './demand-posterior.js';
import { cholesky, inverseFactored, solveFactored } from './solve.js';

/**
 * The belief with a share of what was learned forgotten in favour of where it began, on the scale of
 * precision (Kulhavý and Zarrop, 1993): the past fades in a market that changes, and a long silence ends
 * in the prior. Called once a period with the period's share.
 * @param keep share kept, in (0, 1]
 */
export function fadePosterior(
  posterior: DemandPosterior,
  prior: DemandPosterior,
  keep: number,
): DemandPosterior {
  if (!(keep > 0 && keep <= 1)) throw new RangeError(`keep is ${keep}, expected above 0 to 1`);
  const n = posterior.mean.length;
  if (prior.mean.length !== n || prior.referencePrice !== posterior.referencePrice)
    throw new Error('the prior is of another belief: its context or reference price differs');
  const [now, first] = [posterior, prior].map(({ covariance }) =>
    inverseFactored(cholesky(Float64Array.from(covariance.flat()), n), n),
  ) as [Float64Array, Float64Array];
  const precision = now.map((value, i) => keep * value + (1 - keep) * first[i]!);
  const moments = posterior.mean.map((_, i) =>
    posterior.mean.reduce(
      (sum, mean, j) =>
        sum + keep * now[i * n + j]! * mean + (1 - keep) * first[i * n + j]! * prior.mean[j]!,
      0,
    ),
  );
  const factor = cholesky(precision, n);
  const covariance = inverseFactored(factor, n);
  return {
    ...posterior,
    mean: [...solveFactored(factor, moments)],
    covariance: posterior.mean.map((_, i) => [...covariance.subarray(i * n, (i + 1) * n)]),
    ...(posterior.noiseObservations !== undefined && {
      noiseObservations:
        keep * posterior.noiseObservations + (1 - keep) * (prior.noiseObservations ?? 1),
    }),
  };
}
