import { scores } from '../serving/scores.js';
import type { ServingContext } from '../serving/context.js';
import { counted, formatNumber } from '../serving/sentence.js';
import type { ClassifyDeclaration, LoadedModel } from '../workspace/types.js';
import type { TodayItem, TodayOptions } from './today.js';

/** A row is worth a call when its risk is this many times the usual one. */
const TIMES_USUAL = 1.5;
const ROWS_MAX = 1000;

/** Rows of the last batch score whose risk stands out, and the money in them. */
export async function scoreItem(
  context: ServingContext,
  model: LoadedModel,
  { page }: ClassifyDeclaration,
  { language, scope }: TodayOptions,
): Promise<TodayItem | undefined> {
  const { items, total, expected, histogram } = await scores(context, model, {
    limit: ROWS_MAX,
    where: [],
    language,
    role: 'viewer',
    scope,
  });
  if (total === 0) return undefined;
  const usual = expected / total;
  const low = page.worse === 'low';
  const stands = items.filter(({ value }) =>
    low ? value < usual / TIMES_USUAL : value > usual * TIMES_USUAL,
  );
  if (stands.length === 0) return undefined;
  const money = stands.some((each) => each.money !== null)
    ? stands.reduce((sum, each) => sum + (each.money ?? 0), 0)
    : null;
  const outcome = page.positive?.[language] ?? page.title[language];
  const usualShare = formatNumber(usual, 'share', language);
  const words = {
    pt: {
      chance: low ? 'têm pouca chance de' : 'têm risco alto de',
      why: `O normal é ${usualShare}.`,
      of: 'de',
      verb: 'Abrir a lista',
    },
    en: {
      chance: low ? 'are unlikely to' : 'are at high risk to',
      why: `The usual is ${usualShare}.`,
      of: 'of',
      verb: 'Open the list',
    },
  }[language];
  return {
    model: model.name,
    task: 'classify',
    title: page.title,
    money,
    predicted: false,
    amount:
      money === null
        ? `${stands.length} ${words.of} ${total}`
        : formatNumber(money, 'money', language, page.currency),
    note: (page.tab ?? page.title)[language],
    sentence: [
      {
        kind: 'strong',
        text: `${formatNumber(stands.length, 'number', language)} ${words.of} ${counted(total, page.noun, language)}`,
      },
      { kind: 'text', text: ` ${words.chance} ${outcome}.` },
    ],
    why: words.why,
    href: `/m/${model.name}`,
    verb: words.verb,
    figure: { kind: 'histogram', values: histogram.map(({ count }) => count), predicted: [] },
  };
}
