import { guardrails, type Clamp } from '@tino/learn';
import type { Words } from '../../contract/words.js';
import type { Guardrail, PriceDeclaration } from '../../workspace/types.js';

type LearnGuardrail = Parameters<typeof guardrails>[0][number];

/** What the rules of a declaration need to know of one item; amounts in the currency. */
export interface PolicyItem {
  cost: number;
  current: number;
  /** Usual price, for rules that are relative to it. */
  reference: number;
}

export type Held =
  | { price: number; binding: string | null; trail: Clamp[] }
  | { price: null; between: [string, string] };

/**
 * Smallest price that the hard floor allows, in whole cents: cost ÷ (1 − margin), at least the
 * cost.
 */
export function floorOf(policy: readonly Guardrail[], cost: number): number {
  let floor = cost;
  for (const rule of policy)
    if (rule.rule === 'minimumMargin') floor = Math.max(floor, cost / (1 - rule.percent / 100));
  return Math.max(0.01, Math.ceil(floor * 100 - 1e-6) / 100);
}

/** The nearest price to `proposed` that keeps every rule; the floor runs last. */
export function hold(policy: readonly Guardrail[], proposed: number, item: PolicyItem): Held {
  const context = { cost: item.cost, current: item.current };
  const held = guardrails(rulesFor(policy, item), proposed, context);
  if (held.price === null) return { price: null, between: named(held.conflict.between) };
  // The engine keeps this already; a price under the floor must be impossible even if it once did
  // not.
  const floor = floorOf(policy, item.cost);
  const price = Math.max(held.price, floor);
  const trail = held.trail.map((clamp) => ({ ...clamp, rule: declared(clamp.rule) }));
  if (price !== held.price) trail.push({ rule: 'minimumMargin', from: held.price, to: price });
  return { price, binding: held.binding === null ? null : declared(held.binding), trail };
}

/** The window that the rules about ranges leave open around today's price, floor included. */
export function windowOf(policy: readonly Guardrail[], item: PolicyItem) {
  const ranges = policy.filter(({ rule }) => rule !== 'ending');
  const low = hold(ranges, 0.01, item);
  const high = hold(ranges, item.current * 10 + item.cost * 10, item);
  return {
    low: low.price ?? floorOf(policy, item.cost),
    high: high.price ?? item.current,
  };
}

/** The rules of a declaration as the engine has them, for one item. */
export function rulesFor(policy: readonly Guardrail[], item: PolicyItem): LearnGuardrail[] {
  return policy.map((rule): LearnGuardrail => {
    if (rule.rule === 'band')
      return {
        rule: 'priceBand',
        lower: item.reference * rule.low,
        upper: item.reference * rule.high,
      };
    if (rule.rule !== 'ending') return rule;
    const [ending] = rule.cents;
    if (rule.cents.length === 1) return { rule: 'ending', ending: ending! / 100 };
    // Several endings mean any of them: that is a ladder of all such prices.
    const top =
      Math.ceil(3 * Math.max(item.current, item.reference, floorOf(policy, item.cost))) + 2;
    const prices: number[] = [];
    for (let whole = 0; whole < top; whole++)
      for (const cents of rule.cents)
        if (whole + cents > 0) prices.push((whole * 100 + cents) / 100);
    return { rule: 'ladder', prices };
  });
}

const declared = (rule: string) =>
  rule === 'priceBand' ? 'band' : rule === 'ladder' ? 'ending' : rule;
const named = ([first, second]: [string, string]): [string, string] => [
  declared(first),
  declared(second),
];

/** What decided a price, in words. */
export function bindingWords(rule: string): Words {
  return bindings[rule] ?? { pt: rule, en: rule };
}

/** Why a price is held, by what was drawn. */
export function heldWords({ holdOut }: Pick<PriceDeclaration, 'holdOut'>): Words {
  if (typeof holdOut === 'number') return bindingWords('holdOut');
  const { hold, by } = holdOut;
  if (hold === 'groups')
    return {
      pt: `grupo de controle por ${by}: preço mantido`,
      en: `hold-out group by ${by}: price kept`,
    };
  const each = by === undefined ? { pt: '', en: '' } : { pt: ` por ${by}`, en: ` by ${by}` };
  return {
    pt: `ciclo de controle${each.pt}: preço mantido`,
    en: `hold-out cycle${each.en}: price kept`,
  };
}

const bindings: Readonly<Record<string, Words>> = {
  minimumMargin: { pt: 'piso: custo mais margem mínima', en: 'floor: cost plus smallest margin' },
  maximumChange: { pt: 'passo máximo', en: 'largest step' },
  band: { pt: 'faixa em torno do preço usual', en: 'band around the usual price' },
  ending: { pt: 'final do preço', en: 'price ending' },
  objective: { pt: 'ótimo dentro das travas', en: 'optimum inside the guardrails' },
  cents: { pt: 'centavos inteiros', en: 'whole cents' },
  free: { pt: 'ótimo livre', en: 'free optimum' },
  best: { pt: 'já está no melhor preço', en: 'already at the best price' },
  exploration: { pt: 'teste em torno do preço', en: 'a test around the price' },
  unknown: {
    pt: 'não se sabe como a demanda responde ao preço',
    en: 'how demand answers to price is not known',
  },
  noSales: { pt: 'nunca vendeu', en: 'it never sold' },
  relation: { pt: 'ordem dos preços entre itens', en: 'order of prices between items' },
  changesMax: { pt: 'máximo de mudanças por ciclo', en: 'largest number of changes a cycle' },
  newItem: { pt: 'item novo demais para mudar', en: 'too new an item to move' },
  excluded: { pt: 'fora da política de preços', en: 'excluded from the pricing policy' },
  holdOut: { pt: 'grupo de controle: preço mantido', en: 'hold-out group: price kept' },
  cost: { pt: 'o custo passa do preço', en: 'the cost is above the price' },
  conflict: { pt: 'as travas não deixam preço possível', en: 'the guardrails leave no price' },
};
