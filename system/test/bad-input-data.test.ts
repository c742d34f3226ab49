import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { TinoError, TinoErrors } from '../src/contract/error.js';
import { buildAbt, checkWorkspace } from '../src/features/index.js';
import { currentTables, ingest } from '../src/sources/index.js';
import type { SourceManifest } from '../src/sources/manifest.js';
import { loadWorkspace } from '../src/workspace/load.js';
import { addFiles, effects, openHouse, writeWorkspace, type TestHouse } from './features/house.js';
import { churn, config, orders, sellers, shop } from './features/shop.js';

/*
 * One table of what people get wrong in files, configuration and SQL. Each case starts from a good
 * workspace, changes `files`, and must get `code` with `params`, or rows set aside for `rejects`, and
 * must leave the tables as they were.
 */
interface Case {
  name: string;
  files: Record<string, string | Uint8Array | null>;
  code?: string;
  params?: Record<string, string | number>;
  where?: string;
  rejects?: { code: string; column?: string; count: number };
}

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const withFormat = (format: string) =>
  config.replace("files: 'data/sellers.csv',", `files: 'data/sellers.csv', format: ${format},`);
const orderLine = (line: string) => `${orders}${line}\n`;
const view = (sql: string) => ({ 'features/seller_orders.sql': `-- entity: seller\n${sql}` });

const fileCases: Case[] = [
  {
    name: 'a missing file',
    files: { 'data/sellers.csv': null },
    code: 'SOURCE_FILE_MISSING',
    params: { source: 'sellers' },
  },
  { name: 'an empty file', files: { 'data/sellers.csv': '' }, code: 'SOURCE_EMPTY' },
  {
    name: 'a table without rows',
    files: { 'data/sellers.csv': 'seller_id,state\n' },
    code: 'SOURCE_EMPTY',
  },
  {
    name: 'another delimiter than the declared one',
    files: {
      'tino.config.ts': withFormat("{ delimiter: ',' }"),
      'data/sellers.csv': sellers.replaceAll(',', ';'),
    },
    code: 'SOURCE_DELIMITER',
    params: { found: ';', expected: ',' },
  },
  {
    name: 'latin-1 that is not declared',
    files: { 'data/sellers.csv': latin1('seller_id,state\ns1,SP\ns2,São\n') },
    code: 'SOURCE_ENCODING',
    params: { expected: 'utf-8', found: 'latin-1', line: 3, byte: '0xE3' },
  },
  {
    name: 'windows-1252 that is not declared',
    files: { 'data/sellers.csv': latin1('seller_id,state\ns1,\u0093SP\u0094\n') },
    code: 'SOURCE_ENCODING',
    params: { found: 'windows-1252' },
  },
  {
    name: 'UTF-8 declared as latin-1',
    files: {
      'tino.config.ts': withFormat("{ encoding: 'latin-1' }"),
      'data/sellers.csv': 'seller_id,state\ns1,São\n',
    },
    code: 'SOURCE_ENCODING',
    params: { expected: 'latin-1', found: 'utf-8', line: 2 },
  },
  {
    name: 'a column renamed',
    files: { 'data/orders.csv': orders.replace('seller_id', 'sellerid') },
    code: 'SOURCE_COLUMN_MISSING',
    params: { column: 'seller_id', nearest: 'sellerid' },
  },
  {
    name: 'decimal commas that are not declared',
    files: { 'data/orders.csv': orders.replaceAll(/,(\d+)\.(\d\d),/g, ',"$1,$2",') },
    code: 'SOURCE_TOO_MANY_REJECTS',
    params: { rejects: 6, rows: 6, reason: 'price: "100,00" is not a money' },
  },
  {
    name: 'dd/mm/yyyy that is not declared',
    files: { 'data/orders.csv': orders.replaceAll(/(2018)-(\d\d)-(\d\d) /g, '$3/$2/$1 ') },
    code: 'SOURCE_TOO_MANY_REJECTS',
    params: { reason: 'bought_at: "05/01/2018 10:00:00" is not a timestamp' },
  },
  {
    name: 'a column of another type',
    files: { 'data/orders.csv': orderLine('o7,s1,2018-04-01 10:00:00,cheap,,,,') },
    rejects: { code: 'REJECT_TYPE', column: 'price', count: 1 },
  },
  {
    name: 'an unknown category',
    files: {
      'tino.config.ts': config
        .replace('state: category()', "state: category({ values: ['SP', 'RJ', 'MG'] })")
        .replace("key: 'seller_id',", "key: 'seller_id', rejectsMax: 0.5,"),
      'data/sellers.csv': `${sellers}s4,XX\n`,
    },
    rejects: { code: 'REJECT_VALUE', column: 'state', count: 1 },
  },
  {
    name: 'a duplicate key: the first stays',
    files: { 'data/orders.csv': orderLine('o1,s9,2018-01-05 10:00:00,1.00,,,,') },
    rejects: { code: 'REJECT_DUPLICATE', count: 1 },
  },
  {
    name: 'a missing key',
    files: { 'data/orders.csv': orderLine(',s1,2018-01-05 10:00:00,1.00,,,,') },
    rejects: { code: 'REJECT_REQUIRED', column: 'order_id', count: 1 },
  },
  {
    name: 'a date out of range',
    files: { 'data/orders.csv': orderLine('o7,s1,0218-01-05 10:00:00,1.00,,,,') },
    rejects: { code: 'REJECT_RANGE', column: 'bought_at', count: 1 },
  },
  {
    name: 'a day that no month has',
    files: { 'data/orders.csv': orderLine('o7,s1,2018-02-30 10:00:00,1.00,,,,') },
    rejects: { code: 'REJECT_TYPE', column: 'bought_at', count: 1 },
  },
  {
    name: 'an hour that does not exist',
    files: { 'data/orders.csv': orderLine('o7,s1,2017-10-15 00:30:00,1.00,,,,') },
    rejects: { code: 'REJECT_TIME', column: 'bought_at', count: 1 },
  },
  {
    name: 'a number out of range',
    files: { 'data/orders.csv': orderLine('o7,s1,2018-01-05 10:00:00,-1.00,,,,') },
    rejects: { code: 'REJECT_RANGE', column: 'price', count: 1 },
  },
  {
    name: 'a record with too few fields',
    files: { 'data/orders.csv': orderLine('o7,s1') },
    rejects: { code: 'REJECT_MALFORMED', count: 1 },
  },
];

