import type { Suggestion, Words } from '@tino/system/contract';

/** The state of a suggestion in people's words. */
export const STATE_WORDS: Record<Suggestion['state'], Words> = {
  waiting: { pt: 'a decidir', en: 'to decide' },
  applied: { pt: 'aprovado', en: 'approved' },
  refused: { pt: 'recusado', en: 'refused' },
  shadow: { pt: 'só observa', en: 'only watches' },
  kept: { pt: 'manter', en: 'keep' },
  'hold-out': { pt: 'fica para medir', en: 'held to measure' },
  expired: { pt: 'venceu', en: 'expired' },
};

/** Rules of the guardrails by name, for the clamp trail. */
export const RULE_WORDS: Record<string, Words> = {
  maximumChange: { pt: 'passo máximo', en: 'largest step' },
  minimumMargin: { pt: 'margem mínima', en: 'least margin' },
  priceBand: { pt: 'faixa de preço', en: 'price band' },
  band: { pt: 'faixa de preço', en: 'price band' },
  ladder: { pt: 'preços possíveis', en: 'possible prices' },
  ending: { pt: 'final do preço', en: 'price ending' },
  cents: { pt: 'centavos inteiros', en: 'whole cents' },
  relation: { pt: 'ordem entre os itens', en: 'order among items' },
  changesMax: { pt: 'máximo de mudanças', en: 'largest number of changes' },
  objective: { pt: 'melhor com os outros', en: 'best with the others' },
  exploration: { pt: 'teste', en: 'trial' },
};
