import assert from 'node:assert/strict';
import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { literal } from '../../src/engine/quote.js';
import { inSession } from '../../src/features/parallel.js';
import type { House } from '../../src/ports/house.js';
import { erasePerson } from '../../src/privacy/erase.js';
import { listErasures } from '../../src/privacy/report.js';
import { createPrivacyKey, holdsPseudonyms, ingest } from '../../src/sources/index.js';
import { suppressionKeyFile } from '../../src/sources/suppression.js';
import { runVerb } from '../../src/jobs/verbs.js';
import { openServing } from '../../src/serving/context.js';
import { build } from '../../src/verbs/build.js';
import { openHouse } from '../../src/verbs/house.js';
import { score } from '../../src/verbs/score.js';
import { simulate } from '../../src/verbs/simulate.js';
import { train } from '../../src/verbs/train.js';

const examples = fileURLToPath(new URL('../../../../examples', import.meta.url));
const effects = { progress: () => {}, stop: { stopped: false }, by: 'test' };
const silent = () => {};
const sourceTables = ['customers', 'invoice_lines'];

let top: string;
let house: House;
let close: () => Promise<void>;
interface Somebody {
  key: string;
  personal: string[];
  pseudonyms: string[];
}
let person: Somebody;
/** Hashes of a model that was fitted to the person alone, and of one that others have too. */
let ownModel: string;
let shared: string;

const open = (privacyKeyFile = join(top, 'privacy.key')) =>
  openHouse({
    folder: join(top, 'customers'),
    now: () => new Date('2026-11-01T12:00:00Z'),
    log: { info: silent, warn: silent, error: silent },
    privacyKeyFile: () => privacyKeyFile,
  });

before(async () => {
  top = await mkdtemp(join(tmpdir(), 'tino-erase-'));
  await cp(join(examples, 'customers'), join(top, 'customers'), {
    recursive: true,
    filter: (path) => !/[\\/](data|\.tino)$/.test(path),
  });
  for (const file of ['chance.ts', 'client.ts', 'dates.ts', 'simulator.ts'])
    await cp(join(examples, file), join(top, file));
  // Partitions of a few months share a file as well as those of fifteen years do.
  for (const model of ['customer-segments.ts', 'customer-value.ts']) {
    const file = join(top, 'customers', 'models', model);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace("from: '2011-03-01'", "from: '2026-05-01'"));
  }
  ({ house, close } = await open());
  await createPrivacyKey(house.privacyKeyFile);
  const parts = Object.values(house.workspace.parts);
  await simulate(parts, { seed: 1, until: '2026-10-31', rows: 3000 }, effects);
  await build(house, {}, effects);
  await train(house, { model: 'customer-segments' }, effects);
  await score(house, { model: 'customer-segments' }, effects);
  person = await somebody();
  await leaveTraces();
});
after(async () => {
  await close();
  await rm(top, { recursive: true, force: true });
});

