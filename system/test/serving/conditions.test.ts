import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Condition, Segment } from '../../src/contract/index.js';
import { comparisonSchema } from '../../src/contract/index.js';
import { inSession } from '../../src/features/parallel.js';
import { scoreModel, scores } from '../../src/serving/scores.js';
import { plainText } from '../../src/serving/sentence.js';
import { listAudiences, saveAudience } from '../../src/serving/segment/audiences.js';
import { compareSegments } from '../../src/serving/segment/compare.js';
import { members } from '../../src/serving/segment/members.js';
import { segments } from '../../src/serving/segment/segments.js';
import { currentTable } from '../../src/sources/tables.js';
import type { ServedModel } from '../../src/serving/catalog.js';
import { effects } from '../features/house.js';
import { openWorld, type World } from './tabular-world.js';

let world: World;
let model: ServedModel;
let groups: Segment[];
const asked = { language: 'en', role: 'analyst' } as const;

before(async () => {
  world = await openWorld();
  model = world.model('client-kinds');
  for (const name of ['client-kinds', 'client-leaves']) {
    await world.train(name);
    await scoreModel(world.serving, world.model(name), effects);
  }
  groups = (await segments(world.serving, model, asked)).segments;
});
after(() => world.close());

/** The same question in SQL, of the file that the scoring wrote. */
async function sql(statement: string, name = 'client-kinds'): Promise<Record<string, unknown>[]> {
  const table = await currentTable(world.house, 'scores', name);
  return inSession(world.house, (session) =>
    session.all(statement.replace('SCORES', `read_parquet('${table!.files[0]}')`)),
  );
}

const sizeOf = async (id: string, where: Condition[]) =>
  (await members(world.serving, model, id, { limit: 1, role: 'analyst', where })).total;

test('members, audiences and lists are narrowed by values and ranges together, as SQL counts them', async () => {
  const where: Condition[] = [
    { column: 'city', is: 'oneOf', values: ['Natal'] },
    { column: 'visits_90d', is: 'atLeast', values: [5] },
    { column: 'days_since', is: 'atMost', values: ['20'] },
  ];
  const rule = `city = 'Natal' AND visits_90d >= 5 AND days_since <= 20`;
  const counted = await sql(
    `SELECT tino_value AS cluster, count(*) FILTER (WHERE ${rule}) AS n, count(*) AS size,
       coalesce(sum(spent_90d) FILTER (WHERE ${rule}), 0) AS money
     FROM SCORES GROUP BY tino_value ORDER BY tino_value`,
  );
  const found = await Promise.all(groups.map(({ id }) => sizeOf(id, where)));
  assert.deepEqual(found.toSorted(), counted.map((row) => Number(row['n'])).toSorted());
  const sum = (column: string) => counted.reduce((all, row) => all + Number(row[column]), 0);
  assert.ok(sum('n') > 0 && sum('n') < sum('size'));
  const saved = await saveAudience(world.serving, model, {
    name: 'near',
    rule: { where },
    by: 'ana',
    role: 'analyst',
    scope: {},
  });
  assert.equal(saved.size, sum('n'));
  assert.ok(Math.abs(saved.money! - sum('money')) < 1e-6);
  const leaving = await scores(world.serving, world.model('client-leaves'), {
    limit: 1,
    where: [...where, { column: 'value', is: 'atLeast', values: [0.1] }],
    language: 'en',
    role: 'viewer',
    scope: {},
  });
  const [expected] = await sql(
    `SELECT count(*) AS n FROM SCORES WHERE ${rule} AND tino_value >= 0.1`,
    'client-leaves',
  );
  assert.equal(leaving.total, Number(expected!['n']));
});

