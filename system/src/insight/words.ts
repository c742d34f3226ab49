import type { Part } from '@tino/learn';
import type { SentenceSpan } from '../contract/common.js';
import { inNumber } from '../contract/phrase.js';
import type { Language } from '../contract/words.js';
import { counted, formatNumber, type Unit } from '../serving/sentence.js';
import { measured, signedShare, strong, text } from '../serving/spans.js';
import type { InsightDeclaration, SqlInsight } from '../workspace/types.js';
import type { Finding } from './finding.js';
import { cohortsHeadline, movesHeadline, ofCohort, ofMove } from './words-people.js';

/** Says numbers in one language and currency. */
export interface Speaker {
  language: Language;
  currency: string;
}

const shown = ({ language, currency }: Speaker, value: number, unit: Unit): string =>
  formatNumber(value, unit, language, currency);

/** The finding in words; every number in it is one of its figures. */
export function sentenceOf(
  finding: Told,
  declaration: InsightDeclaration,
  speaker: Speaker,
): SentenceSpan[] {
  if (declaration.look === 'moves') return ofMove(finding, declaration, speaker);
  switch (finding.what) {
    case 'totalFell':
    case 'totalRose':
      return ofTotal(finding, declaration, speaker);
    case 'rateHigher':
    case 'rateLower':
      return ofRate(finding, declaration, speaker);
    case 'together':
    case 'later':
      return ofPair(finding, declaration, speaker);
    case 'stayedLess':
    case 'stayedMore':
      return ofCohort(finding, declaration, speaker);
    default:
      throw new Error(`no words for ${finding.what}`);
  }
}

type Told = Pick<Finding, 'what' | 'parts' | 'figures' | 'names'>;

const figure = ({ figures }: Told, name: string): number => Number(figures[name]);

function ofTotal(found: Told, declaration: SqlInsight, speaker: Speaker): SentenceSpan[] {
  const { language } = speaker;
  const pt = language === 'pt';
  const money = (name: string) => shown(speaker, figure(found, name), 'money');
  const change = figure(found, 'change');
  const own = figure(found, 'own');
  const verb = change < 0 ? (pt ? 'caiu' : 'fell by') : pt ? 'subiu' : 'rose by';
  const days = declaration.period.days;
  const range = pt
    ? `entre ${money('lower')} e ${money('upper')}, com 95% de confiança`
    : `between ${money('lower')} and ${money('upper')}, with 95% confidence`;
  // Rows that a surer finding holds are not in the interval; where there are none, both are one.
  const apart = Math.abs(own - change) > 0.005 * Math.abs(change);
  const rest = apart
    ? pt
      ? `Sem o que outras descobertas já contam: ${money('own')}, ${range}.`
      : `Without what other findings tell: ${money('own')}, ${range}.`
    : pt
      ? `A mudança está ${range}.`
      : `The change lies ${range}.`;
  return [
    strong(`${declaration.title[language]} ${where(found.parts, declaration, language)} ${verb} `),
    measured(shown(speaker, Math.abs(change), 'money')),
    text(
      pt
        ? `: de ${money('before')} para ${money('after')}, contra os ${days} dias anteriores. ${rest}`
        : `: from ${money('before')} to ${money('after')}, against the ${days} days before. ${rest}`,
    ),
  ];
}

function ofRate(found: Told, declaration: InsightDeclaration, speaker: Speaker): SentenceSpan[] {
  const { language } = speaker;
  const pt = language === 'pt';
  const share = (name: string) => shown(speaker, figure(found, name), 'share');
  const times = (name: string) => shown(speaker, figure(found, name), 'number');
  if (declaration.look !== 'rate') throw new Error(`a rate was found by a ${declaration.look}`);
  const event = declaration.event[language];
  const rows = counted(figure(found, 'rows'), declaration.rows, language);
  return [
    strong(`${capital(event)} ${where(found.parts, declaration, language)}: `),
    measured(share('rate')),
    text(
      pt
        ? ` de ${rows}, contra ${share('rateElsewhere')} nos outros; é de ${times('lower')} a ${times('upper')} ${inNumber('{vez|vezes}', figure(found, 'upper'), 'pt')} a taxa deles, com 95% de confiança.`
        : ` of ${rows}, against ${share('rateElsewhere')} elsewhere; ${times('lower')} to ${times('upper')} times their rate, with 95% confidence.`,
    ),
  ];
}

