import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StateError } from '../../src/store/errors.js';
import { migrate } from '../../src/store/migrate.js';
import { migrations } from '../../src/store/migrations/index.js';
import { openState } from '../../src/store/open.js';
import { TinoError } from '../../src/contract/error.js';
import { onBoth } from './both.js';
import { freshState } from './fresh.js';

const failsWith = (code: string) => (cause: unknown) =>
  cause instanceof StateError && cause.code === code;

onBoth('values keep their types', async ({ state }) => {
  const at = new Date('2018-01-02T03:04:05.678Z');
  const [row] = await state.query(
    `SELECT 9007199254740991::bigint AS big, 12.50::numeric AS money, DATE '2017-10-15' AS day,
       $1::timestamptz AS at, $2::jsonb AS document, $3::text[] AS list, $4::boolean AS flag,
       $5::integer AS n, NULL::text AS nothing, count(*) AS jobs FROM jobs`,
    [at, { a: [1, null] }, ['x', 'a "b" \\c', '', null], true, 7],
  );
  assert.deepEqual(row, {
    big: 9_007_199_254_740_991,
    money: 12.5,
    day: '2017-10-15',
    at,
    document: { a: [1, null] },
    list: ['x', 'a "b" \\c', '', null],
    flag: true,
    n: 7,
    nothing: null,
    jobs: 0,
  });
});

onBoth('a failing statement says why, with the code of PostgreSQL', async ({ state }) => {
  await state.query(`INSERT INTO settings VALUES ('a', '1')`);
  await assert.rejects(state.query(`INSERT INTO settings VALUES ('a', '2')`), (cause: unknown) => {
    assert.ok(cause instanceof StateError);
    assert.deepEqual([cause.sqlState, cause.constraint], ['23505', 'settings_pkey']);
    return true;
  });
  assert.deepEqual(await state.query('SELECT value FROM settings'), [{ value: 1 }]);
});

onBoth('a transaction is whole or absent, and gives its result', async ({ state }) => {
  const add = (name: string) => `INSERT INTO settings VALUES ('${name}', '1')`;
  const given = await state.transaction(async (tx) => {
    await tx.query(add('kept'));
    return 42;
  });
  assert.equal(given, 42);
  const undone = state.transaction(async (tx) => {
    await tx.query(add('undone'));
    throw new Error('on purpose');
  });
  await assert.rejects(undone, /on purpose/);
  await assert.rejects(
    state.transaction((tx) => tx.query('SELECT nope')),
    failsWith('QUERY'),
  );
  assert.deepEqual(await state.query('SELECT name FROM settings'), [{ name: 'kept' }]);
});

onBoth('transactions at the same time do not mix', async ({ state }) => {
  await state.query(`INSERT INTO settings VALUES ('n', '0')`);
  const increment = () =>
    state.transaction(async (tx) => {
      const [row] = await tx.query<{ value: number }>(
        `SELECT value FROM settings WHERE name = 'n' FOR UPDATE`,
      );
      await tx.query(`UPDATE settings SET value = $1::jsonb`, [String(row!.value + 1)]);
    });
  await Promise.all(Array.from({ length: 10 }, increment));
  assert.deepEqual(await state.query('SELECT value FROM settings'), [{ value: 10 }]);
});

onBoth('listeners hear what is told, and no more after they stop', async ({ state, another }) => {
  const heard: string[] = [];
  let both = () => {};
  const told = new Promise<void>((resolve) => (both = resolve));
  const other = await another();
  const stop = await state.listen('news', (payload) => {
    heard.push(payload);
    if (heard.length === 2) both();
  });
  await other.notify('news', 'one');
  await other.notify('elsewhere', 'not this');
  await other.notify('news', 'two');
  await told;
  await stop();
  await other.notify('news', 'three');
  await state.query('SELECT 1');
  assert.deepEqual(heard, ['one', 'two']);
});

onBoth('migrating again changes nothing, and a changed migration is refused', async ({ state }) => {
  await state.transaction((tx) => migrate(tx as never));
  const [one, ...others] = migrations;
  const changed = [{ ...one!, sql: `${one!.sql} ` }, ...others];
  const again = state.transaction((tx) => migrate(tx as never, changed));
  await assert.rejects(again, failsWith('MIGRATION_CHANGED'));
  await assert.rejects(
    state.transaction((tx) => migrate(tx as never, [])),
    failsWith('MIGRATION_UNKNOWN'),
  );
});

onBoth('a migration that fails leaves nothing of itself', async ({ state }) => {
  const broken = [...migrations, { name: '9999', sql: 'CREATE TABLE half (a int); SELECT nope' }];
  await assert.rejects(
    state.transaction((tx) => migrate(tx as never, broken)),
    failsWith('QUERY'),
  );
  const [row] = await state.query(`SELECT to_regclass('half') AS half`);
  assert.deepEqual(row, { half: null });
});

test('the embedded state refuses to be asked inside its own transaction', async () => {
  const { state, remove } = await freshState();
  await assert.rejects(
    state.transaction(() => state.query('SELECT 1')),
    failsWith('IN_TRANSACTION'),
  );
  assert.deepEqual(await state.query('SELECT 1 AS a'), [{ a: 1 }]);
  await remove();
});

test('the embedded state is opened once, closes, and opens again with what it held', async () => {
  const { state, folder, remove } = await freshState();
  await assert.rejects(
    openState({ folder }),
    (cause: unknown) => cause instanceof TinoError && cause.code === 'WORKSPACE_LOCKED',
  );
  await state.query(`INSERT INTO settings VALUES ('a', '"é"')`);
  await state.close();
  await assert.rejects(state.query('SELECT 1'), failsWith('CLOSED'));
  const again = await openState({ folder });
  assert.deepEqual(await again.query('SELECT value FROM settings'), [{ value: 'é' }]);
  await again.close();
  await remove();
});
