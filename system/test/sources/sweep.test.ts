import assert from 'node:assert/strict';
import { access, mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sweepTables } from '../../src/sources/index.js';
import { build } from '../../src/verbs/build.js';
import { loadWorkspace } from '../../src/workspace/load.js';
import { effects, openHouse, writeWorkspace, type TestHouse } from '../features/house.js';

const NOW = new Date('2026-06-01T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

/** Days ago at which each generation of a table was committed. */
const AGES = {
  source: [300, 200, 40, 2],
  scores: [800, 500, 370, 100, 2],
  abt: [120, 100, 90, 80, 1],
  view: [1],
  spine: [300, 200, 2],
};

const workspaceFolder = (keep = ''): Promise<string> =>
  writeWorkspace({ 'tino.config.ts': `export default { name: 'old', sources: {}, ${keep} };` });

/** Generations of a table by the days ago at which each was committed, the last one current. */
async function generations(of: TestHouse, kind: string, ages: readonly number[]) {
  const folder = join(of.workspace.stateFolder, 'tables', kind);
  await mkdir(folder, { recursive: true });
  for (const [i, age] of ages.entries()) {
    const file = `tables/${kind}/${age}.parquet`;
    await of.state.query(
      `INSERT INTO tables (name, snapshot, kind, files, rows, fingerprint, at, current, manifest)
       VALUES ('one', $1, $2, $3::jsonb, 1, '', $4, $5, $6::jsonb)`,
      [
        `hash-${age}`,
        kind,
        JSON.stringify([file]),
        daysAgo(age),
        i === ages.length - 1,
        JSON.stringify(age === 90 ? { before: ['as it was trained on'] } : {}),
      ],
    );
    await writeOld(join(of.workspace.stateFolder, file), age);
  }
}

async function writeOld(file: string, age: number): Promise<void> {
  await writeFile(file, '');
  await utimes(file, daysAgo(age), daysAgo(age));
}

/** Ages of the generations that the state still names and of the files that are still there. */
async function left(of: TestHouse, kind: keyof typeof AGES) {
  const ages = AGES[kind];
  const rows = await of.state.query<{ snapshot: string }>(
    'SELECT snapshot FROM tables WHERE kind = $1',
    [kind],
  );
  const named = new Set(rows.map(({ snapshot }) => snapshot));
  const there = async (age: number) =>
    access(join(of.workspace.stateFolder, 'tables', kind, `${age}.parquet`)).then(
      () => true,
      () => false,
    );
  const files = await Promise.all(ages.map(there));
  const stayed = ages.filter((age) => named.has(`hash-${age}`));
  assert.deepEqual(
    ages.filter((_, i) => files[i]),
    stayed,
    'files are those of the rows',
  );
  return stayed;
}

let house: TestHouse;
let removed: number;
before(async () => {
  house = await openHouse(await workspaceFolder(), { now: NOW.toISOString() });
  for (const kind of ['source', 'scores', 'abt', 'view'] as const)
    await generations(house, kind, AGES[kind]);
  for (const [run, hash] of [
    ['run_1', 'hash-120'],
    ['run_2', 'as it was trained on'],
  ] as const)
    await house.state.query(
      `INSERT INTO runs (id, model, status, manifest) VALUES ($1, 'one', 'done', $2::jsonb)`,
      [run, JSON.stringify({ abt: { hash } })],
    );
  const views = join(house.workspace.stateFolder, 'tables', 'view');
  await writeOld(join(views, 'left.parquet'), 2);
  await writeOld(join(views, 'being-made.parquet'), 0.5);
  removed = await sweepTables(house);
});
after(() => house.close());

test('what was replaced a month ago goes, however long it had served before', async () => {
  // That of 40 days ago served until two days ago.
  assert.deepEqual(await left(house, 'source'), [40, 2]);
});

test('scorings stay for a year after they were replaced, as the register of decisions', async () => {
  assert.deepEqual(await left(house, 'scores'), [370, 100, 2]);
});

test('what a run was trained on stays, also under the hash from before an erasure', async () => {
  assert.deepEqual(await left(house, 'abt'), [120, 90, 80, 1]);
});

test('files that no row names go after a day; the second time nothing goes', async () => {
  assert.deepEqual(await left(house, 'view'), [1]);
  await access(join(house.workspace.stateFolder, 'tables', 'view', 'being-made.parquet'));
  assert.equal(removed, 2 + 2 + 1 + 1);
  assert.equal(await sweepTables(house), 0);
});

test('each build sweeps and says how many files went', async () => {
  await generations(house, 'spine', AGES.spine);
  const report = await build(house, {}, effects);
  assert.equal(report.swept, 1);
  assert.deepEqual(await left(house, 'spine'), [200, 2]);
});

test('the workspace says how long, and not shorter than moves between scorings need', async () => {
  const told = await loadWorkspace(await workspaceFolder('keep: { scorings: { days: 62 } }'));
  assert.deepEqual(told.keep, { replaced: { days: 30 }, scorings: { days: 62 } });
  const { state, now, workspace } = house;
  await sweepTables({ state, now, workspace: { ...workspace, keep: told.keep } });
  assert.deepEqual(await left(house, 'scores'), [100, 2]);
  const short = await workspaceFolder('keep: { scorings: { days: 30 } }');
  await assert.rejects(loadWorkspace(short), /62 days or more/);
});
