import { crossElasticities, type CrossEffect } from '@tino/learn';
import { marketsOf, type Sales } from './data.js';

/**
 * How prices move the demand of other items, by text of the key: pairs of one category and market whose
 * whole interval is on one side. What is not sure of its side is not acted on.
 * @param level of the intervals
 */
export function crossEffectsOf(
  { history, day }: Sales,
  { key, level }: { key: readonly string[]; level: number },
): CrossEffect[] {
  const market = marketsOf(history.item, key);
  const category = history.category.map((name, row) => JSON.stringify([market[row], name]));
  return crossElasticities({ ...history, category }, { level, period: day })
    .filter(({ kind }) => kind !== 'unknown')
    .map(({ item, other, elasticity }) => ({ item, other, elasticity }));
}
