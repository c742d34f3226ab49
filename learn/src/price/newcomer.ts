import type { DemandPosterior, DemandPrior } from './demand-posterior.js';
import { poolEstimates } from './pool.js';

/**
 * Where an item without history starts: what its category's items are believed to sell and how they
 * answer to price, spread as they spread, by partial pooling item → category → all. `undefined` with
 * fewer than three known items.
 */
export function newcomerPrior(
  known: readonly { category: string; posterior: DemandPosterior }[],
  { category, referencePrice }: { category: string; referencePrice: number },
): DemandPrior | undefined {
  const expected = [0, 1].map((k) => {
    const pooled = poolEstimates(
      known.map((item) => ({
        category: item.category,
        mean: item.posterior.mean[k]!,
        variance: item.posterior.covariance[k]![k]!,
      })),
    );
    return pooled?.categories.get(category) ?? pooled?.all;
  });
  const [units, elasticity] = expected;
  if (units === undefined || elasticity === undefined) return undefined;
  const own = known.filter((item) => item.category === category);
  const noises = (own.length > 0 ? own : known).map(({ posterior }) => posterior.noise);
  return {
    referencePrice,
    units: Math.exp(units.mean),
    unitsError: Math.sqrt(units.variance),
    elasticity: elasticity.mean,
    elasticityError: Math.sqrt(elasticity.variance),
    noise: noises.reduce((sum, value) => sum + value, 0) / noises.length,
    noiseObservations: NEWCOMER_NOISE,
  };
}

// What others' noise says of a newcomer's is worth a few of its own observations.
const NEWCOMER_NOISE = 4;
