import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { entityDecisionsAnswerSchema, type EntityAnswer } from '../../src/contract/index.js';
import { literal } from '../../src/engine/quote.js';
import { inSession } from '../../src/features/parallel.js';
import { erasePerson } from '../../src/privacy/erase.js';
import { aliasOf, promote, rollback } from '../../src/registry/index.js';
import type { ServedModel } from '../../src/serving/catalog.js';
import { entity } from '../../src/serving/entity/answer.js';
import { entityDecisions } from '../../src/serving/entity/decisions.js';
import type { LookUp } from '../../src/serving/look-ups.js';
import { askReview, resolveReview } from '../../src/serving/reviews.js';
import { keptScorings } from '../../src/serving/score-table.js';
import { scoreModel } from '../../src/serving/scores.js';
import { members } from '../../src/serving/segment/members.js';
import type { SegmentDeclaration } from '../../src/workspace/types.js';
import { effects } from '../features/house.js';
import { openWorld, type World } from './tabular-world.js';

const asked = { language: 'en', role: 'analyst', by: 'ana', scope: {}, limit: 20 } as const;

let world: World;
let leaves: ServedModel;
let key: string;
/** What the look-up said after each scoring. */
const said: EntityAnswer[] = [];
const decisions = async (model: ServedModel, of: string, options: object = {}) =>
  entityDecisionsAnswerSchema.parse(
    await entityDecisions(world.serving, model, of, { ...asked, ...options }),
  );

/** What Parquet holds of a client in a scoring, asked in SQL. */
const inParquet = (files: string[], client: string) =>
  inSession(world.house, (session) =>
    session.all(
      `SELECT tino_value AS value FROM read_parquet([${files.map(literal).join(', ')}])
       WHERE client_id = $1`,
      [client],
    ),
  );

before(async () => {
  world = await openWorld();
  leaves = world.model('client-leaves');
  await assert.rejects(decisions(leaves, 'c1'), { code: 'NOT_SCORED' });
  for (const [now, seed] of [
    ['2025-10-01T15:00:00Z', 1],
    ['2025-11-02T15:00:00Z', 7],
  ] as const) {
    world.house.clock.now = new Date(now);
    const { version } = await world.train('client-leaves', { force: true, seed });
    if ((await aliasOf(world.house.state, leaves.name, 'champion')) !== version)
      await promote(world.house, leaves.name, version!, { by: 'ana', reason: 'another' });
    await world.house.state.notify('promotions', leaves.name);
    await scoreModel(world.serving, leaves, effects);
    if (said.length === 0) key = await someone();
    said.push(await entity(world.serving, leaves, key, asked));
  }
});
after(() => world.close());

/** A client who is in both scorings: one who comes weekly is. */
async function someone(): Promise<string> {
  const [scoring] = await keptScorings(world.house, leaves.name);
  const found = await Promise.all(['c0', 'c2'].map((id) => inParquet(scoring!.files, id)));
  assert.ok(found.every(({ length }) => length === 1));
  return 'c0';
}

test('each kept scoring is told with the version and value in Parquet, and its own reasons', async () => {
  const { items, next } = await decisions(leaves, key);
  const kept = await keptScorings(world.house, leaves.name);
  assert.deepEqual(
    items.map(({ version, cutoff }) => [version, cutoff]),
    [
      [2, '2025-11-02'],
      [1, '2025-10-01'],
    ],
  );
  for (const [i, item] of items.entries()) {
    const [row] = await inParquet(kept[i]!.files, key);
    assert.equal(item.value, row!['value']);
    const then = said[1 - i]!;
    assert.deepEqual([item.value, item.reasons], [then.value, then.reasons]);
    assert.equal(item.version, then.provenance.version);
    assert.ok(item.reasons!.length > 0 && item.note === null);
  }
  assert.deepEqual(
    items.map(({ changed }) => changed),
    [items[0]!.value !== items[1]!.value, null],
  );
  assert.deepEqual([items[0]!.until, items[1]!.until], [null, items[0]!.since]);
  assert.equal(next, null);
});

test('pages go on where the last ended, and end', async () => {
  const whole = await decisions(leaves, key);
  const first = await decisions(leaves, key, { limit: 1 });
  assert.deepEqual(first.items, whole.items.slice(0, 1), 'what changed is known across pages');
  const second = await decisions(leaves, key, { limit: 1, cursor: first.next });
  assert.deepEqual([second.items, second.next], [whole.items.slice(1), null]);
  await assert.rejects(decisions(leaves, key, { cursor: 'at-1' }), { code: 'BAD_CURSOR' });
});

test('nobody, and whoever is outside of the scope, is unknown', async () => {
  for (const [of, scope] of [
    ['nobody', {}],
    ["c0' OR 'a' = 'a", {}],
    [key, { client_id: ['c2'] }],
  ] as const)
    await assert.rejects(decisions(leaves, of, { scope }), { code: 'UNKNOWN_KEY' });
  const own = await decisions(leaves, key, { scope: { client_id: [key] } });
  assert.equal(own.items.length, 2);
});

