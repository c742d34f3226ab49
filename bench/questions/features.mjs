// Thirteen monthly cut-offs of four feature views over two million events.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { row } from '../harness.mjs';
import { tino } from '../workspace.mjs';
import { seeded } from '../../learn/dist/src/index.js';

export const asks =
  'How long do 13 monthly cut-offs of four feature views over 2 million rows take?';

export async function answer({ small }) {
  const rows = small ? 5000 : 2_000_000;
  const folder = mkdtempSync(join(tmpdir(), 'tino-bench-'));
  try {
    await writeWorkspace(folder, rows);
    const ingested = await tino(folder, ['build', 'nothing']);
    const built = await tino(folder, ['train', 'returns']);
    return [
      row(`read ${rows} events into a history`, 's', ingested.seconds, 'lower'),
      row('13 cut-offs × 4 views, ABT and a small model', 's', built.seconds, 'lower'),
      row('peak memory', 'MB', built.peakMb, 'lower'),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const views = {
  recent: 'count(*) AS purchases, sum(amount) AS spent',
  habits: 'avg(amount) AS mean_amount, count(DISTINCT product_id) AS products',
  last: 'max(amount) AS largest, min(amount) AS smallest, days_between(max(bought_at), :cutoff) AS days_since',
  quarter:
    "count(*) FILTER (WHERE bought_at > :cutoff - INTERVAL '90 days') AS purchases_90, sum(amount) FILTER (WHERE bought_at > :cutoff - INTERVAL '90 days') AS spent_90",
};

async function writeWorkspace(folder, rows) {
  for (const name of ['features/spines', 'labels', 'models', 'data'])
    mkdirSync(join(folder, name), { recursive: true });
  await writeEvents(join(folder, 'data/purchases.csv'), rows);
  for (const [name, columns] of Object.entries(views))
    writeFileSync(
      join(folder, 'features', `${name}.sql`),
      `-- entity: client\nSELECT client_id, ${columns}\nFROM purchases GROUP BY client_id\n`,
    );
  writeFileSync(
    join(folder, 'features/nothing.sql'),
    "-- entity: client\nSELECT client_id, count(*) AS n FROM purchases WHERE bought_at < :cutoff - INTERVAL '10 years' GROUP BY client_id\n",
  );
  writeFileSync(
    join(folder, 'features/spines/clients.sql'),
    'SELECT DISTINCT client_id FROM purchases\n',
  );
  writeFileSync(
    join(folder, 'labels/returns.sql'),
    'SELECT s.client_id, (count(p.client_id) > 0)::INTEGER AS label FROM spine s LEFT JOIN purchases p ON p.client_id = s.client_id GROUP BY s.client_id\n',
  );
  writeFileSync(
    join(folder, 'tino.config.ts'),
    `import { defineWorkspace, entity, integer, money, source, text, timestamp } from '@tino/system';
export default defineWorkspace({ name: 'bench', entities: { client: entity('client_id') }, sources: { purchases: source({
  files: 'data/purchases.csv', eventTime: 'bought_at',
  columns: { client_id: text({ required: true }), product_id: integer(), bought_at: timestamp({ required: true }), amount: money() } }) } });\n`,
  );
  writeFileSync(
    join(folder, 'models/returns.ts'),
    `import { classify, days, logistic, monthlyCutoffs } from '@tino/system';
export default classify({ entity: 'client', spine: 'features/spines/clients.sql', cutoffs: monthlyCutoffs({ from: '2025-02-01', to: '2026-02-01' }),
  label: 'labels/returns.sql', horizon: days(1), features: ${JSON.stringify(Object.keys(views))}, candidates: [logistic()], metric: 'rocAuc',
  page: { title: { pt: 'Clientes', en: 'Clients' }, noun: { pt: ['cliente', 'clientes'], en: ['client', 'clients'] }, unit: 'probability' } });\n`,
  );
}

async function writeEvents(file, rows) {
  const rng = seeded(1);
  const stream = createWriteStream(file);
  let chunk = 'client_id,product_id,bought_at,amount\n';
  for (let i = 0; i < rows; i++) {
    const at = new Date(Date.UTC(2025, 0, 1) + rng.next() * 450 * 86_400_000)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ');
    chunk += `c${rng.below(4000)},${rng.below(500)},${at},${(5 + 200 * rng.next()).toFixed(2)}\n`;
    if (chunk.length > 1 << 16) {
      if (!stream.write(chunk)) await once(stream, 'drain');
      chunk = '';
    }
  }
  stream.end(chunk);
  await once(stream, 'close');
}
