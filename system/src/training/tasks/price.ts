import {
  elasticity,
  measuredElasticity,
  orthogonalElasticity,
  seeded,
  type ElasticityVerdict,
  type ItemElasticity,
} from '@tino/learn';
import { addDays } from '../../calendar/dates.js';
import { TinoError } from '../../contract/index.js';
import type { Words } from '../../contract/words.js';
import { latestCutoff } from '../../features/cutoffs.js';
import type { PriceDeclaration } from '../../workspace/types.js';
import type { Evidence } from '../evidence.js';
import type { VersionMeta } from '../package.js';
import type { Trained, TrainingContext } from '../task.js';
import { sha256 } from './forecast/fingerprint.js';
import { crossEffectsOf } from './price/cross.js';
import { marketsOf, readItems, readSales, type Item, type Sales } from './price/data.js';
import { demandOfItem, type ItemDemand } from './price/demand.js';
import { judgeDemand, type PriceJudgement } from './price/judge.js';
import { columnPhrase } from '../signature.js';

const METRIC = 'poissonDeviance';
const RECIPE = { kind: 'elasticity', params: { pooling: 'item → category → all' } };

/**
 * Trains the demand of every item: sales as known now → elasticity, pooled item → category → all,
 * or the verdict that it cannot be told → beliefs that decisions start from. Judged by how well it
 * foretells units that were held out, against demand that does not answer to price.
 */
export async function trainPrice(context: TrainingContext): Promise<Trained | 'unchanged'> {
  const { house, model, seed, effects } = context;
  effects.progress({
    done: 0,
    message: { pt: 'lendo vendas e itens', en: 'reading sales and items' },
  });
  const cutoff = await latestCutoff(house, model);
  const items = await readItems(house, model, cutoff);
  const sales = await readSales(house, model, cutoff, items);
  if (items.length === 0 || sales.history.item.length === 0)
    throw new TinoError('TOO_FEW_ROWS', {
      model: model.name,
      rows: sales.history.item.length,
      needed: 1,
    });
  const hash = hashOf(items, sales);
  const fingerprint = sha256(JSON.stringify([model.hash, hash, seed]));
  const abt = { hash, cutoffs: [cutoff] };
  const rows = sales.history.item.length;
  const run = await context.begin({
    fingerprint,
    metric: METRIC,
    better: 'lower',
    params: { items: items.length, periodDays: sales.periodDays },
    rows,
    abt,
  });
  if (run === undefined) return 'unchanged';
  const started = performance.now();
  effects.progress({ done: 0.3, message: { pt: 'testando a demanda', en: 'testing the demand' } });
  const judged = judgeDemand(sales);
  if (judged.folds.length === 0)
    throw new TinoError('TOO_FEW_ROWS', { model: model.name, rows, needed: 20 });
  if (effects.stop.stopped) throw new TinoError('CANCELLED');
  effects.progress({
    done: 0.7,
    message: { pt: 'medindo elasticidades', en: 'measuring elasticities' },
  });
  const { found, verdict } = await elasticitiesOf(context, sales);
  const demand = demandOf(sales, items, found);
  const { crossEffects: crossed, key } = model.declaration as PriceDeclaration;
  const crossEffects = crossed ? crossEffectsOf(sales, { key, level: LEVEL }) : [];
  const text = `${JSON.stringify(summaryOf(demand), null, 2)}\n`;
  await run.artifact('elasticities.json', new TextEncoder().encode(text));
  const metrics = metricsOf(judged, demand);
  const seconds = (performance.now() - started) / 1000;
  effects.progress({ done: 1, message: { pt: 'demanda pronta', en: 'demand ready' } });
  return {
    package: {
      meta: {
        ...metaOf(context, fingerprint, judged),
        abt: { ...abt, rows },
        dataUntil: addDays(cutoff, -1),
        metrics,
        detail: { demand, crossEffects, measuredBy: verdict, quality: qualityOf(metrics) },
      },
      sections: {},
    },
    leaderboard: leaderboardOf(judged, seconds),
    evidence: evidenceOf(context, judged),
    timings: { train: seconds },
  };
}

const LEVEL = 0.8;

/** By regression, by double machine learning, or by what their difference says of the two. */
async function elasticitiesOf(
  { model, seed, effects }: TrainingContext,
  { history, day }: Sales,
): Promise<{ found: ItemElasticity[]; verdict: ElasticityVerdict | null }> {
  const { demand = 'automatic', key } = model.declaration as PriceDeclaration;
  const options = { level: LEVEL };
  if (demand === 'regression') return { found: elasticity(history, options), verdict: null };
  const market = marketsOf(history.item, key);
  const known = { ...history, time: day, market };
  const lent = { rng: seeded(seed).fork('elasticities'), stop: effects.stop };
  if (demand === 'orthogonal')
    return { found: await orthogonalElasticity(known, options, lent), verdict: null };
  const { items, verdict } = await measuredElasticity(known, options, lent);
  return { found: items, verdict };
}