test('conditions that no row could answer are refused with what to do', async () => {
  const id = groups[0]!.id;
  const refused = (condition: Condition, code: string) =>
    assert.rejects(sizeOf(id, [condition]), { code });
  await refused({ column: 'nothing', is: 'oneOf', values: ['a'] }, 'CONDITION_COLUMN');
  await refused({ column: 'value', is: 'atLeast', values: [1] }, 'CONDITION_COLUMN');
  await refused({ column: 'city', is: 'atLeast', values: [3] }, 'CONDITION_TEXT');
  await refused({ column: 'visits_90d', is: 'atMost', values: ['ten'] }, 'CONDITION_LIMIT');
  await refused({ column: 'visits_90d', is: 'atMost', values: [' '] }, 'CONDITION_LIMIT');
  await refused({ column: 'visits_90d', is: 'atMost', values: [1, 2] }, 'CONDITION_LIMIT');
});

test('a page of a list does not go on in another scoring', async () => {
  const asking = { limit: 2, role: 'analyst' } as const;
  const id = groups[0]!.id;
  const first = await members(world.serving, model, id, asking);
  const second = await members(world.serving, model, id, { ...asking, cursor: first.next! });
  assert.notDeepEqual(second.items, first.items);
  const earlier = first.next!.replace(/\d{4}-\d\d-\d\d$/, '2020-01-01');
  for (const cursor of ['at-2', earlier])
    await assert.rejects(members(world.serving, model, id, { ...asking, cursor }), {
      code: 'BAD_CURSOR',
    });
});

test('what rules can ask is listed, of those whom the scope sees', async () => {
  const { columns } = await listAudiences(world.serving, model, { role: 'analyst', scope: {} });
  const byName = (name: string) => columns.find((column) => column.name === name)!;
  const [range] = await sql(`SELECT min(spent_90d) AS low, max(spent_90d) AS high FROM SCORES`);
  assert.deepEqual(byName('spent_90d'), {
    name: 'spent_90d',
    type: 'number',
    low: range!['low'],
    high: range!['high'],
    levels: null,
  });
  assert.deepEqual(byName('city').levels, ['Natal', 'Recife']);
  const [one] = await sql(`SELECT client_id, city, spent_90d AS spent FROM SCORES LIMIT 1`);
  const scope = { client_id: [String(one!['client_id'])] };
  const own = (await listAudiences(world.serving, model, { role: 'analyst', scope })).columns;
  assert.deepEqual(own.find(({ name }) => name === 'city')!.levels, [one!['city']]);
  assert.equal(own.find(({ name }) => name === 'spent_90d')!.low, one!['spent']);
});

test('an audience says when the last scoring has no more what its rule asks', async () => {
  const { state, now } = world.house;
  const rule = { segments: ['s99', groups[0]!.id], where: [] };
  const old = { where: [{ column: 'gone', is: 'atLeast', values: [1] }] };
  for (const [id, one] of Object.entries({ a: rule, b: old }))
    await state.query(
      `INSERT INTO audiences (id, model, name, rule, made_by, at) VALUES ($1, $2, $1, $3::jsonb, 'ana', $4)`,
      [id, model.name, JSON.stringify(one), now()],
    );
  const { items } = await listAudiences(world.serving, model, { role: 'analyst', scope: {} });
  const missing = (id: string) => items.find((one) => one.id === id)!;
  assert.deepEqual([missing('a').missing, missing('a').size], [['s99'], groups[0]!.size]);
  assert.deepEqual([missing('b').missing, missing('b').size], [['gone'], 0]);
});

test('the size of an audience is by what the model says where no money is declared', async () => {
  const leaves = world.model('client-leaves');
  const { money: _, ...page } = leaves.declaration.page;
  const plain = { ...leaves, declaration: { ...leaves.declaration, page } } as ServedModel;
  const saving = { by: 'ana', role: 'analyst', scope: {} } as const;
  const rule = { where: [], top: 3 };
  const saved = await saveAudience(world.serving, plain, { ...saving, name: 'top', rule });
  assert.deepEqual([saved.size, saved.money], [3, null]);
  const { money: __, ...kinds } = model.declaration as typeof model.declaration & { money: string };
  const { money: ___, ...words } = kinds.page;
  const unpaid = { ...model, declaration: { ...kinds, page: words } } as ServedModel;
  await assert.rejects(saveAudience(world.serving, unpaid, { ...saving, name: 'top', rule }), {
    code: 'AUDIENCE_TOP',
  });
});

