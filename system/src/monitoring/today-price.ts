import { suggestions } from '../serving/price/price.js';
import type { ServingContext } from '../serving/context.js';
import { formatNumber } from '../serving/sentence.js';
import type { LoadedModel } from '../workspace/types.js';
import type { TodayItem, TodayOptions } from './today.js';

const ITEMS_MAX = 1000;

/** Suggestions that wait for an approver, and what they are worth a week together. */
export async function priceItem(
  context: ServingContext,
  model: LoadedModel,
  { language, scope }: TodayOptions,
): Promise<TodayItem | undefined> {
  const { items } = await suggestions(context, model, { limit: ITEMS_MAX, language, scope });
  const waiting = items.filter(
    ({ state, price, current }) => state === 'waiting' && price !== current,
  );
  if (waiting.length === 0) return undefined;
  const sum = (pick: (gain: (typeof waiting)[number]['gain']) => number) =>
    waiting.reduce((total, { gain }) => total + pick(gain), 0);
  const gain = sum(({ value }) => value);
  const held = waiting.filter(({ trail }) => trail.length > 0).length;
  const n = waiting.length;
  return {
    model: model.name,
    task: 'price',
    title: model.declaration.page.title,
    money: gain,
    predicted: true,
    amount: `${gain < 0 ? '−' : '+'}${formatNumber(Math.abs(gain), 'money', language, model.declaration.page.currency)}`,
    note:
      language === 'pt'
        ? `${model.declaration.page.title.pt} · por semana`
        : `${model.declaration.page.title.en} · a week`,
    sentence: [
      {
        kind: 'strong',
        text:
          language === 'pt'
            ? `${n} ${n === 1 ? 'preço pode mudar' : 'preços podem mudar'}`
            : `${n} ${n === 1 ? 'price' : 'prices'} may change`,
      },
      {
        kind: 'text',
        text: language === 'pt' ? '; todos respeitam as travas.' : '; all keep the guardrails.',
      },
    ],
    why: language === 'pt' ? `${held} param em uma trava.` : `${held} stop at a guardrail.`,
    href: `/m/${model.name}`,
    verb: language === 'pt' ? 'Revisar' : 'Review',
    figure: {
      kind: 'range',
      values: [sum(({ lower }) => lower), sum(({ upper }) => upper)],
      predicted: [gain],
    },
  };
}
