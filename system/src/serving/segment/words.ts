import type { ClusterProfile } from '@tino/learn';
import type { Segment } from '../../contract/predictions.js';
import type { Language, Words } from '../../contract/words.js';
import { NOBODY } from '../../training/segment-job.js';
import type { Page } from '../../workspace/types.js';
import { columnValue, filledPhrase } from '../explain.js';
import { counted, formatNumber } from '../sentence.js';

type Fact = Segment['facts'][number];

const FACTS_MAX = 5;
/** A mean this many deviations from that of all is worth a word. */
const DIFFERENCE_MIN = 0.35;
const LIFT_MIN = 1.25;

/** What is particular about a segment, the most telling first; every figure of its sentences is here. */
export function factsOf({ numbers, categories }: ClusterProfile, page: Page): Fact[] {
  const ofNumbers = numbers
    .filter(({ difference }) => Math.abs(difference) >= DIFFERENCE_MIN)
    .slice(0, FACTS_MAX)
    .map(({ column, mean, overall, difference }): Fact => {
      const phrase = filledPhrase(page, column, rounded(mean));
      return { column, mean, overall, difference, level: null, phrase };
    });
  const ofLevels = categories
    .filter(({ lift, share }) => lift >= LIFT_MIN && share >= 0.25)
    .slice(0, 2)
    .map(({ column, level, share, overall }): Fact => ({
      column,
      mean: share,
      overall,
      difference: share - overall,
      level,
      phrase: filledPhrase(page, column, level),
    }));
  return [...ofNumbers, ...ofLevels];
}

/** "Frequentes, cesta grande": declared names of the two most telling facts, else their phrases. */
export function nameOf(facts: readonly Fact[], page: Page, id: string): Words {
  const named = facts.flatMap(({ column, difference }) => {
    const words = page.names?.[column]?.[difference > 0 ? 'high' : 'low'];
    return words === undefined ? [] : [words];
  });
  const told = (named.length > 0 ? named : facts.map(({ phrase }) => phrase)).slice(0, 2);
  const join = (language: Language) => capital(told.map((phrase) => phrase[language]).join(', '));
  return told.length === 0 ? plainName(id) : { pt: join('pt'), en: join('en') };
}

/** A name that says nothing of the members. */
export const plainName = (id: string): Words =>
  id === NOBODY
    ? { pt: 'Sem grupo', en: 'In no group' }
    : { pt: `Grupo ${id.slice(1)}`, en: `Group ${id.slice(1)}` };

export interface Counts {
  size: number;
  share: number;
  money: number | null;
  moneyShare: number | null;
}

/** Three to five sentences: how many, how they are, where they are, what they bring, what to do. */
export function sentencesOf(
  counts: Counts,
  facts: readonly Fact[],
  page: Page,
  currency: string,
): Words[] {
  const both = (make: (language: Language) => string | undefined): Words[] => {
    const pt = make('pt');
    const en = make('en');
    return pt === undefined || en === undefined ? [] : [{ pt, en }];
  };
  return [
    ...both((language) => howMany(counts, page, language, currency)),
    ...both((language) => howTheyAre(facts, page, language)),
    ...both((language) => whatIsCommon(facts, language)),
    ...both((language) => whatToDo(counts, language)),
  ];
}

/** Those who are like no group: how many, what they bring, and that they are not to be talked to as one. */
export const sentencesOfNobody = (counts: Counts, page: Page, currency: string): Words[] => [
  {
    pt: howMany(counts, page, 'pt', currency),
    en: howMany(counts, page, 'en', currency),
  },
  {
    pt: 'Não se parecem com nenhum grupo, nem uns com os outros.',
    en: 'They are like no group, and not like each other.',
  },
  {
    pt: 'Leia um a um os que valem mais; uma oferta de grupo não lhes serve.',
    en: 'Read those worth most one by one; an offer for a group does not fit them.',
  },
];

function howMany(
  { size, share, money, moneyShare }: Counts,
  page: Page,
  language: Language,
  currency: string,
): string {
  const who = counted(size, page.noun, language);
  const part = formatNumber(share, 'probability', language);
  if (money === null || moneyShare === null)
    return language === 'pt' ? `São ${who}, ${part} da base.` : `They are ${who}, ${part} of all.`;
  const sum = formatNumber(money, 'money', language, currency);
  const portion = formatNumber(moneyShare, 'probability', language);
  return language === 'pt'
    ? `São ${who}, ${part} da base, e respondem por ${portion} do valor (${sum}).`
    : `They are ${who}, ${part} of all, and bring ${portion} of the value (${sum}).`;
}

function howTheyAre(facts: readonly Fact[], page: Page, language: Language): string | undefined {
  const told = facts
    .filter(({ level }) => level === null)
    .slice(0, 3)
    .map(({ column, overall, phrase }) => {
      const usual = columnValue(page, column, overall === null ? null : rounded(overall), language);
      return language === 'pt'
        ? `${phrase.pt} (em média ${usual})`
        : `${phrase.en} (${usual} on average)`;
    });
  if (told.length === 0)
    return language === 'pt' ? 'São parecidos com a média.' : 'They are close to the average.';
  return `${capital(listed(told, language))}.`;
}

function whatIsCommon(facts: readonly Fact[], language: Language): string | undefined {
  const level = facts.find((fact) => fact.level !== null);
  if (level?.mean == null || level.overall === null) return undefined;
  const own = formatNumber(level.mean, 'probability', language);
  const all = formatNumber(level.overall, 'probability', language);
  return language === 'pt'
    ? `De cada 100, ${own.replace('%', '')} têm em comum: ${level.phrase.pt} (no geral ${all}).`
    : `${own} share this: ${level.phrase.en} (${all} overall).`;
}

/** Who brings more than their number is kept, who brings less is reached cheaply. */
function whatToDo({ share, moneyShare }: Counts, language: Language): string | undefined {
  if (moneyShare === null || share === 0) return undefined;
  const times = moneyShare / share;
  const shown = formatNumber(times, 'number', language);
  const part = formatNumber(times, 'probability', language);
  if (times >= 1.3)
    return language === 'pt'
      ? `Cada um vale ${shown} vezes a média: cuide primeiro de não perdê-los.`
      : `Each is worth ${shown} times the average: keeping them comes first.`;
  if (times <= 0.7)
    return language === 'pt'
      ? `Cada um vale ${part} da média: um contato barato, para muitos, é o que compensa.`
      : `Each is worth ${part} of the average: a cheap contact for many is what pays.`;
  return language === 'pt'
    ? 'Valem o mesmo que a média: teste uma oferta com alguns antes de falar com todos.'
    : 'They are worth the average: try an offer on some before talking to all.';
}

const listed = (parts: readonly string[], language: Language): string =>
  parts.length < 2
    ? (parts[0] ?? '')
    : `${parts.slice(0, -1).join(', ')} ${language === 'pt' ? 'e' : 'and'} ${parts.at(-1)}`;

/** A mean as a phrase says it. */
export const rounded = (value: number) =>
  Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100;

const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);
