import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Scope } from '../../src/access/principal.js';
import type { AudienceRule } from '../../src/contract/audiences.js';
import {
  audienceMembers,
  deleteAudience,
  listAudiences,
  saveAudience,
} from '../../src/serving/segment/audiences.js';
import { listLookUps, openLookUpLog } from '../../src/serving/look-ups.js';
import { askReview, decisions, listReviews, resolveReview } from '../../src/serving/reviews.js';
import { scoreModel, scores } from '../../src/serving/scores.js';
import { segments } from '../../src/serving/segment/segments.js';
import { effects } from '../features/house.js';
import { openWorld } from './tabular-world.js';

test('audiences by rule, look-ups, reviews and the register of decisions', async (t) => {
  const world = await openWorld();
  t.after(() => world.close());
  const { serving } = world;
  const model = world.model('client-kinds');
  await world.train('client-kinds');
  await scoreModel(serving, model, effects);
  const everyone = await segments(serving, model, { language: 'en', role: 'admin' });
  const total = everyone.segments.reduce((sum, { size }) => sum + size!, 0);
  const save = (name: string, rule: AudienceRule) =>
    saveAudience(serving, model, { name, rule, by: 'ana', role: 'analyst', scope: {} });

  const list = async (scope: Scope = {}) =>
    (await listAudiences(serving, model, { role: 'analyst', scope })).items;

  await t.test('a rule takes whom it says, the most money first', async () => {
    const [first] = everyone.segments;
    const one = await save('first group', { segments: [first!.id], where: [] });
    assert.equal(one.size, first!.size);
    assert.ok(Math.abs(one.money! - first!.money!) < 1e-6);
    const top = await save('ten best', { where: [], top: 10 });
    const page = await audienceMembers(serving, model, top.id, {
      limit: 50,
      role: 'analyst',
      scope: {},
    });
    assert.equal(page.total, 10);
    const money = page.items.map((item) => item.money!);
    assert.deepEqual(
      money,
      [...money].sort((a, b) => b - a),
    );
    const [key] = page.items.map((item) => item.key['client_id']!);
    const rest = await save('but the best', {
      where: [{ column: 'client_id', is: 'oneOf', values: [key!] }],
    });
    assert.equal(rest.size, 1);
    assert.deepEqual(
      (await list()).map(({ name }) => name),
      ['but the best', 'first group', 'ten best'],
    );
    assert.equal((await list({ client_id: [key!] }))[2]!.size, 1);
  });
  await t.test('limits split those who are known in two', async () => {
    const [fact] = everyone.segments.flatMap(({ facts }) => facts);
    const column = fact!.column;
    const values = [fact!.overall!];
    const above = await save('above', { where: [{ column, is: 'atLeast', values }] });
    const below = await save('below', { where: [{ column, is: 'atMost', values }] });
    assert.ok(above.size > 0 && below.size > 0);
    assert.ok(above.size + below.size >= total - 1);
  });
  await t.test('what cannot be is refused and changes nothing', async () => {
    const before = (await list()).length;
    await assert.rejects(save('above', { where: [] }), { code: 'AUDIENCE_EXISTS' });
    await assert.rejects(save('x', { where: [{ column: 'nope', is: 'oneOf', values: [1] }] }), {
      code: 'CONDITION_COLUMN',
    });
    await assert.rejects(
      save('x', { where: [{ column: 'client_id', is: 'atLeast', values: ['a'] }] }),
      { code: 'CONDITION_TEXT' },
    );
    await assert.rejects(save('x', { segments: ['none'], where: [] }), { code: 'NOT_FOUND' });
    await assert.rejects(deleteAudience(serving, model, 'none'), { code: 'NOT_FOUND' });
    assert.equal((await list()).length, before);
  });
  await t.test('a scope narrows the counts of segments to its own', async () => {
    const page = await audienceMembers(
      serving,
      model,
      (await list()).find(({ name }) => name === 'ten best')!.id,
      { limit: 1, role: 'analyst', scope: {} },
    );
    const key = page.items[0]!.key['client_id']!;
    const mine = await segments(serving, model, {
      language: 'en',
      role: 'admin',
      scope: { client_id: [key] },
    });
    assert.deepEqual(mine.segments.map(({ size }) => size).sort(), [
      ...Array.from({ length: mine.segments.length - 1 }, () => 0),
      1,
    ]);
    assert.ok(mine.sample.length <= 1);
  });
  await t.test('a review keeps what was decided and ends once', async () => {
    const { items } = await scores(serving, model, {
      limit: 1,
      where: [],
      language: 'en',
      role: 'viewer',
      scope: {},
    });
    const key = items[0]!.key['client_id']!;
    const asked = await askReview(serving, model, {
      key,
      reason: 'not me',
      by: 'bia',
      role: 'viewer',
      scope: {},
      language: 'en',
    });
    assert.deepEqual([asked.state, asked.version, asked.key['client_id']], ['open', 1, key]);
    assert.equal((await listReviews(serving, 'open')).length, 1);
    const ended = { state: 'kept', note: 'looked at by hand', by: 'caio' } as const;
    assert.equal((await resolveReview(serving, asked.id, ended)).resolvedBy, 'caio');
    await assert.rejects(resolveReview(serving, asked.id, ended), { code: 'REVIEW_CLOSED' });
    await assert.rejects(resolveReview(serving, 'none', ended), { code: 'NOT_FOUND' });
    const [decision] = await decisions(serving);
    assert.deepEqual(
      [decision!.model, decision!.version, decision!.until, decision!.reviews, decision!.scored],
      ['client-kinds', 1, null, 1, total],
    );
    assert.ok(decision!.columns.length > 0);
  });
  await t.test('look-ups are listed newest first, of one person when asked', async () => {
    const log = openLookUpLog(world.house);
    const line = { by: 'ana', model: 'client-kinds', fields: ['money'] };
    log.add({ ...line, at: '2025-12-01T10:00:00Z', key: { client_id: 'a' } });
    log.add({ ...line, at: '2025-12-01T11:00:00Z', key: { client_id: 'b' } });
    await log.close();
    const all = await listLookUps(world.house, { limit: 10 });
    assert.deepEqual(
      all.map(({ key }) => key['client_id']),
      ['b', 'a'],
    );
    assert.equal((await listLookUps(world.house, { limit: 10, key: 'a' })).length, 1);
  });
});
