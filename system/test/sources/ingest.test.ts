import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openEngine } from '../../src/engine/open.js';
import { openAsOf } from '../../src/features/index.js';
import { currentTable, ingest, sourceStatus, sweepTables } from '../../src/sources/index.js';
import { privacyKey } from '../../src/sources/pseudonyms.js';
import type { SourceManifest } from '../../src/sources/manifest.js';
import { addFiles, effects, openHouse, writeWorkspace, type TestHouse } from '../features/house.js';

const config = `
import { boolean, category, date, days, defineWorkspace, integer, money, number, quantity, source, text, timestamp, unitPrice } from '@tino/system';
export default defineWorkspace({
  name: 'files', zone: 'America/Sao_Paulo',
  sources: {
    brazilian: source({
      files: 'data/vendas-*.csv*', format: { delimiter: ';', encoding: 'windows-1252', decimal: ',', dates: 'dd/mm/yyyy' },
      key: 'id', eventTime: 'quando', freshWithin: days(2),
      columns: { id: integer(), cidade: text(), quando: timestamp(), valor: money(), peso: quantity(), preco: unitPrice(), pago: boolean(), dia: date() },
    }),
    utc: source({ files: 'data/utc.csv', zone: 'UTC', columns: { id: text(), at: timestamp(), naked: timestamp({ from: 'Naked At' }) }, eventTime: 'at' }),
    people: source({ files: 'data/people.csv', key: 'customer_id', rejectsMax: 1, columns: {
      customer_id: text(), email: text({ personal: true }), born: date({ personal: true }), city: category() } }),
    columnar: source({ files: 'data/*.parquet', columns: { n: integer(), x: number(), at: date() } }),
    events: source({ files: 'data/events.csv', eventTime: 'at', columns: { at: date(), what: text(), n: integer() } }),
  },
});
`;

let house: TestHouse;
let folder: string;
before(async () => {
  const first =
    'id;cidade;quando;valor;peso;preco;pago;dia\n1;São Paulo;05/01/2018 23:30;1.234,50;2,500;0,1250;sim;31/12/2017\n';
  const second =
    'cidade;id;quando;valor;peso;preco;pago;dia\nBelém “PA”;2;06/01/2018 00:15:10;10;;3;não;\n';
  const bytes = (text: string) =>
    Buffer.from(text.replaceAll('“', '\u0093').replaceAll('”', '\u0094'), 'latin1');
  folder = await writeWorkspace({
    'tino.config.ts': config,
    'data/vendas-1.csv': bytes(first),
    'data/vendas-2.csv.gz': gzipSync(bytes(second)),
    'data/utc.csv':
      'id,at,Naked At\na,2018-01-06T01:30:00Z,2018-01-06 01:30:00\nb,2018-01-06 01:30:00-03:00,2018-07-06 01:30:00\n',
    'data/people.csv':
      'customer_id,email,born,city\nc1,ana@example.com,1990-02-01,Recife\nc2,ana@example.com,1990-02-30,Natal\nc3,,,Natal\n',
    'data/events.csv':
      'at,what,n\n2018-01-01,"one, ""two""\nthree",1\n2018-01-02,b,2\n2018-01-02,b,2\n',
  });
  const engine = await openEngine();
  const session = await engine.session();
  await session.write(
    "SELECT 1::INTEGER AS n, 2.5::FLOAT AS x, DATE '2018-03-04' AS at",
    join(folder, 'data'),
  );
  await engine.close();
  house = await openHouse(folder, { now: '2018-01-10T12:00:00Z' });
});
after(() => house.close());

const rowsOf = (source: string) =>
  openAsOf(
    house,
    '',
    '2018-06-01',
    (session) => session.all(`SELECT * FROM ${source} ORDER BY 1`),
    {
      allowPersonal: ['email', 'born'],
    },
  );

test('Brazilian files: windows-1252, semicolons, decimal commas, dd/mm/yyyy, packed, columns moved', async () => {
  const [report] = await ingest(house, ['brazilian'], effects);
  assert.equal(report!.rejects, 0);
  assert.deepEqual(await rowsOf('brazilian'), [
    {
      id: 1,
      cidade: 'São Paulo',
      quando: '2018-01-05 23:30:00',
      valor: 1234.5,
      peso: 2.5,
      preco: 0.125,
      pago: true,
      dia: '2017-12-31',
    },
    {
      id: 2,
      cidade: 'Belém “PA”',
      quando: '2018-01-06 00:15:10',
      valor: 10,
      peso: null,
      preco: 3,
      pago: false,
      dia: null,
    },
  ]);
  const status = (await sourceStatus(house)).find(({ id }) => id === 'brazilian')!;
  assert.equal(status.newest, '2018-01-06 00:15:10');
  assert.equal(status.fresh, false, 'four days old');
});