const configCases: Case[] = [
  {
    name: 'a config that does not compile',
    files: { 'tino.config.ts': 'export default {\n  name: ,\n};\n' },
    code: 'CONFIG_BROKEN',
    where: 'tino.config.ts:2',
  },
  { name: 'no config', files: { 'tino.config.ts': null }, code: 'NO_WORKSPACE' },
  {
    name: 'a value that is not allowed',
    files: { 'models/churn.ts': churn.replace("'rocAuc'", "'auc'") },
    code: 'CONFIG_INVALID',
    params: { file: 'models/churn.ts', path: 'metric', value: '"auc"' },
  },
  {
    name: 'a property that nothing knows',
    files: { 'models/churn.ts': churn.replace('metric:', "colour: 'red', metric:") },
    code: 'CONFIG_INVALID',
    params: { path: 'colour', expected: 'no such property' },
  },
  {
    name: 'an unknown entity',
    files: { 'models/churn.ts': churn.replace("entity: 'seller'", "entity: 'shop'") },
    code: 'UNKNOWN_NAME',
    params: { kind: 'entity', name: 'shop', known: 'seller, order' },
  },
  {
    name: 'an unknown feature view',
    files: { 'models/churn.ts': churn.replace("['seller_orders']", "['sales']") },
    code: 'UNKNOWN_NAME',
    params: { kind: 'feature view', name: 'sales' },
  },
  {
    name: 'an unknown candidate',
    files: {
      'models/churn.ts': churn.replace('[logistic()]', "[{ kind: 'magic', params: {}, grid: {} }]"),
    },
    code: 'UNKNOWN_NAME',
    params: { kind: 'candidate', name: 'magic' },
  },
  {
    name: 'a clock that is no column',
    files: { 'tino.config.ts': config.replace("eventTime: 'bought_at'", "eventTime: 'when'") },
    code: 'UNKNOWN_NAME',
    params: { name: 'when' },
  },
  {
    name: 'an SQL file that is not there',
    files: { 'labels/no-order.sql': null },
    code: 'FILE_MISSING',
    params: { file: 'labels/no-order.sql', by: 'models/churn.ts' },
  },
  {
    name: 'a view without its entity',
    files: { 'features/seller_orders.sql': 'SELECT 1' },
    code: 'CONFIG_INVALID',
    params: { path: '-- entity' },
  },
  {
    name: 'two models of one name',
    files: {
      'tino.config.ts': config.replace("name: 'shop',", "name: 'shop', include: ['other'],"),
      'other/tino.config.ts': config,
      ...Object.fromEntries(
        Object.entries(shop)
          .filter(([path]) => !path.startsWith('data') && path !== 'tino.config.ts')
          .map(([path, text]) => [`other/${path}`, text]),
      ),
    },
    code: 'DUPLICATE_MODEL',
    params: { name: 'churn', first: 'models/churn.ts', second: 'other/models/churn.ts' },
  },
];

