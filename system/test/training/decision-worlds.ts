import { seeded } from '@tino/learn';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { championOf, applyVerdict } from '../../src/registry/promotions.js';
import { judge } from '../../src/registry/gate.js';
import { membersOf, openVersion, registerVersion } from '../../src/registry/versions.js';
import { ingest } from '../../src/sources/ingest.js';
import { openArtifacts } from '../../src/store/artifacts.js';
import { startRun, type Run } from '../../src/tracking/run.js';
import type { Trained, TrainingPlan } from '../../src/training/task.js';
import { trainForecast } from '../../src/training/tasks/forecast.js';
import { trainPrice } from '../../src/training/tasks/price.js';
import { addFiles, effects, openHouse, writeWorkspace, type TestHouse } from '../features/house.js';

const csv = (columns: string[], rows: (string | number)[][]): string =>
  `${[columns, ...rows].map((row) => row.join(',')).join('\n')}\n`;

const month = (index: number) =>
  `${2022 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;

const lastDay = (index: number) =>
  new Date(Date.UTC(2022, index + 1, 0)).toISOString().slice(0, 10);

/** 2 shops × 3 products of monthly sales with season, growth and noise; product 9 never sold. */
export function salesRows(months: number): (string | number)[][] {
  const rng = seeded('sales');
  const rows: (string | number)[][] = [];
  for (let t = 0; t < months; t++)
    for (const shop of [1, 2])
      for (const product of [1, 2, 3]) {
        const season = 1 + 0.4 * Math.sin((2 * Math.PI * (t + product)) / 12);
        const level = 1000 * shop * product * (1 + 0.01 * t);
        for (const day of [`${month(t)}-05`, lastDay(t)])
          rows.push([
            shop,
            product,
            day,
            (0.5 * level * season * (1 + 0.05 * rng.normal())).toFixed(2),
          ]);
      }
  return rows;
}

const seriesWorld = (months: number, options = ''): Record<string, string> => ({
  'tino.config.ts': `
import { date, defineWorkspace, entity, integer, money, source, text } from '@tino/system';
export default defineWorkspace({
  name: 'series',
  sources: {
    sales: source({ files: 'data/sales.csv', key: ['shop_id', 'product_id', 'sold_on'],
      columns: { shop_id: integer(), product_id: integer(), sold_on: date(), revenue: money() },
      eventTime: 'sold_on' }),
    shelves: source({ files: 'data/shelves.csv', key: ['shop_id', 'product_id'],
      columns: { shop_id: integer(), product_id: integer(), product_name: text(), category: text() } }),
  },
  entities: { shelf: entity(['shop_id', 'product_id']) },
});`,
  'models/revenue.ts': `
import { ets, forecast, globalBoosting, percent, theta } from '@tino/system';
export default forecast({
  entity: 'shelf', series: 'series.sql', statics: 'statics.sql', key: ['shop_id', 'product_id'],
  step: 'month', how: 'sum', horizon: 3,
  levels: { shop: ['shop_id'], category: ['category'] },
  candidates: [ets(), theta(), globalBoosting({ rounds: 30, minDataInLeaf: 5 })],
  metric: 'wape', origins: 3, floor: 0, deadBand: percent(3), gate: { minGain: 0.002 }, ${options}
  page: { title: { pt: 'Receita', en: 'Revenue' },
    noun: { pt: ['produto', 'produtos'], en: ['product', 'products'] },
    positive: { pt: 'vender', en: 'sell' }, unit: 'money', filters: ['category'] },
});`,
  'series.sql': 'SELECT shop_id, product_id, sold_on AS at, revenue AS value FROM sales',
  'statics.sql': 'SELECT shop_id, product_id, product_name, category FROM shelves',
  'data/sales.csv': csv(['shop_id', 'product_id', 'sold_on', 'revenue'], salesRows(months)),
  'data/shelves.csv': csv(
    ['shop_id', 'product_id', 'product_name', 'category'],
    [1, 2].flatMap((shop) =>
      [1, 2, 3, 9].map((product) => [
        shop,
        product,
        `P${product}`,
        product === 2 ? 'soft' : 'hard',
      ]),
    ),
  ),
});

/** The truth of the price world. */
export const truth = { elasticity: -2.5, items: 8, onePrice: '8' };

function priceRows(weeks: number): (string | number)[][] {
  const rng = seeded('prices');
  const rows: (string | number)[][] = [];
  for (let week = 0; week < weeks; week++)
    for (let item = 1; item <= truth.items; item++) {
      const usual = 10 + item;
      const price = String(item) === truth.onePrice ? usual : usual * (0.85 + 0.05 * rng.below(7));
      const units = 60 * (price / usual) ** truth.elasticity * Math.exp(0.1 * rng.normal());
      const day = new Date(Date.UTC(2025, 0, 6 + 7 * week)).toISOString().slice(0, 10);
      rows.push([1 + (item % 2), item, day, Math.round(units), price.toFixed(2)]);
    }
  return rows;
}

export const priceWorld = (options: string): Record<string, string> => ({
  'tino.config.ts': `
