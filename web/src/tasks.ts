import type { ModelAnswer, Promotion, Verdict, Words } from '@tino/system/contract';

/** What each kind of task does, as a verb. */
export const TASKS: Record<ModelAnswer['task'], Words> = {
  classify: { pt: 'classificar', en: 'classify' },
  regress: { pt: 'estimar', en: 'estimate' },
  segment: { pt: 'agrupar', en: 'segment' },
  forecast: { pt: 'prever', en: 'forecast' },
  price: { pt: 'preço', en: 'price' },
};

export const VERDICTS: Record<Verdict['verdict'], { words: Words; look: string }> = {
  PROMOTE: { words: { pt: 'Promover', en: 'Promote' }, look: 'chip-gain' },
  HOLD: { words: { pt: 'Esperar', en: 'Hold' }, look: 'chip-caution' },
  REJECT: { words: { pt: 'Rejeitar', en: 'Reject' }, look: 'chip-attention' },
};

/** Why an alias moved, or did not. */
export const MOVES: Record<Promotion['kind'], Words> = {
  first: { pt: 'primeira versão', en: 'first version' },
  refresh: { pt: 'mesma receita, dados novos', en: 'same recipe, newer data' },
  replace: { pt: 'outra receita', en: 'another recipe' },
  rollback: { pt: 'volta', en: 'rollback' },
  manual: { pt: 'decisão de uma pessoa', en: 'a person decided' },
  held: { pt: 'em espera', en: 'held' },
  rejected: { pt: 'rejeitada', en: 'rejected' },
};

/** Who did it: a name, or in words where it is the identity of a session or of the schedule. */
export function whoOf(by: string, t: (words: Words) => string): string {
  if (by === 'schedule') return t({ pt: 'a agenda', en: 'the schedule' });
  return by.startsWith('session_') ? t({ pt: 'pelas páginas', en: 'from the pages' }) : by;
}