/** The customer who bought most often, with what the files say of them. */
async function somebody(): Promise<Somebody> {
  const [row] = await inSession(house, async (session) =>
    session.all(
      `SELECT CAST(customer_id AS VARCHAR) AS key FROM read_parquet(${literal(await filesOf('invoice_lines'))})
       WHERE customer_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
    ),
  );
  const key = String(row!['key']);
  const csv = await readFile(join(top, 'customers', 'data', 'customers.csv'), 'utf8');
  const line = csv.split('\n').find((each) => each.startsWith(`${key},`))!;
  const [, name, email, cpf, phone] = line.split(',') as [string, string, string, string, string];
  const [stored] = await inSession(house, async (session) =>
    session.all(
      `SELECT name, email, cpf, phone FROM read_parquet(${literal(await filesOf('customers'))})
       WHERE customer_id = ${key}`,
    ),
  );
  return {
    key,
    personal: [name, email, cpf, phone],
    pseudonyms: [String(stored!['email']), String(stored!['cpf']), String(stored!['phone'])],
  };
}

const filesOf = async (source: string): Promise<string> => {
  const [row] = await house.state.query<{ files: string[] }>(
    `SELECT files FROM tables WHERE kind = 'source' AND name = $1 AND current`,
    [source],
  );
  return join(house.workspace.stateFolder, row!.files[0]!);
};

/** What asking about the person leaves behind: logs, records, a key that sees only them. */
async function leaveTraces(): Promise<void> {
  const { key } = person;
  const said = JSON.stringify({ key: { customer_id: key } });
  await house.state.query(
    `INSERT INTO audit (id, who, action, subject, detail) VALUES ('audit_1', 'x', 'look-up', 'm', $1::jsonb)`,
    [said],
  );
  await house.state.query(
    `INSERT INTO idempotency (key, route, key_owner, body_hash, status, response)
     VALUES ('a', 'r', 'o', 'h', 200, $1::jsonb)`,
    [JSON.stringify({ items: [{ deep: { customer_id: Number(key) } }] })],
  );
  await house.state.query(
    `INSERT INTO keys (id, name, role, scope, hash) VALUES ('key_1', 'theirs', 'viewer', $1::jsonb, 'h1'),
      ('key_2', 'of another', 'viewer', '{"customer_id": ["1"]}', 'h2'),
      ('key_3', 'of both', 'viewer', $2::jsonb, 'h3')`,
    [JSON.stringify({ customer_id: [key] }), JSON.stringify({ customer_id: ['1', key] })],
  );
  const rule = (values: (string | number)[]) =>
    JSON.stringify({ where: [{ column: 'customer_id', is: 'oneOf', values }] });
  await house.state.query(
    `INSERT INTO audiences (id, model, name, rule, made_by) VALUES
      ('audience_1', 'm', 'theirs', $1::jsonb, 'x'), ('audience_2', 'm', 'of both', $2::jsonb, 'x')`,
    [rule([Number(key)]), rule([key, '1'])],
  );
  ownModel = await house.artifacts.put(Buffer.from(`fitted to ${key}`));
  shared = await house.artifacts.put(Buffer.from('fitted to all'));
  await house.state.query(
    `INSERT INTO members (model, version, key, hash, kind) VALUES
      ('customer-segments', 1, $1, $2, 'local'), ('customer-segments', 1, '{"customer_id":"1"}', $3, 'global'),
      ('customer-segments', 1, $4, $3, 'global')`,
    [
      JSON.stringify({ customer_id: key }),
      ownModel,
      shared,
      JSON.stringify({ customer_id: key, store: 'a' }),
    ],
  );
  const { stateFolder } = house.workspace;
  await cp(await filesOf('customers'), join(stateFolder, 'tables', 'view', 'left.parquet'));
  await mkdir(join(stateFolder, 'scratch', 'ingest-left'), { recursive: true });
  await writeFile(join(stateFolder, 'scratch', 'ingest-left', 'a.csv'), person.pseudonyms.join());
  const serving = await openServing(house);
  const line = { at: 'now', model: 'm', version: 1, rung: 'champion', row: {}, value: 1 };
  serving.log.add({ ...line, id: 'prediction_1', key: { customer_id: key } });
  serving.log.add({ ...line, id: 'prediction_2', key: { customer_id: `${key}0` } });
  await serving.close();
}

async function parquetFiles(): Promise<string[]> {
  const folder = join(house.workspace.stateFolder, 'tables');
  const entries = await readdir(folder, { recursive: true });
  return entries.filter((name) => name.endsWith('.parquet')).map((name) => join(folder, name));
}

/** Cells of every Parquet file, named by a row or not, that hold the key or a pseudonym. */
async function cellsThatTell({ key, pseudonyms } = person): Promise<number> {
  const files = await parquetFiles();
  assert.ok(files.length > 3);
  return inSession(house, async (session) => {
    let cells = 0;
    for (const file of files) {
      const from = `read_parquet(${literal(file)}, hive_partitioning = false)`;
      const columns = (await session.describe(`SELECT * FROM ${from}`)).map(({ name }) => name);
      for (const name of columns) {
        const wanted = name === 'customer_id' ? [key] : pseudonyms;
        const listed = wanted.map((text) => literal(text)).join(', ');
        const [row] = await session.all(
          `SELECT count(*) AS n FROM ${from} WHERE CAST("${name}" AS VARCHAR) IN (${listed})`,
        );
        cells += Number(row!['n']);
      }
    }
    return cells;
  });
}

/** Files of the state folder, other than tables, whose bytes hold one of the texts. */
async function filesWith(texts: readonly string[]): Promise<string[]> {
  const folder = house.workspace.stateFolder;
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.parquet')) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name), 'latin1');
    if (texts.some((text) => bytes.includes(text))) found.push(entry.name);
  }
  return found;
}

test('a person is erased from tables, records and logs, and does not come back', async (t) => {
  assert.ok((await cellsThatTell()) > 10, 'the person was there');
  const traces = [
    ...person.pseudonyms,
    `"customer_id":"${person.key}"`,
    `customer_id${person.key}`,
  ];
  assert.ok((await filesWith(traces)).length >= 2, 'the person was in log and state');
  const abt = async () => {
    const [row] = await house.state.query<{ hash: string; before: string[] | null; rows: number }>(
      `SELECT manifest ->> 'hash' AS hash, manifest -> 'before' AS before, rows FROM tables
       WHERE kind = 'abt' AND name LIKE 'customer-segments/train' AND current`,
    );
    return row!;
  };
  const first = await abt();

  const erased = await erasePerson(
    house,
    // As a spreadsheet may have written it.
    { entity: 'customer', key: `0${person.key}.0`, by: 'test' },
    effects,
  );

  await t.test(
    'the report says what went, which versions knew them, and who still holds them',
    () => {
      const kinds = new Set(erased.tables.map(({ kind }) => kind));
      for (const kind of ['source', 'view', 'abt', 'scores']) assert.ok(kinds.has(kind), kind);
      assert.deepEqual(erased.records, {
        audit: 1,
        idempotency: 1,
        members: 2,
        audiences: 2,
        keys: 2,
      });
      assert.equal(erased.logLines, 1);
      assert.deepEqual(erased.versions, [{ model: 'customer-segments', version: 1 }]);
      assert.deepEqual(erased.holders.map(({ source }) => source).sort(), sourceTables);
      assert.ok(!JSON.stringify(erased).includes(person.key));
    },
  );
  await t.test('nothing tells of them any more', async () => {
    assert.equal(await cellsThatTell(), 0);
    assert.deepEqual(await filesWith(traces), []);
  });
  await t.test(
    'a model that was fitted to them alone is gone, one that others have is not',
    async () => {
      assert.equal(await house.artifacts.has(ownModel), false);
      assert.equal(await house.artifacts.has(shared), true);
    },
  );
  await t.test('the table they were learned from has a new hash, linked to the old', async () => {
    const now = await abt();
    assert.notEqual(now.hash, first.hash);
    assert.deepEqual(now.before, [first.hash]);
    assert.ok(now.rows < first.rows);
  });
  await t.test('others stay: their log lines and their keys', async () => {
    const keys = await house.state.query(
      `SELECT id, name, scope, revoked_at IS NOT NULL AS revoked FROM keys WHERE id LIKE 'key\\__' ORDER BY id`,
    );
    assert.deepEqual(keys, [
      { id: 'key_1', name: 'key_1', scope: { '': [] }, revoked: true },
      { id: 'key_2', name: 'of another', scope: { customer_id: ['1'] }, revoked: false },
      { id: 'key_3', name: 'of both', scope: { customer_id: ['1'] }, revoked: false },
    ]);
    const audiences = await house.state.query('SELECT id, rule FROM audiences');
    assert.deepEqual(audiences, [
      {
        id: 'audience_2',
        rule: { where: [{ column: 'customer_id', is: 'oneOf', values: ['1'] }] },
      },
    ]);
    assert.deepEqual(await filesWith([`${person.key}0`]).then((names) => names.length > 0), true);
  });
  await t.test('the next ingest of files that still hold them leaves them out', async () => {
    const file = join(top, 'customers', 'data', 'customers.csv');
    await appendFile(file, '999999,Nova Pessoa,nova@example.com,1,2,1990-01-01,Recife\n');
    const lines = await linesFile();
    await appendFile(lines, `${(await readFile(lines, 'utf8')).split('\n')[1]}\n`);
    const reports = await ingest(house, 'all', effects);
    assert.deepEqual([...new Set(reports.map(({ status }) => status))], ['loaded']);
    assert.equal(await cellsThatTell(), 0);
    const [row] = await house.state.query<{ suppressed: number }>(
      `SELECT (manifest ->> 'suppressed')::int AS suppressed FROM tables
       WHERE kind = 'source' AND name = 'customers' AND current`,
    );
    assert.equal(row!.suppressed, 1);
  });
  await t.test('all is trained and scored again without them', async () => {
    await build(house, {}, effects);
    await train(house, { model: 'customer-segments' }, effects);
    await score(house, { model: 'customer-segments' }, effects);
    assert.equal(await cellsThatTell(), 0);
  });
  await t.test('interrupted after any step, it goes on, and its report is whole', async () => {
    const other = await somebody();
    const ask = (place: House) =>
      erasePerson(place, { entity: 'customer', key: other.key, by: 'test' }, effects);
    const kinds = new Set<string>();
    for (let steps = 1; ; steps += 2) {
      const outcome = await ask(dyingAfter(steps)).catch((cause: Error) => cause);
      if (outcome instanceof Error) {
        assert.equal(outcome.message, DIED);
        continue;
      }
      for (const { kind } of outcome.tables) kinds.add(kind);
      assert.ok(steps > 3, 'it died on the way');
      assert.deepEqual(outcome.versions, [
        { model: 'customer-segments', version: 1 },
        { model: 'customer-segments', version: 2 },
      ]);
      break;
    }
    assert.deepEqual([...kinds].sort(), ['abt', 'scores', 'source', 'view']);
    assert.equal(await cellsThatTell(other), 0);
    assert.deepEqual(await filesWith(other.pseudonyms), []);
    const runs = await listErasures(house);
    assert.deepEqual([runs.length, runs[0]!.endedAt !== null], [2, true]);
  });
  await t.test('work that began before commits nothing of what it read', async () => {
    const works: ((place: House) => Promise<unknown>)[] = [
      async (place) => {
        await appendFile(await linesFile(), '\n');
        await runVerb(place, 'build', {}, effects);
      },
      (place) => runVerb(place, 'train', { model: 'customer-segments', force: true }, effects),
    ];
    for (const work of works) {
      await build(house, {}, effects);
      const other = await somebody();
      const ask = () =>
        erasePerson(house, { entity: 'customer', key: other.key, by: 'test' }, effects);
      await assert.rejects(work(interruptedBy(ask)), { code: 'ERASED_MEANWHILE' });
      assert.equal(await cellsThatTell(other), 0);
    }
  });
  await t.test('asked again, it finds nothing more', async () => {
    const again = await erasePerson(
      house,
      { entity: 'customer', key: person.key, by: 'test' },
      effects,
    );
    assert.deepEqual([again.tables, again.records, again.logLines], [[], {}, 0]);
  });
  await t.test('without the key of the list no file is read', async () => {
    const key = suppressionKeyFile(house);
    const secret = await readFile(key, 'utf8');
    await writeFile(key, 'lost');
    await appendFile(await linesFile(), '\n');
    await assert.rejects(ingest(house, 'all', effects), { code: 'SUPPRESSION_KEY_MISSING' });
    await writeFile(key, secret);
  });
});

const DIED = 'the process died';
type Transaction = House['state']['transaction'];

/** A house whose state is gone once it has committed so many transactions. */
function dyingAfter(transactions: number): House {
  let left = transactions;
  return withTransaction(async (work) => {
    const result = await house.state.transaction(work);
    if (--left === 0) throw new Error(DIED);
    return result;
  });
}

/** A house in which something happens between what a work read and what it commits. */
function interruptedBy(happens: () => Promise<unknown>): House {
  let once: Promise<unknown> | undefined;
  return withTransaction(async (work) => {
    await (once ??= happens());
    return house.state.transaction(work);
  });
}

function withTransaction(transaction: Transaction): House {
  const { state } = house;
  return {
    ...house,
    state: {
      kind: state.kind,
      query: (sql, params) => state.query(sql, params),
      listen: (channel, heard) => state.listen(channel, heard),
      notify: (channel, payload) => state.notify(channel, payload),
      close: () => state.close(),
      transaction,
    },
  };
}

const linesFile = async () => {
  const folder = join(top, 'customers', 'data');
  await mkdir(folder, { recursive: true });
  const name = (await readdir(folder)).find((each) => each.startsWith('online_retail'))!;
  return join(folder, name);
};

test('an entity or a key that cannot be is refused with what there is', async () => {
  await assert.rejects(erasePerson(house, { entity: 'nobody', key: '1', by: 'test' }, effects), {
    code: 'UNKNOWN_ENTITY',
    params: { entity: 'nobody', known: 'customer' },
  });
  await assert.rejects(erasePerson(house, { entity: 'customer', key: ' ', by: 'test' }, effects), {
    code: 'ERASE_KEY',
  });
  await assert.rejects(
    erasePerson(house, { entity: 'customer', key: 'Ana', by: 'test' }, effects),
    {
      code: 'ERASE_KEY_TYPE',
      params: { entity: 'customer', column: 'customer_id', type: 'integer', value: 'Ana' },
    },
  );
});

test('the key of pseudonyms does not lie with what it protects', async () => {
  const { stateFolder } = house.workspace;
  await assert.rejects(open(join(stateFolder, 'privacy.key')), { code: 'PRIVACY_KEY_INSIDE' });
  assert.equal((await stat(house.privacyKeyFile)).mode & 0o777, 0o600);
  assert.equal((await stat(suppressionKeyFile(house))).mode & 0o777, 0o600);
  assert.equal(await holdsPseudonyms(house), true);
});
