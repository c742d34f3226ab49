// Workspaces over real tables whose later rows are known: what was forecast can be held against them.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { folder as data } from './competitions.mjs';
import { copyOf } from './workspace.mjs';

/** Every fifth store of Walmart's chain, in the example's own workspace; undefined without its tables. */
export function stores() {
  const from = join(data, 'walmart_weekly');
  if (!existsSync(from)) return undefined;
  const { folder, remove } = copyOf('walmart');
  mkdirSync(join(folder, 'data'));
  for (const file of ['train.csv', 'stores.csv', 'features.csv']) {
    const [header, ...lines] = gunzipSync(readFileSync(join(from, `${file}.gz`)))
      .toString()
      .trim()
      .split('\n');
    const kept = lines.filter((line) => Number(line.split(',')[0]) % 5 === 0);
    writeFileSync(join(folder, 'data', file), `${[header, ...kept].join('\n')}\n`);
  }
  return { folder, remove };
}

/** Prices of twelve foods in two towns, declared as an ingredient's; undefined without the table. */
export function foods() {
  const from = join(data, 'cesta_basica_bahia', 'precos_mensais.csv.gz');
  if (!existsSync(from)) return undefined;
  const { folder, remove } = copyOf('walmart');
  for (const part of ['models', 'features']) rmSync(join(folder, part), { recursive: true });
  for (const part of ['models', 'data']) mkdirSync(join(folder, part));
  for (const [file, text] of Object.entries(FOODS)) writeFileSync(join(folder, file), text);
  copyFileSync(from, join(folder, 'data', 'prices.csv.gz'));
  return { folder, remove };
}

const FOODS = {
  'tino.config.ts': `
import { category, date, defineWorkspace, entity, money, source } from '@tino/system';
export default defineWorkspace({
  name: 'foods',
  sources: {
    prices: source({
      files: 'data/prices.csv*',
      key: ['town', 'food', 'seen_on'],
      eventTime: 'seen_on',
      columns: {
        town: category({ from: 'cidade', required: true }),
        food: category({ from: 'produto', required: true }),
        seen_on: date({ from: 'data', required: true }),
        price: money({ from: 'preco' }),
      },
    }),
  },
  entities: { ingredient: entity(['town', 'food']) },
});
`,
  'series.sql': `
SELECT town, food, seen_on AS at, price AS value
FROM prices
WHERE food <> 'cesta_basica'
`,
  'models/price.ts': `
import { forecast, global, local, naive, percent } from '@tino/system';
export default forecast({
  entity: 'ingredient',
  series: 'series.sql',
  key: ['town', 'food'],
  step: 'month',
  how: 'mean',
  horizon: 6,
  levels: { food: ['food'] },
  candidates: [naive(), local(), global({ rounds: 150 })],
  metric: 'wape',
  origins: 4,
  deadBand: percent(3),
  floor: 0,
  page: {
    title: { pt: 'Preço', en: 'Price' },
    noun: { pt: ['alimento', 'alimentos'], en: ['food', 'foods'] },
    unit: 'unitPrice',
  },
});
`,
};
