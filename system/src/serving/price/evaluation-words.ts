import type { SentenceSpan } from '../../contract/common.js';
import type { PriceEvaluation } from '../../contract/price-evaluation.js';
import type { Words } from '../../contract/words.js';
import { upliftSpans, type Voice } from './sentence.js';
import { formatNumber } from '../sentence.js';
import { predicted, signedShare, text } from '../spans.js';

/** What the log must be worth before an off-policy figure is said. */
export const SUPPORT = { effectiveMin: 30, overlapMin: 0.5 };

type Estimate = PriceEvaluation['estimates'][number];

/** Why the log says nothing of a policy. */
export function refusalWords({
  effectiveSampleSize: size,
  overlap,
}: Pick<Estimate, 'effectiveSampleSize' | 'overlap'>): Words {
  const worth = size.toFixed(1);
  const tried = (100 * overlap).toFixed(0);
  if (size < SUPPORT.effectiveMin)
    return {
      pt: `o registro vale ${worth.replace('.', ',')} decisões desta política, são precisas ${SUPPORT.effectiveMin}`,
      en: `the log is worth ${worth} decisions of this policy, ${SUPPORT.effectiveMin} are needed`,
    };
  if (overlap < SUPPORT.overlapMin)
    return {
      pt: `o registro tentou ${tried}% do que esta política faria, são precisos ${100 * SUPPORT.overlapMin}%`,
      en: `the log tried ${tried}% of what this policy would do, ${100 * SUPPORT.overlapMin}% are needed`,
    };
  return {
    pt: 'o registro é de um só item, são precisos 2 para dizer o que é acaso',
    en: 'the log is of a single item, 2 are needed to tell chance apart',
  };
}

const kinds = {
  simulated: {
    pt: 'Simulado, só pela crença na demanda',
    en: 'Simulated, by the belief about demand alone',
  },
  'off-policy': {
    pt: 'Estimado das decisões registradas',
    en: 'Off-policy, from logged decisions',
  },
} as const;
const policies = {
  policy: { pt: 'com a política de hoje', en: 'under today’s policy' },
  keep: { pt: 'sem mudar preços', en: 'with prices kept' },
} as const;

/** One sentence a figure, in order of how much it can be trusted: what was measured last. */
export function evaluationWords(
  { estimates, measured, shadow }: Pick<PriceEvaluation, 'estimates' | 'measured' | 'shadow'>,
  voice: Voice,
): SentenceSpan[][] {
  // Two estimates of the same thing would read as two results: the doubly robust one is said.
  const told = estimates.filter(({ method }) => method !== 'snips');
  return [
    ...told.map((one) => spansOf(one, voice)),
    ...(shadow === null ? [] : [shadowSpans(shadow, voice)]),
    upliftSpans(measured, voice),
  ];
}

/** What was only watched, beside what was charged. */
function shadowSpans(
  {
    results,
    expectedUnits,
    soldUnits,
    value,
    lower,
    upper,
  }: NonNullable<PriceEvaluation['shadow']>,
  { language, currency }: Voice,
): SentenceSpan[] {
  const money = (amount: number) => formatNumber(amount, 'money', language, currency);
  const off = signedShare(soldUnits / expectedUnits - 1, language);
  const range =
    lower === null || upper === null
      ? ''
      : {
          pt: `, entre ${money(lower)} e ${money(upper)}`,
          en: `, between ${money(lower)} and ${money(upper)}`,
        }[language];
  const head = {
    pt: `Na sombra, simulado sobre o que vendeu em ${results} resultados: os preços sugeridos trariam `,
    en: `In the shadow, simulated from what sold in ${results} results: the suggested prices would bring `,
  };
  const tail = {
    pt: ` a mais por item e semana${range}. Aos preços cobrados vendeu ${off} do que a demanda previa.`,
    en: ` more an item and week${range}. At the prices charged it sold ${off} against what demand foretold.`,
  };
  return [text(head[language]), predicted(money(value)), text(tail[language])];
}

function spansOf(
  { policy, kind, value, lower, upper, reason }: Estimate,
  { language, currency }: Voice,
): SentenceSpan[] {
  const head = `${kinds[kind][language]}, ${policies[policy][language]}: `;
  const money = (amount: number) => formatNumber(amount, 'money', language, currency);
  if (value === null || lower === null || upper === null)
    return [text(`${head}${reason?.[language] ?? ''}.`)];
  const tail = {
    pt: ` por item e semana, entre ${money(lower)} e ${money(upper)}.`,
    en: ` an item and week, between ${money(lower)} and ${money(upper)}.`,
  };
  return [text(head), predicted(money(value)), text(tail[language])];
}