test('moments come to the workspace’s wall clock: from the source’s zone, or from their own offset', async () => {
  await ingest(house, ['utc'], effects);
  assert.deepEqual(await rowsOf('utc'), [
    { id: 'a', at: '2018-01-05 23:30:00', naked: '2018-01-05 23:30:00' },
    { id: 'b', at: '2018-01-06 02:30:00', naked: '2018-07-05 22:30:00' },
  ]);
});

test('personal columns are pseudonyms everywhere: tables, rejects, state', async () => {
  const [report] = await ingest(house, ['people'], effects);
  assert.deepEqual(
    report!.reasons.map(({ code, column }) => [code, column]),
    [['REJECT_TYPE', 'born']],
  );
  const rows = await rowsOf('people');
  const secret = Buffer.from((await readFile(house.privacyKeyFile, 'utf8')).trim(), 'hex');
  assert.equal(rows[0]!['email'], privacyKey(secret).pseudonym('ana@example.com'));
  assert.match(String(rows[0]!['born']), /^p_[a-z2-7]{25}$/);
  assert.equal(rows[1]!['email'], null);
  const state = JSON.stringify(await house.state.query('SELECT * FROM tables'));
  const stored = await allBytes(join(folder, '.tino'));
  for (const text of ['ana@example.com', '1990-02-01', '1990-02-30']) {
    assert.ok(!state.includes(text) && !stored.includes(text), `${text} is nowhere`);
  }
});

test('without its key a source with personal columns is not read', async () => {
  house.privacyKeyFile = join(folder, 'nowhere.key');
  await assert.rejects(() => ingest(house, ['people'], effects), { code: 'PRIVACY_KEY_MISSING' });
  house.privacyKeyFile = join(folder, 'privacy.key');
});

test('Parquet, quoted line breaks, and rows that are equal without a key', async () => {
  await ingest(house, ['columnar', 'events'], effects);
  assert.deepEqual(await rowsOf('columnar'), [{ n: 1, x: 2.5, at: '2018-03-04' }]);
  assert.deepEqual(
    (await rowsOf('events')).map(({ what }) => what),
    ['one, "two"\nthree', 'b', 'b'],
  );
});

test('rows appended to a file without a key keep their own moment; rewritten ones are known now', async () => {
  const count = (cutoff: string) =>
    openAsOf(house, '', cutoff, (session) =>
      session.all('SELECT count(*) AS rows, sum(n) AS n FROM events'),
    );
  const text = await readFile(join(folder, 'data/events.csv'), 'utf8');
  await addFiles(folder, { 'data/events.csv': `${text}2018-01-03,c,4\n` });
  await ingest(house, ['events'], effects);
  // A day's row is known when the day is over.
  assert.deepEqual(await count('2018-01-03'), [{ rows: 3, n: 5 }]);
  assert.deepEqual(await count('2018-01-04'), [{ rows: 4, n: 9 }]);
  await addFiles(folder, {
    'data/events.csv': `${text.replace('three",1', 'three",100')}2018-01-03,c,4\n`,
  });
  await ingest(house, ['events'], effects);
  assert.deepEqual(await count('2018-01-04'), [{ rows: 4, n: 9 }]);
  assert.deepEqual(await count('2018-01-11'), [{ rows: 4, n: 108 }]);
});

test('a source whose files did not change is skipped; touching them changes nothing', async () => {
  await addFiles(folder, { 'data/utc.csv': await readFile(join(folder, 'data/utc.csv')) });
  const before = await currentTable<SourceManifest>(house, 'source', 'utc');
  const [report] = await ingest(house, ['utc'], effects);
  assert.equal(report!.status, 'unchanged');
  assert.deepEqual(await currentTable(house, 'source', 'utc'), before);
});

test('sweeping removes what no row names', async () => {
  const names = async () => (await readdir(join(folder, '.tino/tables/source'))).length;
  const before = await names();
  house.clock.now = new Date(Date.now() + 90 * 86_400_000);
  const removed = await sweepTables(house);
  assert.ok(removed > 0);
  assert.equal(await names(), before - removed);
  assert.equal((await rowsOf('brazilian')).length, 2);
});

async function allBytes(root: string): Promise<string> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map(async (entry) =>
      (await readFile(join(entry.parentPath, entry.name))).toString('latin1'),
    ),
  );
  return texts.join('\n');
}
