import { createPosterior, newcomerPrior, type DemandPosterior } from '@tino/learn';
import type { Item } from '../../training/tasks/price/data.js';
import type { ItemDemand } from '../../training/tasks/price/demand.js';

/** In the words of the engine; `reasonWords` has them in both languages. */
const NEVER_SOLD = 'never sold: what its category sells is believed of it';

/**
 * Demand of items that the version knows nothing of, from what it knows of their category: a belief to
 * explore from, never a measured elasticity. Items stay without one where fewer than three others are
 * known.
 */
export function newcomers(
  items: readonly Item[],
  demand: ReadonlyMap<string, ItemDemand>,
): ItemDemand[] {
  const categoryOf = new Map(items.map(({ text, category }) => [text, category ?? '']));
  const known = [...demand.values()].flatMap(({ text, prior, identifiable }) =>
    prior !== null && identifiable
      ? [{ category: categoryOf.get(text) ?? '', posterior: prior }]
      : [],
  );
  return items.flatMap(({ text, category, price }) => {
    if ((demand.get(text)?.prior ?? null) !== null) return [];
    const prior = newcomerPrior(known, { category: category ?? '', referencePrice: price });
    return prior === undefined ? [] : [demandOf(text, createPosterior(prior), known, category)];
  });
}

function demandOf(
  text: string,
  prior: DemandPosterior,
  known: readonly { category: string }[],
  category: string | null,
): ItemDemand {
  const [elasticity, error] = [prior.mean[1]!, Math.sqrt(prior.covariance[1]![1]!)];
  return {
    text,
    elasticity,
    lower: elasticity - WIDTH * error,
    upper: elasticity + WIDTH * error,
    identifiable: false,
    reason: NEVER_SOLD,
    from: known.some((one) => one.category === category) ? 'category' : 'all',
    prior,
    referencePrice: prior.referencePrice,
    tried: [],
  };
}
// Of the 80 % interval.
const WIDTH = 1.2816;