const sqlCases: Case[] = [
  {
    name: 'SQL that does not bind',
    files: view('SELECT seller_id,\n  sum(prize) AS revenue FROM orders GROUP BY 1'),
    code: 'SQL_DOES_NOT_BIND',
    where: 'features/seller_orders.sql:3',
  },
  {
    name: 'SQL that does not parse',
    files: view('SELEC seller_id FROM orders'),
    code: 'SQL_DOES_NOT_BIND',
  },
  {
    name: 'SQL that reads a raw table',
    files: view('SELECT seller_id FROM tino_history_orders'),
    code: 'SQL_READS_RAW',
    params: { name: 'tino_history_orders', known: 'calendar, local_holidays' },
  },
  {
    name: 'SQL that reads a file',
    files: view("SELECT seller_id FROM 'data/orders.csv'"),
    code: 'SQL_READS_RAW',
  },
  {
    name: 'SQL that reads a clock',
    files: view('SELECT seller_id, current_date AS today FROM orders'),
    code: 'SQL_REFUSED',
  },
  {
    name: 'SQL that draws lots',
    files: view('SELECT seller_id, random() AS luck FROM orders'),
    code: 'SQL_REFUSED',
  },
  {
    name: 'SQL that hides what it reads',
    files: view("SELECT seller_id FROM query('SELECT 1 AS seller_id')"),
    code: 'SQL_REFUSED',
  },
  {
    name: 'SQL without the key',
    files: view('SELECT count(*) AS n FROM orders'),
    code: 'SQL_COLUMNS',
    params: { column: 'seller_id', found: 'n' },
  },
  {
    name: 'SQL that reads a personal column',
    files: {
      'tino.config.ts': config.replace('state: category()', 'state: category({ personal: true })'),
      ...view('SELECT seller_id, state AS home FROM sellers'),
      'features/spines/sellers.sql': 'SELECT DISTINCT seller_id FROM orders',
    },
    code: 'PERSONAL_COLUMN',
    params: { column: 'state' },
  },
];

let house: TestHouse;
let folder: string;
before(async () => {
  folder = await writeWorkspace(shop);
  house = await openHouse(folder);
});
after(() => house.close());

async function restore(files: Record<string, unknown>) {
  for (const path of Object.keys(files)) await rm(join(folder, path), { force: true });
  await rm(join(folder, 'other'), { recursive: true, force: true });
  await addFiles(folder, shop);
}

async function apply(files: Case['files']) {
  for (const [path, content] of Object.entries(files)) {
    if (content === null) await rm(join(folder, path));
    else await addFiles(folder, { [path]: content });
  }
}

async function errorsOf(work: () => Promise<unknown>): Promise<readonly TinoError[]> {
  try {
    await work();
    return [];
  } catch (cause) {
    if (cause instanceof TinoErrors) return cause.errors;
    if (cause instanceof TinoError) return [cause];
    throw cause;
  }
}

function assertError({ code, params = {}, where }: Case, errors: readonly TinoError[]) {
  const found = errors.find((error) => error.code === code);
  assert.ok(
    found,
    `expected ${code}, got ${errors.map((error) => `${error.code} ${error.message}`).join('; ') || 'nothing'}`,
  );
  for (const [name, value] of Object.entries(params)) assert.equal(found.params[name], value);
  if (where) assert.equal(found.options.where, where);
  for (const language of ['pt', 'en'] as const) {
    const { message, next } = found.answer(language);
    assert.doesNotMatch(`${message} ${next}`, /\{\w+\}/, 'every parameter is filled in');
  }
}

for (const one of fileCases) {
  test(`files: ${one.name}`, async () => {
    await ingest(house, 'all', effects);
    const tables = await currentTables<SourceManifest>(house, 'source');
    try {
      await apply(one.files);
      await house.reload();
      const errors = await errorsOf(() => ingest(house, 'all', effects));
      if (one.rejects) {
        assert.deepEqual(errors, []);
        const now = await currentTables<SourceManifest>(house, 'source');
        const reasons = [...now.values()].flatMap(({ manifest }) => manifest.reasons);
        const found = reasons.find(({ code }) => code === one.rejects!.code);
        assert.deepEqual(found && { code: found.code, column: found.column, count: found.count }, {
          column: null,
          ...one.rejects,
        });
        assert.equal(
          [...now.values()].reduce((sum, { manifest }) => sum + manifest.rejectFiles.length, 0),
          1,
        );
      } else {
        assertError(one, errors);
        assert.deepEqual(
          await currentTables(house, 'source').then((now) => now.get('sellers')),
          tables.get('sellers'),
        );
      }
    } finally {
      await restore(one.files);
      await house.reload();
      await house.state.query('DELETE FROM tables');
    }
  });
}

for (const one of configCases) {
  test(`config: ${one.name}`, async () => {
    try {
      await apply(one.files);
      assertError(one, await errorsOf(() => loadWorkspace(folder)));
    } finally {
      await restore(one.files);
    }
  });
}

for (const one of sqlCases) {
  test(`SQL: ${one.name}`, async () => {
    try {
      await apply(one.files);
      await house.reload();
      assertError(one, await checkWorkspace(house, effects));
      // A build gives the same error, and leaves no table.
      await ingest(house, 'all', effects);
      const churnModel = house.workspace.models['churn']!;
      assertError(
        one,
        await errorsOf(() => buildAbt(house, churnModel, { purpose: 'train' }, effects)),
      );
      assert.equal((await currentTables(house, 'abt')).size, 0);
    } finally {
      await restore(one.files);
      await house.reload();
      await house.state.query('DELETE FROM tables');
    }
  });
}

test('a good workspace has nothing wrong, whether loaded or not', async () => {
  assert.deepEqual(await checkWorkspace(house, effects), []);
  await ingest(house, 'all', effects);
  assert.deepEqual(await checkWorkspace(house, effects), []);
});
