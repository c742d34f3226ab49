import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { literal } from '../../src/engine/quote.js';
import { inSession } from '../../src/features/parallel.js';
import type { House } from '../../src/ports/house.js';
import { requireModel } from '../../src/serving/catalog.js';
import { openServing } from '../../src/serving/context.js';
import type { ScoreManifest } from '../../src/serving/score-table.js';
import { segments } from '../../src/serving/segment/segments.js';
import { createPrivacyKey } from '../../src/sources/index.js';
import { currentTable } from '../../src/sources/tables.js';
import { build } from '../../src/verbs/build.js';
import { openHouse } from '../../src/verbs/house.js';
import { score } from '../../src/verbs/score.js';
import { train } from '../../src/verbs/train.js';
import { loadWorkspace } from '../../src/workspace/load.js';
import { examples } from './simulated.js';
import { near } from './told-figures.js';

const effects = { progress: () => {}, stop: { stopped: false }, by: 'test' };
const silent = () => {};
const LAST = '2026-10-31';

interface Line {
  customer: number;
  /** Local: `2026-10-05 14:10`. */
  at: string;
  invoice: string;
  code: string;
  quantity: number;
  price: number;
}
const line = (
  customer: number,
  at: string,
  quantity: number,
  price: number,
  code = '22423',
): Line => ({ customer, at, quantity, price, code, invoice: `${customer} ${at.slice(0, 13)}` });

/** Customers of every awkward kind. */
const lines: Line[] = [
  // 1: comes back, gives some back, buys on a Sunday and before Christmas.
  line(1, '2025-11-20 09:05', 10, 3.5),
  line(1, '2025-11-20 09:05', 4, 1.25, '85123A'),
  line(1, '2026-02-01 15:40', 6, 3.5),
  line(1, '2026-02-10 11:00', -3, 3.5),
  line(1, '2026-10-25 17:59', 2, 20, '84879'),
  // 2: once.
  line(2, '2026-06-15 12:00', 5, 2),
  // 3: a gift of no price alone; 4: returns alone; 8: long ago. None of them is active.
  line(3, '2026-09-01 10:00', 2, 0),
  line(4, '2026-09-02 10:00', -2, 8),
  line(8, '2025-03-03 10:00', 7, 9),
  // 5: brought all of it back, and more than was bought in the year.
  line(5, '2025-08-01 10:00', 10, 5),
  line(5, '2026-08-01 10:00', 20, 5),
  line(5, '2026-08-09 10:00', -30, 5),
  // 6: all in one day, in two invoices.
  line(6, '2026-10-31 08:00', 1, 10),
  line(6, '2026-10-31 16:00', 3, 10, '20725'),
  // 7: a gift of no price beside what was paid for, and postage.
  line(7, '2026-07-04 13:00', 1, 0, '20725'),
  line(7, '2026-07-04 13:00', 2, 12.5),
  line(7, '2026-07-04 13:00', 1, 18, 'POST'),
  // 9: a discount.
  line(9, '2026-05-05 10:00', 100, 2),
  line(9, '2026-05-05 10:00', -1, 30, 'D'),
];

const dayOf = (text: string) => Date.parse(`${text.slice(0, 10)}T00:00Z`) / 864e5;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const median = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
};
const money = (some: readonly Line[]) => sum(some.map(({ quantity, price }) => quantity * price));

/** What both feature views should say, line by line. */
function profileOf(customer: number, cutoff: number): Record<string, number | null> {
  const own = lines.filter((one) => one.customer === customer && one.price > 0);
  const ago = ({ at }: Line) => cutoff - dayOf(at);
  const days = [...new Set(own.filter(({ quantity }) => quantity > 0).map(ago))];
  const within = (span: number, some = own) => some.filter((one) => ago(one) <= span);
  const goods = within(365).filter(({ code }) => /^\d/.test(code));
  const bought = goods.filter(({ quantity }) => quantity > 0);
  const shareOf = (some: readonly Line[]) => money(some) / money(bought);
  return {
    frequency: days.length - 1,
    recency_days: Math.max(...days) - Math.min(...days),
    tenure_days: Math.max(...days),
    monetary: Math.max(0, money(own)) / days.length,
    days_since_purchase: Math.min(...days),
    purchases_90d: days.filter((day) => day <= 90).length,
    revenue_90d: Math.max(0, money(within(90))),
    revenue_365d: Math.max(0, money(within(365))),
    interval_days:
      days.length > 1 ? (Math.max(...days) - Math.min(...days)) / (days.length - 1) : null,
    products: new Set(bought.map(({ code }) => code)).size,
    lines_per_invoice: bought.length / new Set(bought.map(({ invoice }) => invoice)).size,
    units_per_line: median(bought.map(({ quantity }) => quantity)),
    usual_price: money(bought) / sum(bought.map(({ quantity }) => quantity)),
    return_share: -shareOf(goods.filter(({ quantity }) => quantity < 0)),
    discount_share: -shareOf(within(365).filter(({ code }) => code === 'D')),
    year_end_share: shareOf(bought.filter(({ at }) => Number(at.slice(5, 7)) >= 11)),
    weekend_share: shareOf(
      bought.filter(({ at }) => [0, 6].includes(new Date(`${at.slice(0, 10)}T12:00Z`).getUTCDay())),
    ),
    usual_hour: median(bought.map(({ at }) => Number(at.slice(11, 13)))),
  };
}

