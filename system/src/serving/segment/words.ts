import type { ClusterProfile } from '@tino/learn';
import type { Segment } from '../../contract/segments.js';
import { inNumber } from '../../contract/phrase.js';
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
      const phrase = filledPhrase(page, column, rounded(mean, column, page));
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

/**
 * "Frequentes, cesta grande": by segment, the declared names of its most telling facts, else their
 * phrases. Two, and one more as long as another segment is called the same.
 */
export function namesOf(
  segments: ReadonlyMap<string, readonly Fact[]>,
  page: Page,
): Map<string, Words> {
  const traits = new Map([...segments].map(([id, facts]) => [id, traitsOf(facts, page)]));
  const names = new Map<string, Words>();
  let open = [...traits.keys()];
  for (let count = TRAITS; open.length > 0; count++) {
    const called = new Map(open.map((id) => [id, joined(traits.get(id)!.slice(0, count), id)]));
    const twins = (id: string) =>
      open.filter((other) => other !== id && called.get(other)!.pt === called.get(id)!.pt);
    const more = open.filter((id) => twins(id).length > 0 && traits.get(id)!.length > count);
    for (const id of open) {
      if (more.includes(id)) continue;
      const { pt, en } = called.get(id)!;
      // Where another has no more to tell either, only the number tells them apart.
      const alone = twins(id).every((other) => more.includes(other));
      const number = alone ? '' : ` (${id.slice(1)})`;
      names.set(id, { pt: pt + number, en: en + number });
    }
    open = more;
  }
  return names;
}

/** Of a name. */
const TRAITS = 2;

/** Words of the facts, the most telling first, each once. */
function traitsOf(facts: readonly Fact[], page: Page): Words[] {
  const named = facts.flatMap(({ column, difference }) => {
    const words = page.names?.[column]?.[difference > 0 ? 'high' : 'low'];
    return words === undefined ? [] : [words];
  });
  const told = named.length > 0 ? named : facts.map(({ phrase }) => phrase);
  return told.filter(({ pt }, i) => told.findIndex((one) => one.pt === pt) === i);
}

function joined(traits: readonly Words[], id: string): Words {
  if (traits.length === 0) return plainName(id);
  const join = (language: Language) => capital(traits.map((words) => words[language]).join(', '));
  return { pt: join('pt'), en: join('en') };
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
    ...both((language) => whatElse(facts, page, language)),
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
  const one = size === 1;
  const [are, bring] =
    language === 'pt'
      ? [one ? 'É' : 'São', one ? 'responde' : 'respondem']
      : [one ? 'It is' : 'They are', one ? 'brings' : 'bring'];
  if (money === null || moneyShare === null)
    return language === 'pt' ? `${are} ${who}, ${part} da base.` : `${are} ${who}, ${part} of all.`;
  const sum = formatNumber(money, 'money', language, currency);
  const portion = formatNumber(moneyShare, 'probability', language);
  return language === 'pt'
    ? `${are} ${who}, ${part} da base, e ${bring} por ${portion} do valor (${sum}).`
    : `${are} ${who}, ${part} of all, and ${bring} ${portion} of the value (${sum}).`;
}

function howTheyAre(facts: readonly Fact[], page: Page, language: Language): string {
  const told = meansOf(facts, page, language).slice(0, FIRST);
  if (told.length === 0)
    return language === 'pt' ? 'São parecidos com a média.' : 'They are close to the average.';
  const says = language === 'pt' ? 'Na média do grupo' : 'On average in the group';
  return `${says}: ${listed(told, language)}.`;
}

/** Facts of the first sentence; the others have one of their own. */
const FIRST = 3;

function whatElse(facts: readonly Fact[], page: Page, language: Language): string | undefined {
  const told = meansOf(facts, page, language).slice(FIRST);
  if (told.length === 0) return undefined;
  return `${language === 'pt' ? 'Além disso' : 'And also'}: ${listed(told, language)}.`;
}

/** "32 dias sem comprar (75 no geral)" */
const meansOf = (facts: readonly Fact[], page: Page, language: Language): string[] =>
  facts
    .filter(({ level }) => level === null)
    .map(({ column, overall, phrase }) => {
      const value = overall === null ? null : rounded(overall, column, page);
      const usual = columnValue(page, column, value, language);
      return `${phrase[language]} (${usual} ${language === 'pt' ? 'no geral' : 'overall'})`;
    });

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
function whatToDo({ share, money, moneyShare }: Counts, language: Language): string | undefined {
  if (money === null)
    return language === 'pt'
      ? 'Quanto valem não é contado: nenhuma coluna foi declarada como dinheiro.'
      : 'What they are worth is not counted: no column is declared as money.';
  if (moneyShare === null || share === 0) return undefined;
  const times = moneyShare / share;
  const shown = formatNumber(times, 'number', language);
  const part = formatNumber(times, 'probability', language);
  if (times >= 1.3)
    return language === 'pt'
      ? `Cada um vale ${shown} ${inNumber('{vez|vezes}', times, 'pt')} a média: cuide primeiro de não perdê-los.`
      : `Each is worth ${shown} times the average: keeping them comes first.`;
  if (times <= 0.7)
    return language === 'pt'
      ? `Cada um vale ${part} da média: um contato barato, para muitos, é o que compensa.`
      : `Each is worth ${part} of the average: a cheap contact for many is what pays.`;
  return language === 'pt'
    ? `Cada um vale ${part} da média: teste uma oferta com alguns antes de falar com todos.`
    : `Each is worth ${part} of the average: try an offer on some before talking to all.`;
}

const listed = (parts: readonly string[], language: Language): string =>
  parts.length < 2
    ? (parts[0] ?? '')
    : `${parts.slice(0, -1).join(', ')} ${language === 'pt' ? 'e' : 'and'} ${parts.at(-1)}`;

/** A mean as a phrase says it: of days and times from ten on nobody says tenths; money has cents. */
export function rounded(value: number, column: string, page: Page): number {
  const money = page.units?.[column] === 'money' || column === page.money;
  return Math.abs(value) >= 10 && !money ? Math.round(value) : Math.round(value * 100) / 100;
}

const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);
