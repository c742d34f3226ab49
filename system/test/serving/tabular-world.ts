import { seeded } from '@tino/learn';
import { join } from 'node:path';
import { trainModel, type TrainOptions } from '../../src/registry/index.js';
import { openServing, type ServingContext } from '../../src/serving/context.js';
import { requireModel, type ServedModel } from '../../src/serving/catalog.js';
import { ingest } from '../../src/sources/ingest.js';
import { openArtifacts } from '../../src/store/artifacts.js';
import { effects, openHouse, writeWorkspace, type TestHouse } from '../features/house.js';

const config = `
import { category, date, defineWorkspace, entity, integer, money, source, text } from '@tino/system';
export default defineWorkspace({
  name: 'club',
  sources: {
    homes: source({ files: 'data/homes.csv', key: 'home_id', columns: {
      home_id: text({ required: true }), area: integer({ required: true }),
      pool: integer({ min: 0, max: 1 }), district: category(), price: money({ required: true }) } }),
    visits: source({ files: 'data/visits.csv', eventTime: 'day', columns: {
      client_id: text({ required: true }), city: category(), day: date({ required: true }),
      amount: money({ required: true }) } }),
  },
  entities: { home: entity('home_id'), client: entity('client_id') },
});`;

const homePrice = `
import { boosting, grid, regress, ridge, rowsSpine } from '@tino/system';
export default regress({
  entity: 'home', spine: rowsSpine('homes'), features: [], label: { column: 'price' },
  candidates: [ridge(grid({ alpha: [0.1, 10] })), boosting({ rounds: 30, minDataInLeaf: 10, leaves: 4 })],
  metric: 'rmse', gate: { minGain: 20 }, folds: 3, floor: 0,
  page: {
    title: { pt: 'Casas', en: 'Homes' }, noun: { pt: ['casa', 'casas'], en: ['home', 'homes'] },
    unit: 'money', filters: ['district'], columns: ['area', 'district'],
    phrases: {
      area: { pt: '{value} m²', en: '{value} m²' },
      pool: { '0': { pt: 'sem piscina', en: 'no pool' }, '1': { pt: 'com piscina', en: 'with a pool' } },
    },
  },
});`;

const clientLeaves = `
import { boosting, classify, days, logistic, monthlyCutoffs } from '@tino/system';
export default classify({
  entity: 'client', spine: 'features/spines/clients.sql', cutoffs: monthlyCutoffs({ from: '2025-04-01' }),
  label: 'labels/leaves.sql', horizon: days(30), features: ['client_visits'],
  candidates: [logistic({ l2: 1 }), boosting({ rounds: 20, leaves: 4, minDataInLeaf: 20 })],
  metric: 'rocAuc', gate: { minGain: 0.005 }, folds: 3,
  page: {
    title: { pt: 'Clientes', en: 'Clients' }, noun: { pt: ['cliente', 'clientes'], en: ['client', 'clients'] },
    positive: { pt: 'sumir', en: 'leave' }, unit: 'probability', worse: 'high', money: 'spent_90d',
    filters: ['city'], columns: ['city', 'visits_90d'],
    phrases: { visits_90d: { pt: '{value} visitas em 90 dias', en: '{value} visits in 90 days' },
      days_since: { pt: 'há {value} dias sem vir', en: '{value} days away' } },
  },
});`;

const clientKinds = `
import { monthlyCutoffs, segment } from '@tino/system';
export default segment({
  entity: 'client', spine: 'features/spines/clients.sql', cutoffs: monthlyCutoffs({ from: '2025-04-01' }),
  features: ['client_visits'], ignore: ['city'], clusters: { min: 2, max: 4 }, money: 'spent_90d', membersMin: 5,
  page: {
    title: { pt: 'Clientes', en: 'Clients' }, noun: { pt: ['cliente', 'clientes'], en: ['client', 'clients'] },
    unit: 'money', money: 'spent_90d', columns: ['visits_90d', 'spent_90d'],
    phrases: { visits_90d: { pt: '{value} visitas em 90 dias', en: '{value} visits in 90 days' } },
  },
});`;

