import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openState } from '../../src/store/open.js';
import type { State } from '../../src/store/state.js';

let folder: string;
let state: State;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tino-statements-'));
  state = await openState({ folder });
});
after(async () => {
  await state.close();
  await rm(folder, { recursive: true, force: true });
});

test('a statement that is asked again sees what a table has become', async () => {
  const all = () => state.query('SELECT * FROM things ORDER BY 1');
  await state.query('CREATE TABLE things (id int)');
  await state.query('INSERT INTO things VALUES (1)');
  assert.deepEqual(await all(), [{ id: 1 }]);
  await state.query('ALTER TABLE things ADD name text DEFAULT $$x$$');
  assert.deepEqual(await all(), [{ id: 1, name: 'x' }]);
  const undone = state.transaction(async (tx) => {
    await tx.query('ALTER TABLE things DROP name');
    assert.deepEqual(await tx.query('SELECT * FROM things ORDER BY 1'), [{ id: 1 }]);
    throw new Error('undone');
  });
  await assert.rejects(undone, /undone/);
  assert.deepEqual(await all(), [{ id: 1, name: 'x' }]);
});

test('a statement that failed works when it is asked again with other values', async () => {
  const half = (text: string) => state.query('SELECT 10 / $1::int AS half', [text]);
  await assert.rejects(half('0'), { sqlState: '22012' });
  await assert.rejects(half('x'), { sqlState: '22P02' });
  assert.deepEqual(await half('2'), [{ half: 5 }]);
  await assert.rejects(state.query('SELECT nothing'), { sqlState: '42703' });
  assert.deepEqual(await state.query('SELECT $1::text AS none', [null]), [{ none: null }]);
});

test('more statements than are kept all answer, also those asked long ago', async () => {
  for (const again of [1, 2])
    for (let n = 0; n < 260; n++) {
      const [row] = await state.query(`SELECT $1::int + ${n} AS sum`, [again]);
      assert.deepEqual(row, { sum: again + n });
    }
  const held = await state.query('SELECT count(*)::int AS held FROM pg_prepared_statements');
  assert.ok((held[0]!['held'] as number) <= 201, JSON.stringify(held));
});
