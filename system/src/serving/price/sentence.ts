import type { SentenceSpan } from '../../contract/common.js';
import type { Suggestion } from '../../contract/suggestions.js';
import type { Language, Words } from '../../contract/words.js';
import { formatNumber } from '../sentence.js';
import { measured, predicted, signedShare, strong, text } from '../spans.js';
import type { Uplift } from './uplift.js';

type Said = Pick<
  Suggestion,
  'name' | 'state' | 'current' | 'price' | 'gain' | 'binding' | 'elasticity'
>;

/** How amounts are said, and in which language. */
export interface Voice {
  language: Language;
  currency: string;
}

const moneyOf =
  ({ language, currency }: Voice) =>
  (value: number): string =>
    formatNumber(value, 'money', language, currency);

/** One price: keep it and why, or from what to what, what it brings, and what decided. */
export function suggestionSentence(said: Said, voice: Voice): SentenceSpan[] {
  const { language } = voice;
  const { name, current, price, gain, binding, elasticity } = said;
  const money = moneyOf(voice);
  const why = binding.says[language];
  if (said.state === 'kept' || said.state === 'hold-out' || price === current)
    return [
      strong(name),
      text({ pt: ': manter ', en: ': keep ' }[language]),
      measured(money(current)),
      text(`. ${capital(why)}.`),
      ...unknownSpans(elasticity, language),
    ];
  const change = signedShare(price / current - 1, language);
  return [
    strong(name),
    text({ pt: ': de ', en: ': from ' }[language]),
    measured(money(current)),
    text({ pt: ' para ', en: ' to ' }[language]),
    strong(money(price)),
    text(` (${change}), `),
    ...gainSpans(gain, voice),
    text({ pt: ` O que decide: ${why}.`, en: ` What decides: ${why}.` }[language]),
    ...unknownSpans(elasticity, language),
  ];
}

/** The page: how many prices to look at, for how much, and what it has been worth. */
export function suggestionsSentence(
  {
    open,
    items,
    shadow,
    gain,
    noun,
    uplift,
  }: {
    open: number;
    items: number;
    /** Suggestions are watched and change nothing. */
    shadow: boolean;
    gain: number;
    noun: readonly [string, string];
    uplift: Uplift;
  },
  voice: Voice,
): SentenceSpan[] {
  const { language } = voice;
  const money = moneyOf(voice);
  const what = `${open} ${open === 1 ? noun[0] : noun[1]}`;
  const head =
    open === 0
      ? [
          text(
            {
              pt: `Nenhum preço a rever entre ${items} ${noun[1]}.`,
              en: `No price to review among ${items} ${noun[1]}.`,
            }[language],
          ),
        ]
      : [
          strong(what),
          text((shadow ? WATCHED : REVIEWED)[language]),
          predicted(money(gain)),
          text({ pt: ' a mais por semana.', en: ' more a week.' }[language]),
          ...(shadow ? [text(UNCHANGED[language])] : []),
        ];
  return [...head, text(' '), ...upliftSpans(uplift, voice)];
}

const REVIEWED = { pt: ' com preço a rever: ', en: ' with a price to review: ' };
const WATCHED = {
  pt: ' teriam outro preço: ',
  en: ' would have another price: ',
};
const UNCHANGED = {
  pt: ' Só observamos: nada muda.',
  en: ' We only watch: nothing changes.',
};

interface DesignWords {
  counted: Words;
  /** In Portuguese it agrees with what is counted. */
  enough: string;
  /** How it was measured. */
  measure: Words;
  against: Words;
}
const itemWords: DesignWords = {
  counted: {
    pt: 'semanas de itens com preço sugerido',
    en: 'item-weeks with a suggested price',
  },
  enough: 'são precisas',
  measure: { pt: 'Medido: rendeu ', en: 'Measured: it was worth ' },
  against: { pt: 'do grupo de controle', en: 'the hold-out' },
};
const DESIGNS: Readonly<Record<Uplift['design'], DesignWords>> = {
  items: itemWords,
  'item-weeks': itemWords,
  groups: {
    counted: { pt: 'grupos inteiros com a política', en: 'whole groups with the policy' },
    enough: 'são precisos',
    measure: {
      pt: 'Medido entre grupos sorteados, por diferença em diferenças: rendeu ',
      en: 'Measured over groups drawn at random, by difference in differences: it was worth ',
    },
    against: { pt: 'dos grupos que mantiveram os preços', en: 'the groups that kept their prices' },
  },
  cycles: {
    counted: { pt: 'ciclos com a política', en: 'cycles with the policy' },
    enough: 'são precisos',
    measure: {
      pt: 'Medido alternando ciclos sorteados: um ciclo de mudanças rendeu ',
      en: 'Measured by switching between cycles drawn at random: a cycle of moves was worth ',
    },
    against: {
      pt: 'dos ciclos em que os preços ficaram',
      en: 'the cycles in which prices stayed',
    },
  },
};

/** What suggested prices have brought against the hold-out, or that it is too early to say. */
export function upliftSpans(uplift: Uplift, voice: Voice): SentenceSpan[] {
  const { language } = voice;
  const { value, lower, upper, treated, heldOut, needed, design } = uplift;
  const { counted, enough, measure, against } = DESIGNS[design];
  if (value === null || lower === null || upper === null)
    return [
      text(
        {
          pt: `Cedo para medir o que rendeu: ${treated} ${counted.pt} e ${heldOut} de controle, ${enough} ${needed} de cada.`,
          en: `Too early to measure what it was worth: ${treated} ${counted.en} and ${heldOut} held out, ${needed} of each are needed.`,
        }[language],
      ),
    ];
  const money = moneyOf(voice);
  return [
    text(measure[language]),
    measured(money(value)),
    text(
      {
        pt: ` por item e semana acima ${against.pt}, entre ${money(lower)} e ${money(upper)}.`,
        en: ` an item and week above ${against.en}, between ${money(lower)} and ${money(upper)}.`,
      }[language],
    ),
  ];
}

function gainSpans({ value, lower, upper }: Suggestion['gain'], voice: Voice) {
  const { language } = voice;
  const money = moneyOf(voice);
  const lead = {
    pt: value >= 0 ? 'deve render ' : 'deve custar ',
    en: value >= 0 ? 'should bring ' : 'should cost ',
  };
  const between = {
    pt: ` por semana, entre ${money(lower)} e ${money(upper)}.`,
    en: ` a week, between ${money(lower)} and ${money(upper)}.`,
  };
  return [text(lead[language]), predicted(money(Math.abs(value))), text(between[language])];
}

function unknownSpans({ identifiable, reason }: Suggestion['elasticity'], language: Language) {
  if (identifiable) return [];
  const head = { pt: ' Elasticidade não identificável: ', en: ' Elasticity not identifiable: ' };
  return [text(`${head[language]}${reason[language]}.`)];
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