const csv = (columns: string[], rows: (string | number)[][]): string =>
  `${[columns, ...rows].map((row) => row.join(',')).join('\n')}\n`;

/** price = 100 area + 5 000 pool + 3 000 if north + noise of 500. */
function homes(): (string | number)[][] {
  const rng = seeded('homes');
  return Array.from({ length: 400 }, (_, i) => {
    const area = 50 + rng.below(200);
    const pool = rng.below(2);
    const north = rng.below(2);
    const price = 20_000 + 100 * area + 5000 * pool + 3000 * north + 500 * rng.normal();
    return [`h${i}`, area, pool, north ? 'north' : 'south', price.toFixed(2)];
  });
}

/** Half of the clients come weekly and stay; the others come rarely and may leave for good. */
function visits(): (string | number)[][] {
  const rng = seeded('visits');
  const rows: (string | number)[][] = [];
  for (let client = 0; client < 160; client++) {
    const loyal = client % 2 === 0;
    const last = loyal ? 330 : 90 + rng.below(240);
    for (let day = rng.below(20); day < last; day += (loyal ? 5 : 16) + rng.below(6)) {
      const on = new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);
      const amount = (loyal ? 80 : 15) * (1 + 0.1 * rng.normal());
      rows.push([`c${client}`, client % 3 === 0 ? 'Recife' : 'Natal', on, amount.toFixed(2)]);
    }
  }
  return rows;
}

export const files = (): Record<string, string> => ({
  'tino.config.ts': config,
  'models/home-price.ts': homePrice,
  'models/client-leaves.ts': clientLeaves,
  'models/client-kinds.ts': clientKinds,
  'features/spines/clients.sql': `SELECT DISTINCT client_id FROM visits WHERE day >= :cutoff - INTERVAL 120 DAY`,
  'features/client_visits.sql': `-- entity: client
-- build: cutoff
SELECT client_id, max(city) AS city,
  count(*) FILTER (WHERE day >= :cutoff - INTERVAL 90 DAY) AS visits_90d,
  coalesce(sum(amount) FILTER (WHERE day >= :cutoff - INTERVAL 90 DAY), 0) AS spent_90d,
  days_between(max(day), :cutoff) AS days_since
FROM visits GROUP BY client_id`,
  'labels/leaves.sql': `SELECT spine.client_id, CASE WHEN count(visits.client_id) = 0 THEN 1 ELSE 0 END AS label
FROM spine LEFT JOIN visits ON visits.client_id = spine.client_id GROUP BY spine.client_id`,
  'data/homes.csv': csv(['home_id', 'area', 'pool', 'district', 'price'], homes()),
  'data/visits.csv': csv(['client_id', 'city', 'day', 'amount'], visits()),
});

export interface World {
  house: TestHouse;
  serving: ServingContext;
  logged: string[];
  model(name: string): ServedModel;
  train(name: string, options?: TrainOptions): ReturnType<typeof trainModel>;
  close(): Promise<void>;
}

/** Tables are ingested, nothing is trained. Notifications of the state are heard, as in a process. */
export async function openWorld(own = files()): Promise<World> {
  const folder = await writeWorkspace(own);
  const house = await openHouse(folder, { now: '2025-12-01T12:00:00Z' });
  house.artifacts = await openArtifacts(join(folder, '.tino', 'artifacts'));
  const heard = new Set<(payload: string) => void>();
  house.state.listen = async (_channel, listener) => {
    heard.add(listener);
    return async () => void heard.delete(listener);
  };
  house.state.notify = async (_channel, payload = '') => {
    for (const listener of heard) listener(payload);
  };
  const logged: string[] = [];
  house.log = { ...house.log, error: (message) => void logged.push(message) };
  await ingest(house, 'all', effects);
  const serving = await openServing(house);
  return {
    house,
    serving,
    logged,
    model: (name) => requireModel(serving, name, {}),
    train: (name, options = {}) =>
      trainModel(house, house.workspace.models[name]!, options, effects),
    async close() {
      await serving.close();
      await house.close();
    },
  };
}