/** Demand of each item that is for sale, in order of its key. */
export function demandOf(
  sales: Sales,
  items: readonly Item[],
  elasticities: readonly ItemElasticity[],
): ItemDemand[] {
  const { history, periodDays } = sales;
  const known = new Map(elasticities.map((one) => [one.item, one]));
  const measured = new Set(
    [...known.values()].filter((one) => one.identifiable).map(({ category }) => category),
  );
  const rows = new Map<string, number[]>();
  history.item.forEach((item, row) => {
    if (!(history.price[row]! > 0) || !(history.units[row]! >= 0)) return;
    const own = rows.get(item);
    if (own === undefined) rows.set(item, [row]);
    else own.push(row);
  });
  return items.flatMap(({ text }) => {
    const one = known.get(text);
    if (one === undefined) return [];
    const own = rows.get(text) ?? [];
    return demandOfItem(one, {
      periodDays,
      prices: own.map((row) => history.price[row]!),
      units: own.map((row) => history.units[row]!),
      category: measured.has(one.category),
    });
  });
}

function metaOf(
  { model, seed }: TrainingContext,
  fingerprint: string,
  { folds, baseline }: PriceJudgement,
): Omit<VersionMeta, 'abt' | 'dataUntil' | 'metrics' | 'detail'> {
  const { page, key } = model.declaration as PriceDeclaration;
  const phrase = (name: string) => columnPhrase(page, name);
  return {
    model: model.name,
    task: 'price',
    seed,
    declarationHash: model.hash,
    declaration: model.declaration,
    sql: model.sql,
    fingerprint,
    recipe: RECIPE,
    metric: METRIC,
    better: 'lower',
    folds,
    baselineFolds: baseline,
    signature: [...key, 'category', 'price', 'cost'].map((name) => ({
      name,
      type: name === 'price' || name === 'cost' ? ('number' as const) : ('category' as const),
      typical: null,
      phrase: phrase(name),
    })),
    coverage: [],
    importance: [],
  };
}

function metricsOf({ folds, baseline }: PriceJudgement, demand: readonly ItemDemand[]) {
  const known = demand.filter(({ identifiable }) => identifiable).length;
  return {
    [METRIC]: mean(folds),
    baseline: mean(baseline),
    items: demand.length,
    identifiable: known,
  };
}

const leaderboardOf = (judged: PriceJudgement, seconds: number): Trained['leaderboard'] => [
  {
    recipe: RECIPE,
    name: 'elasticity',
    metrics: { [METRIC]: mean(judged.folds) },
    folds: judged.folds,
    seconds,
    baseline: false,
    winner: true,
    error: null,
  },
  {
    recipe: { kind: 'constantDemand', params: { elasticity: 0 } },
    name: 'constant demand',
    metrics: { [METRIC]: mean(judged.baseline) },
    folds: judged.baseline,
    seconds: 0,
    baseline: true,
    winner: false,
    error: null,
  },
];

/** There is one recipe, so the champion's fitted again on these folds is this one. */
const evidenceOf = ({ champion }: TrainingContext, judged: PriceJudgement): Evidence => ({
  metric: METRIC,
  better: 'lower',
  challenger: judged.folds,
  champion: champion === undefined ? null : judged.folds,
  baseline: judged.baseline,
  sameRecipe: champion !== undefined,
  difference: champion === undefined ? null : { difference: 0, lower: 0, upper: 0 },
  checks: [],
});

function hashOf(items: readonly Item[], { history, day }: Sales): string {
  const numbers = [history.price, history.units, day].map((values) =>
    sha256(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  );
  return sha256(JSON.stringify([items, history.item, ...numbers]));
}

/** What a person wants to read of a training of prices. */
const summaryOf = (demand: readonly ItemDemand[]) =>
  demand.map(
    ({ text, elasticity: value, lower, upper, identifiable, reason, from, referencePrice }) => ({
      key: JSON.parse(text) as Record<string, string>,
      elasticity: value,
      lower,
      upper,
      identifiable,
      reason,
      from,
      referencePrice,
    }),
  );

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** For how many items the answer of demand to price is known, and how well it foretells. */
function qualityOf(metrics: Record<string, number>): Words {
  const { items = 0, identifiable = 0, baseline = NaN, [METRIC]: own = NaN } = metrics;
  const better = Math.round((1 - own / baseline) * 1000) / 10;
  const pt = String(better).replace('.', ',');
  return {
    pt: `sabe como a demanda responde ao preço em ${identifiable} de ${items} itens; prevê as vendas ${pt}% melhor do que sem olhar o preço`,
    en: `knows how demand answers to price for ${identifiable} of ${items} items; foretells sales ${better}% better than without the price`,
  };
}
