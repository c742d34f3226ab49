import { guardrails, type Guardrail } from './guardrails.js';
import { keeps, type Candidates, type Relation } from './menu-tree.js';
import { rulesOf, type OptimiseOptions, type PricedItem } from './optimise.js';

/**
 * The relation that no prices left by the guardrails can keep, if there is one. Prices that no partner
 * goes with are taken out until nothing changes (arc consistency; Mackworth, 1977); relations only ask
 * for more of the upper price, so prices are left for all items exactly when there is an answer.
 */
export function conflictOf(
  items: readonly PricedItem[],
  candidates: readonly Candidates[],
  relations: readonly Relation[],
  options: OptimiseOptions,
): { between: string[]; reason: string } | undefined {
  const left = candidates.map(({ prices }) => [...prices]);
  for (let changed = true; changed;) {
    changed = false;
    for (const relation of relations) {
      const { lower, upper } = relation;
      const uppers = left[upper]!.filter((price) => keeps(relation, left[lower]![0]!, price));
      const lowers = left[lower]!.filter((price) => keeps(relation, price, left[upper]!.at(-1)!));
      if (uppers.length === 0 || lowers.length === 0)
        return described(items, relation, {
          least: left[lower]![0]!,
          most: left[upper]!.at(-1)!,
          options,
        });
      changed ||= uppers.length < left[upper]!.length || lowers.length < left[lower]!.length;
      left[upper] = uppers;
      left[lower] = lowers;
    }
  }
  return undefined;
}

function described(
  items: readonly PricedItem[],
  { lower, upper, ratio, gap }: Relation,
  { least, most, options }: { least: number; most: number; options: OptimiseOptions },
) {
  const [low, high] = [items[lower]!, items[upper]!];
  const below = ruleAt(rulesOf(low, options), low, least / 1e3);
  const above = ruleAt(rulesOf(high, options), high, most * 1e3);
  const asked = `${ratio === 1 ? '' : `${ratio} × `}${low.id}${gap === 0 ? '' : ` + ${gap}`}`;
  return {
    between: ['relation', below, above].filter((rule) => rule !== ''),
    reason:
      `${high.id} must cost at least ${asked}; ${low.id} costs at least ${least}` +
      `${below && ` (${below})`} and ${high.id} at most ${most}${above && ` (${above})`}`,
  };
}

/** The rule that stops a price that far off, or nothing. */
function ruleAt(policy: readonly Guardrail[], { cost, price }: PricedItem, far: number): string {
  const held = guardrails(policy, far, { cost, current: price });
  const ranges = held.trail.filter(({ rule }) => !['cents', 'ending', 'ladder'].includes(rule));
  return ranges.at(-1)?.rule ?? '';
}