test('a comparison has the means, shares and intervals that SQL finds', async () => {
  const [first, second] = groups.map(({ id }) => id) as [string, string];
  const found = comparisonSchema.parse(
    await compareSegments(world.serving, model, [first, second], asked),
  );
  assert.deepEqual(
    found.segments.map(({ id, size, of }) => [id, size, of]),
    groups.slice(0, 2).map(({ id, size }) => [id, size, size]),
  );
  const table = await currentTable<{ segments: string[] }>(world.house, 'scores', model.name);
  const cluster = (id: string) => table!.manifest.segments.indexOf(id);
  const rows = await sql(
    `SELECT avg(spent_90d) AS mean, var_samp(spent_90d) AS variance, count(spent_90d) AS known,
       avg(CASE WHEN city = 'Natal' THEN 1.0 ELSE 0.0 END) AS natal
     FROM SCORES WHERE tino_value IN (${cluster(first)}, ${cluster(second)})
     GROUP BY tino_value ORDER BY tino_value = ${cluster(second)}`,
  );
  const [a, b] = rows.map((row) => ({
    mean: Number(row['mean']),
    error: Number(row['variance']) / Number(row['known']),
    natal: Number(row['natal']),
  })) as [Figures, Figures];
  const near = (value: number, expected: number, tolerance = 1e-9) =>
    assert.ok(
      Math.abs(value - expected) <= tolerance * (1 + Math.abs(expected)),
      `${value}, ${expected}`,
    );
  const spent = found.rows.find(({ column }) => column === 'spent_90d')!;
  near(spent.means[0]!.mean!, a.mean);
  near(spent.means[1]!.mean!, b.mean);
  const { value, lower, upper } = spent.differences[0]!;
  near(value, b.mean - a.mean);
  const [all] = await sql(
    `SELECT stddev_samp(spent_90d) AS spread FROM SCORES
     WHERE tino_value IN (${cluster(first)}, ${cluster(second)})`,
  );
  near(spent.differences[0]!.deviations, value / Number(all!['spread']));
  // Between 1.96 (normal) and 2.4 (few degrees of freedom) standard errors to each side.
  const errors = (upper - lower) / 2 / Math.sqrt(a.error + b.error);
  assert.ok(errors >= 1.9599 && errors < 2.4, String(errors));
  const natal = found.rows.find(({ column, level }) => column === 'city' && level === 'Natal')!;
  near(natal.means[0]!.mean!, a.natal);
  near(natal.differences[0]!.value, b.natal - a.natal);
  const sizes = found.rows.map(({ differences }) => Math.abs(differences[0]!.deviations));
  assert.deepEqual(
    sizes,
    sizes.toSorted((one, other) => other - one),
  );
  assert.match(plainText(found.sentence), /^On average, spent 90d: .+; the difference is between/);
});
interface Figures {
  mean: number;
  error: number;
  natal: number;
}

test('a comparison of too few tells no interval, and of one segment is refused', async () => {
  const ids = groups.map(({ id }) => id);
  const [one] = await sql(`SELECT client_id FROM SCORES LIMIT 1`);
  const where: Condition[] = [
    { column: 'client_id', is: 'oneOf', values: [String(one!['client_id'])] },
  ];
  const few = await compareSegments(world.serving, model, ids, { ...asked, where });
  assert.equal(
    few.segments.reduce((sum, { size }) => sum + size, 0),
    1,
  );
  assert.ok(few.rows.every(({ differences }) => differences.every((each) => each === null)));
  assert.match(plainText(few.sentence), /too few/);
  for (const bad of [[], [ids[0]!], [ids[0]!, ids[0]!]])
    await assert.rejects(compareSegments(world.serving, model, bad, asked), {
      code: 'COMPARED_SEGMENTS',
    });
  await assert.rejects(compareSegments(world.serving, model, [ids[0]!, 'none'], asked), {
    code: 'NOT_FOUND',
  });
});