function ofPair(found: Told, declaration: InsightDeclaration, speaker: Speaker): SentenceSpan[] {
  const pt = speaker.language === 'pt';
  const [first, next] = found.parts.map(({ level }) => level);
  const times = (name: string) => shown(speaker, figure(found, name), 'number');
  const share = shown(speaker, figure(found, 'confidence'), 'share');
  const count = times('count');
  const often = pt
    ? `${times('lift')} ${inNumber('{vez|vezes}', figure(found, 'lift'), 'pt')} o que o acaso daria (de ${times('lower')} a ${times('upper')}).`
    : `${times('lift')} times what chance would bring (${times('lower')} to ${times('upper')}).`;
  if (found.what === 'together')
    return [
      strong(
        pt ? `Quem leva ${first} também leva ${next}: ` : `Who takes ${first} also takes ${next}: `,
      ),
      measured(share),
      text(
        pt
          ? ` das compras com o primeiro têm os dois (${count} compras), ${often}`
          : ` of purchases with the first have both (${count} purchases), ${often}`,
      ),
    ];
  const who = counted(figure(found, 'count'), declaration.noun, speaker.language);
  return [
    strong(pt ? `Depois de ${first} vem ${next}: ` : `After ${first} comes ${next}: `),
    measured(who),
    text(
      pt
        ? `, em média ${times('gap')} dias depois; ${often}`
        : `, ${times('gap')} days later on average; ${often}`,
    ),
  ];
}

/** "onde Estado é BA e Canal é web" */
function where(parts: readonly Part[], { labels }: InsightDeclaration, language: Language): string {
  const conditions = parts.map(({ column, level }) => {
    const name = labels?.[column]?.[language] ?? column.replaceAll('_', ' ');
    return `${name} ${language === 'pt' ? 'é' : 'is'} ${levelIn(level, language)}`;
  });
  const [joined, first] = language === 'pt' ? [' e ', 'onde'] : [' and ', 'where'];
  return `${first} ${conditions.join(joined)}`;
}

/** Bounds of a number that was cut are written as the language writes numbers. */
const levelIn = (level: string, language: Language): string =>
  /^([≤>]|-?\d[^ ]* – )/.test(level) && language === 'pt'
    ? level.replaceAll('.', ',')
    : level.replaceAll('_', ' ');

/** How sure a finding is, in words and as a number. */
export function sureOf(q: number, language: Language): string {
  const [certain, likely, perhaps] =
    language === 'pt'
      ? ['quase certo', 'muito provável', 'provável']
      : ['almost certain', 'very likely', 'likely'];
  const word = q < 0.001 ? certain : q < 0.01 ? likely : perhaps;
  const of = formatNumber(Math.min(1000, Math.floor(1 / q)), 'number', language);
  return language === 'pt'
    ? `${word}: no máximo 1 em ${of} achados assim é acaso`
    : `${word}: at most 1 in ${of} findings like it is chance`;
}

/** What a look says even when nothing stands out. */
export function headlineOf(
  figures: Readonly<Record<string, number>>,
  declaration: InsightDeclaration,
  speaker: Speaker,
): SentenceSpan[][] {
  const { language } = speaker;
  const pt = language === 'pt';
  if (declaration.look === 'moves') return movesHeadline(figures, declaration, speaker);
  if (declaration.look === 'cohorts') return cohortsHeadline(figures, declaration, speaker);
  const days = declaration.period.days;
  const money = (name: string) => shown(speaker, figures[name]!, 'money');
  const share = (name: string) => shown(speaker, figures[name]!, 'share');
  if (declaration.look === 'rate')
    return [
      [
        measured(share('rate')),
        text(
          pt
            ? ` de ${counted(figures['rows']!, declaration.rows, language)} em ${days} dias: ${declaration.event.pt}.`
            : ` of ${counted(figures['rows']!, declaration.rows, language)} in ${days} days: ${declaration.event.en}.`,
        ),
      ],
    ];
  if (declaration.look === 'pairs')
    return [
      [
        measured(shown(speaker, figures['baskets']!, 'number')),
        text(pt ? ` compras olhadas em ${days} dias.` : ` purchases looked at in ${days} days.`),
      ],
    ];
  const moved =
    figures['before'] === 0
      ? ''
      : ` (${signedShare(figures['change']! / figures['before']!, language)})`;
  const said: SentenceSpan[][] = [
    [
      measured(money('after')),
      text(
        pt
          ? ` em ${days} dias, contra ${money('before')} nos ${days} anteriores${moved}.`
          : ` in ${days} days, against ${money('before')} in the ${days} before${moved}.`,
      ),
    ],
  ];
  if (figures['price'] !== undefined)
    said.push([
      text(
        pt
          ? `Da mudança: preço ${money('price')}, volume ${money('volume')}, mistura ${money('mix')}, itens novos ${money('launched')}, itens que saíram ${money('dropped')}.`
          : `Of the change: price ${money('price')}, volume ${money('volume')}, mix ${money('mix')}, new items ${money('launched')}, dropped items ${money('dropped')}.`,
      ),
    ]);
  if (figures['units'] !== undefined) {
    const who = counted(figures['units'], declaration.noun, language);
    said.push([
      text(
        pt
          ? `De ${who}, um décimo faz ${share('topTenth')} do valor; 80% dele vem de ${share('pareto')} deles.`
          : `Of ${who}, a tenth makes ${share('topTenth')} of the value; 80% of it comes from ${share('pareto')} of them.`,
      ),
    ]);
  }
  return said;
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