test('it is kept as a look-up where entities are persons, with the columns that were shown', async () => {
  const { house, lookups } = world.serving;
  const part = house.workspace.parts[leaves.part]!;
  const visits = part.sources['visits']!;
  const city = { ...visits.columns['city']!, personal: true };
  const sources = { ...part.sources, visits: { ...visits, columns: { ...visits.columns, city } } };
  const parts = { ...house.workspace.parts, [leaves.part]: { ...part, sources } };
  const noted: LookUp[] = [];
  const serving = {
    ...world.serving,
    house: { ...house, workspace: { ...house.workspace, parts } },
    lookups: { ...lookups, add: (line: LookUp) => void noted.push(line) },
  };
  const person = { ...leaves, declaration: { ...leaves.declaration } };
  const { items } = await entityDecisions(serving, person, key, asked);
  const [{ by, model, fields, ...line }] = noted as [LookUp];
  assert.deepEqual(
    [noted.length, by, model, line.key],
    [1, 'ana', leaves.name, { client_id: key }],
  );
  const shown = items.flatMap(({ reasons }) => reasons!.map(({ column }) => column));
  assert.deepEqual(new Set(fields), new Set(shown));
});

test('a review is told with the decision that stood when it was asked, and how it ended', async () => {
  world.house.clock.now = new Date();
  const review = await askReview(world.serving, leaves, { ...asked, key, reason: 'not me' });
  await resolveReview(world.serving, review.id, { state: 'changed', note: 'right', by: 'bia' });
  const { items } = await decisions(leaves, key);
  const [told] = items[0]!.reviews;
  assert.deepEqual(
    [told!.id, told!.reason, told!.state, told!.note],
    [review.id, 'not me', 'changed', 'right'],
  );
  assert.ok(!('decision' in told!) && !('askedBy' in told!), 'others may see more than who asks');
  assert.deepEqual(items[1]!.reviews, []);
  assert.deepEqual((await decisions(leaves, 'c2')).items[0]!.reviews, []);
});

test('after a rollback reasons are still of the version that decided; of one that is gone, none', async () => {
  const [before] = (await decisions(leaves, key)).items;
  await rollback(world.house, leaves.name, { by: 'ana', reason: 'test' });
  await world.house.state.notify('promotions', leaves.name);
  assert.deepEqual((await decisions(leaves, key)).items[0], before);
  const [row] = await world.house.state.query<{ hash: string }>(
    'SELECT hash FROM versions WHERE model = $1 AND version = 2',
    [leaves.name],
  );
  await world.house.artifacts.remove(row!.hash);
  const [gone, first] = (await decisions(leaves, key)).items;
  assert.deepEqual([gone!.value, gone!.version, gone!.reasons], [before!.value, 2, null]);
  assert.match(gone!.note!.en, /^Version 2 cannot be opened any more/);
  assert.ok(first!.reasons!.length > 0);
});

test('a version that gives another value than was kept tells no reasons', async () => {
  const { page } = leaves.declaration;
  const declaration = { ...leaves.declaration, page: { ...page, unit: 'money' } } as const;
  const rounded = { ...leaves, declaration } as ServedModel;
  const [, told] = (await decisions(leaves, key)).items;
  const [, other] = (await decisions(rounded, key)).items;
  assert.notEqual(told!.value, Number(told!.value!.toFixed(2)), 'money has no such digits');
  assert.deepEqual([other!.value, other!.reasons], [told!.value, null]);
  assert.match(other!.note!.en, /^Version 1 does not give this value/);
});

test('segments keep their names and reasons; of a group of too few a viewer is told nothing', async () => {
  const kinds = world.model('client-kinds');
  world.house.clock.now = new Date('2025-10-01T15:00:00Z');
  await world.train('client-kinds');
  await scoreModel(world.serving, kinds, effects);
  const then = await entity(world.serving, kinds, key, asked);
  world.house.clock.now = new Date('2025-11-02T15:00:00Z');
  await scoreModel(world.serving, kinds, effects);
  const now = await entity(world.serving, kinds, key, asked);
  const { items } = await decisions(kinds, key);
  for (const [item, looked] of [
    [items[0]!, now],
    [items[1]!, then],
  ] as const)
    assert.deepEqual(
      [item.segment, item.value, item.reasons],
      [looked.segment, looked.value, looked.reasons],
    );
  assert.equal(items[0]!.changed, now.segment!.id !== then.segment!.id);
  const size = (await members(world.serving, kinds, now.segment!.id, { limit: 1, role: 'analyst' }))
    .total;
  const declaration = { ...kinds.declaration, membersMin: size + 1 } as SegmentDeclaration;
  const [hidden] = (await decisions({ ...kinds, declaration }, key, { role: 'viewer' })).items;
  assert.deepEqual(
    [hidden!.segment, hidden!.value, hidden!.reasons, hidden!.changed],
    [null, null, [], null],
  );
  assert.match(hidden!.note!.en, /too few people/);
});

test('of an erased person no scoring says anything any more', async () => {
  await erasePerson(world.house, { entity: 'client', key, by: 'ana' }, effects);
  for (const { files } of await keptScorings(world.house, leaves.name))
    assert.deepEqual(await inParquet(files, key), []);
  await assert.rejects(decisions(leaves, key), { code: 'UNKNOWN_KEY' });
  assert.equal((await decisions(leaves, 'c2')).items.length, 2);
});
