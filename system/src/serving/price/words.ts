import type { Words } from '../../contract/words.js';
import type { ItemDemand } from '../../training/tasks/price/demand.js';

/** Verdicts of the engine by their first words, with the figures that follow. */
const verdicts: readonly (readonly [prefix: string, pt: (figures: string[]) => string])[] = [
  ['too few periods', ([n, min]) => `poucos períodos: ${n}, são precisos ${min ?? 'mais'}`],
  ['too few price levels', ([n, min]) => `poucos preços diferentes: ${n}, são precisos ${min}`],
  ['too little variation', ([share]) => `o preço quase não variou: ${share}%`],
  ['never sold', () => 'nunca vendeu: acredita-se o que vale para a sua categoria'],
  ['too few sales', () => 'vendas de menos: menos de 3 períodos venderam'],
  [
    'price moves with season',
    ([share]) => `o preço anda junto com a estação: ela explica ${share}%`,
  ],
];

/** Why the elasticity is known, or not, in both languages. */
export function reasonWords(demand: ItemDemand | undefined): Words {
  if (demand === undefined)
    return { pt: 'nunca vendeu no período do treino', en: 'it never sold in the training period' };
  if (demand.identifiable)
    return {
      pt: 'medida nas vendas do próprio item, ajustada à categoria',
      en: 'measured on the item’s own sales, shrunk to its category',
    };
  const reason = demand.reason ?? 'not identifiable';
  const found = verdicts.find(([prefix]) => reason.startsWith(prefix));
  const figures = reason.match(/\d+(?:\.\d+)?/g) ?? [];
  return { en: reason, pt: found ? found[1](figures.map(comma)) : 'não identificável' };
}

const comma = (figure: string) => figure.replace('.', ',');
