import type { Role, SentenceSpan } from '../contract/common.js';
import type { Today } from '../contract/operations.js';
import type { Language } from '../contract/words.js';
import { isScoped, seesModel, type Scope } from '../access/principal.js';
import { insightFeed } from '../insight/feed.js';
import type { House } from '../ports/house.js';
import { championOf } from '../registry/index.js';
import { keyOfModel } from '../serving/catalog.js';
import type { ServingContext } from '../serving/context.js';
import { upliftSaid } from '../serving/price/price.js';
import { formatNumber } from '../serving/sentence.js';
import type { LoadedModel } from '../workspace/types.js';
import { directionItem, revenueItem } from './today-forecast.js';
import { priceItem } from './today-price.js';
import { scoreItem } from './today-score.js';
import { trustOf } from './trust.js';

/** Findings beside what needs a decision. */
const NEWS_MAX = 3;

export type TodayItem = Today['items'][number];
export interface TodayOptions {
  language: Language;
  scope: Scope;
  role: Role;
}

/** What needs a decision now, ordered by the money at stake; what has no price comes last. */
export async function today(context: ServingContext, options: TodayOptions): Promise<Today> {
  const { house } = context;
  const models = Object.values(house.workspace.models).filter((model) =>
    seesModel(options.scope, keyOfModel(context, model)),
  );
  const items: TodayItem[] = [];
  const trust: Today['trust'] = [];
  for (const model of models) {
    const served = (await championOf(house, model.name)) !== undefined;
    trust.push(await trustOf(context, model, served, options.language));
    if (!served) continue;
    const item = await itemOf(context, model, options);
    if (item !== undefined) items.push(item);
  }
  items.sort((a, b) => Math.abs(b.money ?? -1) - Math.abs(a.money ?? -1));
  return {
    date: house.now().toISOString(),
    sentence: sentenceOf(items, options.language, house.workspace.currency),
    items,
    trust,
    uplift: await upliftsOf(context, models, options),
    insights: await newsOf(house, options),
  };
}

function itemOf(
  context: ServingContext,
  model: LoadedModel,
  options: TodayOptions,
): Promise<TodayItem | undefined> {
  const { declaration } = model;
  switch (declaration.task) {
    case 'forecast':
      return declaration.deadBand === undefined
        ? revenueItem(context, model, declaration, options)
        : directionItem(context, model, declaration, options);
    case 'price':
      return priceItem(context, model, options);
    case 'classify':
      return scoreItem(context, model, declaration, options);
    default:
      return Promise.resolve(undefined);
  }
}

/** What decisions on prices were worth, of every price model that a caller sees. */
async function upliftsOf(
  context: ServingContext,
  models: readonly LoadedModel[],
  { language, scope }: TodayOptions,
): Promise<Today['uplift']> {
  const priced = models.filter(({ declaration }) => declaration.task === 'price');
  if (priced.length === 0) return { says: NO_PRICES[language], value: null };
  const said = [];
  for (const model of priced) said.push(await upliftSaid(context, model, { language, scope }));
  const known = said.flatMap(({ value }) => (value === null ? [] : [value]));
  const value = known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0);
  return { says: said.map(({ says }) => says).join(' '), value };
}

/** Findings are of the whole workspace: a reader of a part of it has none. */
async function newsOf(
  house: House,
  { language, role, scope }: TodayOptions,
): Promise<Today['insights']> {
  if (isScoped(scope)) return [];
  const { items } = await insightFeed(house, { language, role });
  return items
    .filter(({ news }) => news)
    .slice(0, NEWS_MAX)
    .map(({ id, title, sentence }) => ({ id, title, sentence }));
}

const NO_PRICES = {
  pt: 'Nenhum modelo daqui sugere preços.',
  en: 'No model here suggests prices.',
};

const COUNTS = {
  pt: [
    'Nada',
    'Uma coisa',
    'Duas coisas',
    'Três coisas',
    'Quatro coisas',
    'Cinco coisas',
    'Seis coisas',
  ],
  en: [
    'Nothing',
    'One thing',
    'Two things',
    'Three things',
    'Four things',
    'Five things',
    'Six things',
  ],
};

function sentenceOf(
  items: readonly TodayItem[],
  language: Language,
  currency: string,
): SentenceSpan[] {
  const n = items.length;
  const count = COUNTS[language][n] ?? (language === 'pt' ? `${n} coisas` : `${n} things`);
  const verb =
    language === 'pt'
      ? n <= 1
        ? 'pede decisão.'
        : 'pedem decisão.'
      : n <= 1
        ? 'needs a decision.'
        : 'need a decision.';
  const spans: SentenceSpan[] = [{ kind: 'strong', text: `${count} ${verb}` }];
  const [first] = items;
  if (first?.money != null) {
    spans.push({
      kind: 'text',
      text: language === 'pt' ? ' A maior vale ' : ' The largest is worth ',
    });
    spans.push({
      kind: first.predicted ? 'predicted' : 'measured',
      text: formatNumber(Math.abs(first.money), 'money', language, currency),
    });
    spans.push({ kind: 'text', text: `: ${first.title[language]}.` });
  }
  return spans;
}