let top: string;
let folder: string;
let house: House;
let close: () => Promise<void>;
const open = async () =>
  openHouse({
    folder,
    now: () => new Date('2026-11-01T12:00:00Z'),
    log: { info: silent, warn: silent, error: silent },
    privacyKeyFile: () => join(top, 'privacy.key'),
  });

before(async () => {
  top = await mkdtemp(join(tmpdir(), 'tino-profiles-'));
  folder = join(top, 'customers');
  await cp(join(examples, 'customers'), folder, {
    recursive: true,
    filter: (path) => !/[\\/](data|\.tino)$/.test(path),
  });
  for (const file of ['chance.ts', 'client.ts', 'dates.ts', 'simulator.ts'])
    await cp(join(examples, file), join(top, file));
  for (const other of ['value', 'churn', 'segments'])
    await rm(join(folder, 'models', `customer-${other}.ts`));
  await mkdir(join(folder, 'data'));
  const rows = lines.map(({ invoice, code, quantity, at, price, customer }) =>
    [invoice, code, 'THING', quantity, `${at}:00`, price, `${customer}.0`, 'France'].join(','),
  );
  const columns =
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
  await writeFile(join(folder, 'data', 'online_retail.csv'), `${[columns, ...rows].join('\n')}\n`);
  const people = 'customer_id,name,email,cpf,phone,birth_date,city\n1,Nobody,,,,,\n';
  await writeFile(join(folder, 'data', 'customers.csv'), people);
  const config = join(folder, 'tino.config.ts');
  // The moves are of a model that is not here.
  const text = await readFile(config, 'utf8');
  await writeFile(config, text.replace("'customer-segments'", "'customer-rfm'"));
  ({ house, close } = await open());
  await createPrivacyKey(house.privacyKeyFile);
  await build(house, {}, effects);
  await train(house, { model: 'customer-rfm' }, effects);
  await score(house, { model: 'customer-rfm' }, effects);
});
after(async () => {
  await close?.();
  await rm(top, { recursive: true, force: true });
});

const scored = async () => {
  const table = (await currentTable<ScoreManifest>(house, 'scores', 'customer-rfm'))!;
  const files = table.files.map(literal).join(', ');
  const rows = await inSession(house, (session) =>
    session.all(`SELECT * FROM read_parquet([${files}]) ORDER BY CAST(customer_id AS INTEGER)`),
  );
  return { rows, manifest: table.manifest };
};

test('every feature of awkward customers is what their lines say', async () => {
  const { rows, manifest } = await scored();
  const cutoff = dayOf(manifest.cutoff);
  assert.equal(cutoff, dayOf(LAST) + 1);
  assert.deepEqual(
    rows.map((row) => Number(row['customer_id'])),
    [1, 2, 5, 6, 7, 9],
  );
  for (const row of rows) {
    const customer = Number(row['customer_id']);
    for (const [column, value] of Object.entries(profileOf(customer, cutoff))) {
      const what = `${column} of customer ${customer}`;
      if (value === null) assert.equal(row[column], null, what);
      else near(value, row[column], what);
    }
  }
});

test('cut points are shown, decide the groups, and follow the declaration when it changes', async () => {
  const told = async () => {
    const serving = await openServing(house);
    const model = requireModel(serving, 'customer-rfm', {});
    const answer = await segments(serving, model, { language: 'en', role: 'admin' });
    await serving.close();
    const { rows, manifest } = await scored();
    const groups = rows.map((row) => [
      Number(row['customer_id']),
      manifest.segments[Number(row['tino_value'])],
    ]);
    return { answer, groups: Object.fromEntries(groups) as Record<number, string> };
  };
  const first = await told();
  assert.deepEqual(first.groups, {
    1: 'promising',
    2: 'hibernating',
    5: 'needAttention',
    6: 'new',
    7: 'needAttention',
    9: 'hibernating',
  });
  assert.deepEqual(
    first.answer.cuts!.map(({ column, unit, edges }) => [column, unit, edges]),
    [
      ['days_since_purchase', 'number', [30, 60, 120, 240]],
      ['frequency', 'number', [0, 1, 3, 7]],
      ['revenue_365d', 'money', [250, 500, 1000, 2500]],
    ],
  );
  assert.deepEqual(
    first.answer.segments.map(({ name, size }) => [name.pt, size]),
    [
      ['Novos', 1],
      ['Promissores', 1],
      ['Pedem atenção', 2],
      ['Adormecidos', 2],
    ],
  );
  const file = join(folder, 'models', 'customer-rfm.ts');
  const text = await readFile(file, 'utf8');
  await close();
  await writeFile(
    file,
    text.replace('[30, 60, 120, 240]', '[1, 2]').replace('[0, 1, 3, 7]', '[0, 1]'),
  );
  ({ house, close } = await open());
  assert.equal((await train(house, { model: 'customer-rfm' }, effects)).version, 2);
  await score(house, { model: 'customer-rfm' }, effects);
  const second = await told();
  assert.deepEqual(second.answer.cuts![0]!.edges, [1, 2]);
  assert.equal(second.groups[1], 'atRisk');
  assert.equal(second.groups[6], 'new');

  const wrong = async (change: string, says: RegExp) => {
    await writeFile(file, text.replace('[30, 60, 120, 240]', change));
    await assert.rejects(loadWorkspace(folder), (error: Error) => says.test(JSON.stringify(error)));
  };
  await wrong('[30, 90, 60, 240]', /rules\.cuts\.recencyDays\.2.*"60".*above 90, the cut point/);
  await wrong('[30, 30]', /rules\.cuts\.recencyDays\.1.*"30".*above 30/);
  await wrong('[]', /rules\.cuts\.recencyDays/);
});
