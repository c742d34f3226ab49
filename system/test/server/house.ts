import type { RouteOptions } from 'fastify';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Role } from '../../src/contract/index.js';
import { createKey } from '../../src/access/keys.js';
import { openQueue, type Queue } from '../../src/jobs/queue.js';
import type { House } from '../../src/ports/house.js';
import { buildServer } from '../../src/server/app.js';
import type { App } from '../../src/server/room.js';
import { openServing, type ServingContext } from '../../src/serving/context.js';
import { createPrivacyKey } from '../../src/sources/index.js';
import { build } from '../../src/verbs/build.js';
import { openHouse } from '../../src/verbs/house.js';
import { score } from '../../src/verbs/score.js';
import { simulate } from '../../src/verbs/simulate.js';
import { train } from '../../src/verbs/train.js';

export const examples = fileURLToPath(new URL('../../../../examples', import.meta.url));
export const effects = { progress: () => {}, stop: { stopped: false }, by: 'test' };
export const NOW = '2026-11-01T12:00:00Z';
export const OWNER = 'token of the lock file';
export const ROLES: readonly Role[] = ['viewer', 'analyst', 'approver', 'admin'];

/** Restaurant whose key is narrowed to it, and one that it must not know of. */
export const IN = '12';
export const OUT = '13';
const scopes = { all: {}, in: { restaurant_id: [IN] }, out: { restaurant_id: [OUT] } };
export type ScopeName = keyof typeof scopes;

/** Three businesses and all five tasks, trained from a few thousand simulated rows. */
export interface Mall {
  house: House;
  serving: ServingContext;
  queue: Queue;
  app: App;
  /** Every route by `METHOD url`, as registered. */
  routes: Map<string, RouteOptions>;
  /** Secret of a key by role and scope. */
  keys: Record<`${Role} ${ScopeName}`, string>;
  close(): Promise<void>;
}

export async function openMall(): Promise<Mall> {
  const top = await mkdtemp(join(tmpdir(), 'tino-mall-'));
  const folder = await copyExamples(top);
  const silent = () => {};
  const { house, close } = await openHouse({
    folder,
    now: () => new Date(NOW),
    log: { info: silent, warn: silent, error: silent },
    privacyKeyFile: () => join(top, 'privacy.key'),
  });
  await createPrivacyKey(house.privacyKeyFile);
  await trainAll(house);
  const serving = await openServing(house);
  const queue = openQueue(house.state);
  const pagesFolder = await writePages(top);
  const routes: Mall['routes'] = new Map();
  const app = await buildServer({
    house,
    serving,
    queue,
    version: '0.0.0-test',
    ownerToken: OWNER,
    pagesFolder,
    onRoute(route) {
      for (const method of [route.method].flat()) routes.set(`${method} ${route.url}`, route);
    },
  });
  return {
    house,
    serving,
    queue,
    app,
    routes,
    keys: await makeKeys(house),
    async close() {
      await app.close();
      await serving.close();
      await close();
      await rm(top, { recursive: true, force: true });
    },
  };
}

async function copyExamples(top: string): Promise<string> {
  for (const name of ['restaurant', 'customers', 'houses'])
    await cp(join(examples, name), join(top, name), {
      recursive: true,
      filter: (path) => !/[\\/](data|\.tino)$/.test(path),
    });
  for (const file of ['chance.ts', 'client.ts', 'dates.ts', 'simulator.ts'])
    await cp(join(examples, file), join(top, file));
  for (const other of ['customer-value.ts', 'customer-churn.ts', 'customer-rfm.ts'])
    await rm(join(top, 'customers', 'models', other));
  await writeFile(join(top, 'customers', 'models', 'customer-returns.ts'), RETURNS);
  await writeFile(join(top, 'customers', 'labels', 'returns.sql'), RETURNS_LABEL);
  const folder = join(top, 'mall');
  await mkdir(folder);
  await writeFile(join(folder, 'tino.config.ts'), CONFIG);
  return folder;
}

const ROWS: Record<string, number> = { restaurant: 3000, customers: 3000, houses: 1200 };

async function trainAll(house: House): Promise<void> {
  for (const part of Object.values(house.workspace.parts)) {
    const rows = ROWS[part.name];
    await simulate(
      [part],
      { seed: 1, until: '2026-10-31', ...(rows !== undefined && { rows }) },
      effects,
    );
  }
  await build(house, {}, effects);
  for (const model of Object.keys(house.workspace.models)) {
    await train(house, { model }, effects);
    await score(house, { model }, effects);
  }
}

async function makeKeys(house: House): Promise<Mall['keys']> {
  const keys: Partial<Mall['keys']> = {};
  for (const role of ROLES)
    for (const [name, scope] of Object.entries(scopes) as [ScopeName, Record<string, string[]>][]) {
      const { secret } = await createKey(house.state, { name: `${role} ${name}`, role, scope });
      keys[`${role} ${name}`] = secret;
    }
  return keys as Mall['keys'];
}

/** The built pages are another workspace's: here only the places that the server fills. */
async function writePages(top: string): Promise<string> {
  const folder = join(top, 'public');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><body><!--answer--><!--first--></body>',
  );
  await writeFile(join(folder, 'assets', 'main.js'), 'export {}');
  return folder;
}

const CONFIG = `import { defineWorkspace } from '@tino/system';
export default defineWorkspace({
  name: 'mall', title: { pt: 'Galeria', en: 'Mall' }, zone: 'America/Sao_Paulo', language: 'pt',
  currency: 'BRL', include: ['../restaurant', '../customers', '../houses'],
});
`;

const RETURNS = `import { classify, days, logistic, monthlyCutoffs } from '@tino/system';
import { customerPhrases } from '../phrases.js';
export default classify({
  entity: 'customer',
  spine: 'features/spines/active-customers.sql',
  cutoffs: monthlyCutoffs({ from: '2011-03-01' }),
  label: 'labels/returns.sql',
  horizon: days(30),
  features: ['customer_purchases'],
  candidates: [logistic()],
  metric: 'rocAuc',
  gate: { minGain: 0.005 },
  folds: 3,
  page: {
    title: { pt: 'Volta', en: 'Returns' },
    noun: { pt: ['cliente', 'clientes'], en: ['customer', 'customers'] },
    positive: { pt: 'vai voltar', en: 'will return' },
    unit: 'probability',
    worse: 'low',
    money: 'revenue_365d',
    filters: [],
    columns: ['frequency', 'monetary'],
    phrases: customerPhrases,
  },
});
`;
const RETURNS_LABEL = `WITH bought AS (SELECT DISTINCT customer_id FROM invoice_lines WHERE quantity > 0)
SELECT s.customer_id, CASE WHEN b.customer_id IS NULL THEN 0 ELSE 1 END AS label
FROM spine s LEFT JOIN bought b ON b.customer_id = s.customer_id
`;