import { date, defineWorkspace, entity, integer, source, text, unitPrice } from '@tino/system';
export default defineWorkspace({
  name: 'prices',
  sources: {
    sales: source({ files: 'data/sales.csv', key: ['item_id', 'sold_on'],
      columns: { shop_id: integer(), item_id: integer(), sold_on: date(), units: integer(), price: unitPrice() },
      eventTime: 'sold_on' }),
    items: source({ files: 'data/items.csv', key: ['item_id'],
      columns: { shop_id: integer(), item_id: integer(), item_name: text(), kind: text(),
        price: unitPrice(), cost: unitPrice() } }),
  },
  entities: { item: entity(['shop_id', 'item_id']) },
});`,
  'models/item-price.ts': `
import { band, days, ending, maximumChange, minimumMargin, price } from '@tino/system';
export default price({
  entity: 'item', key: ['shop_id', 'item_id'], sales: 'sales.sql', items: 'items.sql',
  guardrails: [maximumChange(15), band(0.6, 1.6), minimumMargin(20)], holdOut: 0, ${options}
  page: { title: { pt: 'Preços', en: 'Prices' }, noun: { pt: ['item', 'itens'], en: ['item', 'items'] },
    unit: 'unitPrice' },
});`,
  'sales.sql': 'SELECT shop_id, item_id, sold_on AS at, units, price FROM sales',
  'items.sql': `SELECT shop_id, item_id, item_name AS name, kind AS category, price, cost,
    CAST(item_id AS DOUBLE) AS size, item_id = 2 AS regulated,
    CASE WHEN item_id = 3 THEN DATE '2026-07-10' ELSE DATE '2024-01-01' END AS since FROM items`,
  'data/sales.csv': csv(['shop_id', 'item_id', 'sold_on', 'units', 'price'], priceRows(80)),
  'data/items.csv': itemsCsv(),
});

/** Items at their usual price; costs by item over the usual one, 40 % of the price. */
export const itemsCsv = (costs: Record<number, number> = {}): string =>
  csv(
    ['shop_id', 'item_id', 'item_name', 'kind', 'price', 'cost'],
    Array.from({ length: truth.items }, (_, i) => i + 1).map((item) => [
      1 + (item % 2),
      item,
      `Item ${item}`,
      item <= 4 ? 'a' : 'b',
      (10 + item).toFixed(2),
      (costs[item] ?? 0.4 * (10 + item)).toFixed(2),
    ]),
  );

/** A house over one of the worlds, its sources read. */
export async function openWorld(files: Record<string, string>, now: string): Promise<TestHouse> {
  const folder = await writeWorkspace(files);
  const house = await openHouse(folder, { now });
  house.artifacts = await openArtifacts(join(folder, '.tino', 'artifacts'));
  await ingest(house, 'all', effects);
  return house;
}

/**
 * @param options more of the declaration of the model
 * @param sales other rows than those of `salesRows`
 */
export const openSeries = (months = 48, options = '', sales?: string) =>
  openWorld(
    { ...seriesWorld(months, options), ...(sales && { 'data/sales.csv': sales }) },
    '2026-01-02T12:00:00Z',
  );

/**
 * The price world with two materials bought each week: flour rises by 2 % a week, salt stays. Item 1 has
 * both in it, item 2 salt alone.
 */
export function openKitchen(): Promise<TestHouse> {
  const files = priceWorld(`materials: { model: 'material-price', recipes: 'recipes.sql' },`);
  const weeks = Array.from({ length: 80 }, (_, week) => {
    const day = new Date(Date.UTC(2025, 0, 6 + 7 * week)).toISOString().slice(0, 10);
    return [
      ['flour', day, (4 * 1.02 ** week).toFixed(4)],
      ['salt', day, (2 + 0.01 * (week % 2)).toFixed(4)],
    ];
  }).flat();
  const sources = `materials: source({ files: 'data/materials.csv', key: ['material', 'bought_on'],
      columns: { material: text(), bought_on: date(), paid: unitPrice() }, eventTime: 'bought_on' }),
    recipes: source({ files: 'data/recipes.csv', key: ['item_id', 'material'],
      columns: { shop_id: integer(), item_id: integer(), material: text(), grams: integer() } }),
    sales: source(`;
  return openWorld(
    {
      ...files,
      'tino.config.ts': files['tino.config.ts']!.replace('sales: source(', sources).replace(
        'entities: {',
        "entities: { material: entity(['material']),",
      ),
      'models/material-price.ts': `
import { ets, forecast, naive, theta } from '@tino/system';
export default forecast({
  entity: 'material', series: 'materials.sql', key: ['material'], step: 'week', how: 'mean', horizon: 4,
  candidates: [naive(), ets(), theta()], metric: 'wape', origins: 3, floor: 0, gate: { minGain: 0.002 },
  page: { title: { pt: 'Materiais', en: 'Materials' }, noun: { pt: ['m', 'm'], en: ['m', 'm'] },
    unit: 'unitPrice' },
});`,
      'materials.sql': 'SELECT material, bought_on AS at, paid AS value FROM materials',
      'recipes.sql':
        'SELECT shop_id, item_id, material AS material_material, grams / 1000.0 AS quantity FROM recipes',
      'data/materials.csv': csv(['material', 'bought_on', 'paid'], weeks),
      'data/recipes.csv': csv(
        ['shop_id', 'item_id', 'material', 'grams'],
        [
          [2, 1, 'flour', 200],
          [2, 1, 'salt', 10],
          [1, 2, 'salt', 10],
        ],
      ),
    },
    '2026-07-20T12:00:00Z',
  );
}
export const openPrices = (options = '') => openWorld(priceWorld(options), '2026-07-20T12:00:00Z');

/** Puts new files in place of old ones and reads the sources again. */
export async function replaceFiles(house: TestHouse, files: Record<string, string>): Promise<void> {
  for (const path of Object.keys(files)) await rm(join(house.workspace.folder, path));
  await addFiles(house.workspace.folder, files);
  await ingest(house, 'all', effects);
}

export const appendSales = (house: TestHouse, months: number) =>
  replaceFiles(house, { 'data/sales.csv': seriesWorld(months)['data/sales.csv']! });

/** Trains by the task itself, numbers what comes back and lets the gate promote it. */
export async function train(
  house: TestHouse,
  name: string,
  { key, seed = 1 }: { key?: Record<string, string>; seed?: number } = {},
) {
  const model = house.workspace.models[name]!;
  const { declaration } = model;
  const standing = await championOf(house, name);
  const champion = standing && {
    version: standing.version,
    package: await openVersion(house, standing),
    members: await membersOf(house, name, standing.version),
  };
  let run: Run | undefined;
  const task = declaration.task === 'price' ? trainPrice : trainForecast;
  const trained = (await task({
    house,
    model,
    seed,
    ...(key && { key }),
    effects,
    champion,
    begin: async (plan: TrainingPlan) =>
      (run = await startRun(house, { ...plan, model: name, task: declaration.task, seed })),
  })) as Trained;
  const { members } = trained;
  const options = { run: run!.id, erasures: 0, ...(members && { members }) };
  const version = await registerVersion(house, trained.package, options);
  const gate = 'gate' in declaration ? declaration.gate : { minGain: 0 };
  const verdict = judge(trained.evidence, gate);
  await applyVerdict(house, version, verdict, 'test');
  return { trained, version, verdict, run: run! };
}
