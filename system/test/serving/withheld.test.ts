import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { SegmentsAnswer } from '../../src/contract/index.js';
import type { SegmentDeclaration } from '../../src/workspace/types.js';
import { describeModel, type ServedModel } from '../../src/serving/catalog.js';
import {
  audienceMembers,
  listAudiences,
  saveAudience,
} from '../../src/serving/segment/audiences.js';
import { compareSegments } from '../../src/serving/segment/compare.js';
import { entity } from '../../src/serving/entity/answer.js';
import { preparedFor } from '../../src/serving/entity/prepared.js';
import { scoreModel, scores } from '../../src/serving/scores.js';
import { members } from '../../src/serving/segment/members.js';
import { segments } from '../../src/serving/segment/segments.js';
import { plainText } from '../../src/serving/sentence.js';
import { effects } from '../features/house.js';
import { openWorld, type World } from './tabular-world.js';

let world: World;
let whole: SegmentsAnswer;
/** A model as it would be declared with other rights; what it scored stays. */
const declared = (name: string, changes: Partial<SegmentDeclaration>): ServedModel => {
  const model = world.model(name);
  return { ...model, declaration: { ...model.declaration, ...changes } as SegmentDeclaration };
};
const asViewer = { language: 'en', role: 'viewer' } as const;

before(async () => {
  world = await openWorld();
  world.house.clock.now = new Date('2025-10-01T15:00:00Z');
  const model = world.model('client-kinds');
  await world.train('client-kinds');
  await scoreModel(world.serving, model, effects);
  world.house.clock.now = new Date('2025-11-02T15:00:00Z');
  await scoreModel(world.serving, model, effects);
  whole = await segments(world.serving, model, { language: 'en', role: 'analyst' });
});
after(() => world.close());

test('a group of fewer than k is there and no figure tells of it, by subtraction neither', async () => {
  const sizes = whole.segments.map(({ size }) => size!).sort((a, b) => a - b);
  const least = sizes[0]!;
  assert.ok(least < sizes[1]!, 'one group is the smallest');
  const model = declared('client-kinds', { membersMin: least + 1 });
  const answer = await segments(world.serving, model, asViewer);
  const small = answer.segments.find(({ hidden }) => hidden)!;
  assert.deepEqual(
    [small.size, small.share, small.money, small.moneyShare, small.sentences, small.facts],
    [null, null, null, null, [], []],
  );
  const told = answer.segments.filter(({ hidden }) => !hidden);
  assert.equal(told.length, sizes.length - 1);
  const sum = (pick: (one: (typeof told)[number]) => number) =>
    told.reduce((all, one) => all + pick(one), 0);
  assert.ok(Math.abs(sum(({ share }) => share!) - 1) < 1e-9, 'shares are of those told of');
  assert.ok(Math.abs(sum(({ moneyShare }) => moneyShare!) - 1) < 1e-9);
  const shown = sum(({ size }) => size!);
  assert.ok(plainText(answer.sentence).startsWith(`${shown} clients form `));
  assert.match(plainText(answer.sentence), /1 group of too few to be shown/);
  const names = [
    ...answer.sample.map(({ segment }) => segment),
    ...answer.migration.flatMap(({ from, to }) => [from, to]),
    ...answer.drift!.segments.map(({ id }) => id),
  ];
  assert.ok(!names.includes(small.id));
  assert.ok(answer.migration.every(({ count }) => count > least));
});

test('a look-up does not tell a viewer who is in it; whoever may see single rows is told', async () => {
  const [small] = whole.segments.toSorted((a, b) => a.size! - b.size!);
  const model = declared('client-kinds', { membersMin: small!.size! + 1 });
  const list = await members(world.serving, model, small!.id, { limit: 1, role: 'analyst' });
  const key = list.items[0]!.key['client_id']!;
  const asked = { language: 'en', by: 'ana', scope: {} } as const;
  const hidden = await entity(world.serving, model, key, { ...asked, role: 'viewer' });
  assert.deepEqual([hidden.segment, hidden.reasons], [null, []]);
  assert.match(plainText(hidden.sentence), /too few people/);
  const seen = await entity(world.serving, model, key, { ...asked, role: 'analyst' });
  assert.equal(seen.segment!.id, small!.id);
});

test('a member of a group that the serving version does not have is told so, and others are told theirs', async () => {
  const model = world.model('client-kinds');
  const scored = (await world.serving.scores.current(model.name))!;
  const names = [...scored.manifest.segments, 's99'];
  const table = { ...scored, manifest: { ...scored.manifest, segments: names } };
  table.value = scored.value.slice();
  table.value[0] = names.length - 1;
  const asker = { language: 'en', role: 'analyst' } as const;
  const { said } = await preparedFor(world.serving, model, table, asker);
  assert.equal(said(0).segment, null);
  assert.match(plainText(said(0).sentence), /not in the new version/);
  assert.equal(said(1).segment!.id, names[scored.value[1]!]);
});

