import type { SentenceSpan } from '../contract/common.js';
import { inNumber } from '../contract/phrase.js';
import type { Language } from '../contract/words.js';
import { counted, formatNumber } from '../serving/sentence.js';
import { measured, strong, text } from '../serving/spans.js';
import type { InsightDeclaration, SqlInsight } from '../workspace/types.js';
import type { Finding, Headline } from './finding.js';
import type { Speaker } from './words.js';

type Told = Pick<Finding, 'what' | 'parts' | 'figures' | 'names'>;

/** "12/03/2026", "12 Mar 2026" */
const dayIn = (date: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'pt' ? 'pt-BR' : 'en-GB', {
    day: '2-digit',
    month: language === 'pt' ? '2-digit' : 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(date));

/** Which cohort came back less or more than the others in the period after its first. */
export function ofCohort(
  { parts, figures }: Told,
  { noun, period }: SqlInsight,
  { language }: Speaker,
): SentenceSpan[] {
  const share = (name: string) => formatNumber(Number(figures[name]), 'share', language);
  const times = (name: string) => formatNumber(Number(figures[name]), 'number', language);
  const who = counted(Number(figures['size']), noun, language);
  const day = dayIn(parts[0]!.level, language);
  const { days } = period;
  return language === 'pt'
    ? [
        strong(`Dos ${who} que compraram pela 1ª vez nos ${days} dias desde ${day}, `),
        measured(share('rate')),
        text(
          ` voltaram nos ${days} seguintes, contra ${share('rateElsewhere')} dos outros; é de ${times('lower')} a ${times('upper')} ${inNumber('{vez|vezes}', Number(figures['upper']), 'pt')} a taxa deles, com 95% de confiança.`,
        ),
      ]
    : [
        strong(`Of the ${who} who first bought in the ${days} days from ${day}, `),
        measured(share('rate')),
        text(
          ` came back in the next ${days}, against ${share('rateElsewhere')} of the others; ${times('lower')} to ${times('upper')} times their rate, with 95% confidence.`,
        ),
      ];
}

/** Who went from one segment to another, and what they are worth now. */
export function ofMove(
  { parts, figures, names }: Told,
  { noun }: InsightDeclaration,
  { language, currency }: Speaker,
): SentenceSpan[] {
  const money = (name: string) => formatNumber(Number(figures[name]), 'money', language, currency);
  const [from, to] = parts.map(({ level }) => names?.[level]?.[language] ?? level);
  const who = counted(Number(figures['count']), noun, language);
  const back = Number(figures['back']);
  const other = formatNumber(back, 'number', language);
  const days = formatNumber(Number(figures['days']), 'number', language);
  const reverse =
    back === 0
      ? { pt: 'ninguém fez o contrário', en: 'nobody went the other way' }
      : {
          pt: `${other} ${back === 1 ? 'fez' : 'fizeram'} o contrário`,
          en: `${other} went the other way`,
        };
  return language === 'pt'
    ? [
        measured(who),
        strong(` passaram de “${from}” para “${to}” em ${days} dias`),
        text(`; ${reverse.pt}. Valiam ${money('before')}, valem ${money('after')}.`),
      ]
    : [
        measured(who),
        strong(` went from “${from}” to “${to}” within ${days} days`),
        text(`; ${reverse.en}. They were worth ${money('before')}, now ${money('after')}.`),
      ];
}

/** How many come back after a first purchase. */
export function cohortsHeadline(
  figures: Headline,
  { noun, period, cohorts }: Extract<SqlInsight, { look: 'cohorts' }>,
  { language }: Speaker,
): SentenceSpan[][] {
  if (figures['rate'] === undefined) return [];
  const share = formatNumber(figures['rate'], 'share', language);
  const who = counted(figures['newcomers']!, noun, language);
  const { days } = period;
  return [
    [
      measured(share),
      text(
        language === 'pt'
          ? ` de ${who} que chegaram nos últimos ${cohorts} períodos de ${days} dias voltaram no período seguinte.`
          : ` of ${who} who came in the last ${cohorts} periods of ${days} days came back in the next one.`,
      ),
    ],
  ];
}

/** Below the first the sizes are stable; above the second they moved (Siddiqi, 2006). */
const PSI = { stable: 0.1, moved: 0.25 };

/** Who stayed, and whether the segments themselves are still what they were. */
export function movesHeadline(
  figures: Headline,
  { noun }: InsightDeclaration,
  { language }: Speaker,
): SentenceSpan[][] {
  const pt = language === 'pt';
  const { stayed, both, days, sizePsi, drifted } = figures;
  if (stayed === undefined)
    return [
      [
        text(
          pt
            ? 'Ainda há uma conta só; as mudanças aparecem a partir da segunda.'
            : 'There is a single score so far; moves appear from the second on.',
        ),
      ],
    ];
  const who = counted(both!, noun, language);
  const said = [
    [
      measured(formatNumber(stayed, 'share', language)),
      text(
        pt
          ? ` de ${who} estão no mesmo grupo que ${days} dias antes.`
          : ` of ${who} are in the group they were in ${days} days before.`,
      ),
    ],
  ];
  if (sizePsi === undefined) return said;
  const psi = pt ? sizePsi.toFixed(2).replace('.', ',') : sizePsi.toFixed(2);
  const sizes =
    sizePsi < PSI.stable
      ? pt
        ? 'são os mesmos'
        : 'are the same'
      : sizePsi < PSI.moved
        ? pt
          ? 'mudam um pouco'
          : 'are moving a little'
        : pt
          ? 'mudaram: treine de novo'
          : 'moved: train again';
  return [
    ...said,
    [
      text(
        pt
          ? `Os tamanhos dos grupos ${sizes} (PSI ${psi}); em ${drifted || 'nenhum'} deles o membro típico mudou além do acaso.`
          : `Sizes of the groups ${sizes} (PSI ${psi}); in ${drifted || 'none'} of them the typical member changed beyond chance.`,
      ),
    ],
  ];
}
