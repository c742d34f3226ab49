import type { Language, Noun, Words } from '../contract/words.js';
import { counted } from '../serving/sentence.js';
import type { InsightDeclaration } from '../workspace/types.js';
import type { Finding } from './finding.js';

type Told = Pick<Finding, 'what' | 'money' | 'listed'>;
type Action = NonNullable<InsightDeclaration['action']>;

/** What to do where the workspace does not say it. */
const ACTIONS: Record<InsightDeclaration['look'], Action> = {
  total: {
    gain: {
      pt: 'Veja o que fez crescer os da lista, e repita',
      en: 'See what made those of the list grow, and do it again',
    },
    loss: {
      pt: 'Fale primeiro com os da lista que mais caíram',
      en: 'Talk first to those of the list who fell most',
    },
  },
  rate: {
    gain: {
      pt: 'Veja o que dá certo aí e leve aos outros',
      en: 'See what works there and bring it to the others',
    },
    loss: {
      pt: 'Veja o que há de diferente aí, a começar pela lista',
      en: 'See what is different there, beginning with the list',
    },
  },
  pairs: {
    pt: 'Ofereça o segundo a quem só tem o primeiro',
    en: 'Offer the second to those who have the first alone',
  },
  cohorts: {
    pt: 'Convide de volta quem está na lista',
    en: 'Invite back those on the list',
  },
  moves: {
    gain: {
      pt: 'Agradeça a quem subiu e ofereça o próximo passo',
      en: 'Thank those who rose and offer the next step',
    },
    loss: {
      pt: 'Fale primeiro com quem mais perdeu, antes que esfrie',
      en: 'Talk first to those who lost most, before they cool down',
    },
  },
};

export function actionOf(
  { money: { effect } }: Told,
  { look, action = ACTIONS[look] }: InsightDeclaration,
  language: Language,
): string {
  const words: Words = 'gain' in action ? action[effect < 0 ? 'loss' : 'gain'] : action;
  return words[language];
}

const alone: Noun = {
  pt: ['que só levou o primeiro', 'que só levaram o primeiro'],
  en: ['with the first alone', 'with the first alone'],
};
const away: Noun = {
  pt: ['que ainda não voltou', 'que ainda não voltaram'],
  en: ['yet to come back', 'yet to come back'],
};
/** Which units are on the list of a finding: of one, of several. */
const LISTED: Record<string, Noun> = {
  totalFell: { pt: ['em queda', 'em queda'], en: ['with a fall', 'with a fall'] },
  totalRose: { pt: ['em alta', 'em alta'], en: ['with a rise', 'with a rise'] },
  rateLower: {
    pt: ['nessa situação', 'nessa situação'],
    en: ['in this situation', 'in this situation'],
  },
  together: alone,
  later: alone,
  stayedLess: away,
  stayedMore: away,
  moved: { pt: ['que mudou', 'que mudaram'], en: ['that moved', 'that moved'] },
};

/** "93 clientes que só levaram o primeiro": whom the list holds. */
export function listOf(
  { what, listed }: Told,
  declaration: InsightDeclaration,
  language: Language,
): string {
  const who = counted(listed, declaration.noun, language);
  if (declaration.look === 'rate' && what === 'rateHigher')
    return `${who} ${language === 'pt' ? 'com' : 'with'} ${declaration.event[language]}`;
  const which = LISTED[what];
  if (which === undefined) throw new Error(`no list of ${what}`);
  return `${who} ${which[language][listed === 1 ? 0 : 1]}`;
}