test('a personal column leaves only to a role that is allowed it by name', async () => {
  const model = declared('client-kinds', {
    allowPersonal: ['city', 'visits_90d'],
    showPersonal: { analyst: ['visits_90d'], admin: ['city'] },
    page: { ...world.model('client-kinds').declaration.page, columns: ['city', 'visits_90d'] },
  });
  const [first] = whole.segments;
  const columnsFor = async (role: 'analyst' | 'admin') => {
    const page = await members(world.serving, model, first!.id, { limit: 1, role });
    return Object.keys(page.items[0]!.columns);
  };
  assert.deepEqual(await columnsFor('analyst'), ['visits_90d']);
  assert.deepEqual(await columnsFor('admin'), ['city', 'visits_90d']);
  const list = await members(world.serving, model, first!.id, { limit: 1, role: 'admin' });
  const key = list.items[0]!.key['client_id']!;
  const asked = { language: 'en', by: 'ana', role: 'viewer', scope: {} } as const;
  const one = await entity(world.serving, model, key, asked);
  assert.ok(!('city' in one.columns) && !('visits_90d' in one.columns));
  for (const { column, value } of one.reasons)
    if (column === 'visits_90d') assert.equal(value, null);
  // Nor may a rule ask what the column holds.
  const where = [{ column: 'city', is: 'oneOf' as const, values: ['Recife'] }];
  const rule = { name: 'by city', rule: { where }, by: 'ana', scope: {} };
  await assert.rejects(saveAudience(world.serving, model, { ...rule, role: 'analyst' }), {
    code: 'CONDITION_COLUMN',
  });
  const ids = whole.segments.map(({ id }) => id);
  const saved = await saveAudience(world.serving, model, { ...rule, role: 'admin' });
  // A list by a column tells what it holds of each, so that to others there is no such audience.
  const listing = { limit: 5, scope: {} } as const;
  const page = await audienceMembers(world.serving, model, saved.id, { ...listing, role: 'admin' });
  assert.ok(page.total > 0 && page.items.every(({ columns }) => columns['city'] === 'Recife'));
  await assert.rejects(
    audienceMembers(world.serving, model, saved.id, { ...listing, role: 'analyst' }),
    { code: 'NOT_FOUND' },
  );
  const listed = await listAudiences(world.serving, model, { role: 'analyst', scope: {} });
  assert.ok(!listed.items.some(({ id }) => id === saved.id));
  assert.ok(!listed.columns.some(({ name }) => name === 'city'));
  for (const ask of [
    members(world.serving, model, first!.id, { limit: 1, role: 'analyst', where }),
    compareSegments(world.serving, model, ids, { language: 'en', role: 'analyst', where }),
  ])
    await assert.rejects(ask, { code: 'CONDITION_COLUMN' });
  const compared = await compareSegments(world.serving, model, ids, {
    language: 'en',
    role: 'analyst',
  });
  assert.ok(!compared.rows.some(({ column }) => column === 'city'));
});

test('a list of predictions neither shows nor filters by a column that is withheld', async () => {
  await world.train('client-leaves');
  const plain = world.model('client-leaves');
  await scoreModel(world.serving, plain, effects);
  const model = { ...plain, declaration: { ...plain.declaration, allowPersonal: ['city'] } };
  const asked = { limit: 5, language: 'en', role: 'viewer', scope: {} } as const;
  const all = await scores(world.serving, model, { ...asked, where: [] });
  const where = [{ column: 'city', is: 'oneOf' as const, values: ['Recife'] }];
  await assert.rejects(scores(world.serving, model, { ...asked, where }), {
    code: 'CONDITION_COLUMN',
  });
  assert.deepEqual(all.filters, {});
  assert.ok(all.items.every(({ columns }) => !('city' in columns)));
  const levelsOf = async (described: ServedModel) =>
    (await describeModel(world.serving, described)).features.find(({ name }) => name === 'city')!
      .levels;
  assert.deepEqual(
    [await levelsOf(plain), await levelsOf(model)],
    [['Natal', 'Recife'], undefined],
  );
});

test('an audience’s share is of those whom the scope sees', async () => {
  const model = world.model('client-kinds');
  const [first] = whole.segments;
  const page = await members(world.serving, model, first!.id, { limit: 2, role: 'analyst' });
  const keys = page.items.map(({ key }) => key['client_id']!);
  const saved = await saveAudience(world.serving, model, {
    name: 'one of two',
    rule: { where: [{ column: 'client_id', is: 'oneOf', values: [keys[0]!] }] },
    by: 'ana',
    role: 'analyst',
    scope: { client_id: keys },
  });
  assert.deepEqual([saved.size, saved.share], [1, 0.5]);
});

test('a look-up says what the next better group has, and what other models said', async () => {
  const model = world.model('client-kinds');
  const worth = whole.segments.toSorted((a, b) => a.money! / a.size! - b.money! / b.size!);
  const list = await members(world.serving, model, worth[0]!.id, { limit: 1, role: 'analyst' });
  const key = list.items[0]!.key['client_id']!;
  const asked = { language: 'en', by: 'ana', role: 'analyst', scope: {} } as const;
  const one = await entity(world.serving, model, key, asked);
  assert.equal(one.value, list.items[0]!.money);
  assert.notEqual(one.next!.segment.id, worth[0]!.id);
  const target = whole.segments.find(({ id }) => id === one.next!.segment.id)!;
  const theirs = await members(world.serving, model, target.id, { limit: 500, role: 'analyst' });
  const spent = one.next!.facts.find(({ column }) => column === 'spent_90d')!;
  const mean = theirs.items.reduce((sum, { money }) => sum + money!, 0) / theirs.total;
  assert.ok(Math.abs(spent.typical - mean) < 0.02 * mean, `${spent.typical}, members ${mean}`);
  assert.ok(spent.typical > spent.value);
  assert.deepEqual(
    one.also.map((each) => [each.model, plainText(each.sentence).includes('%')]),
    [['client-leaves', true]],
  );
  const best = await members(world.serving, model, worth.at(-1)!.id, { limit: 1, role: 'analyst' });
  const top = await entity(world.serving, model, best.items[0]!.key['client_id']!, asked);
  assert.equal(top.next, null);
});
