import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TinoError } from '../../src/contract/index.js';
import { today } from '../../src/monitoring/today.js';
import { runVerb } from '../../src/jobs/verbs.js';
import { askAs, get, type Question } from './asking.js';
import { refusals, type Known } from './edge-cases.js';
import { effects, IN, type Mall } from './house.js';

/** Bad input gets one clear error in both languages, and leaves the state as it was. */
export function edge(open: () => Mall): void {
  describe('bad input at the edge', () => {
    test('each gets its status and code, in words without holes, and changes nothing', async () => {
      const mall = open();
      const wrong: string[] = [];
      const before = await digest(mall);
      for (const { what, ask, status, code } of refusals(await knownThings(mall)))
        for (const lang of ['pt', 'en']) {
          const reply = await asAdmin(mall, { ...ask, url: withLanguage(ask.url, lang) });
          const found = `${reply.status} ${reply.json?.code}`;
          if (found !== `${status} ${code}`)
            wrong.push(
              `${what}: ${found}, expected ${status} ${code}: ${reply.body.slice(0, 200)}`,
            );
          else if (!saysWhat(reply.json)) wrong.push(`${what}: ${reply.body.slice(0, 200)}`);
        }
      assert.deepEqual(wrong, []);
      assert.deepEqual(await digest(mall), before);
    });

    test('training a member that is nowhere fails as a job, and says which', async () => {
      const { house } = open();
      const key = { restaurant_id: '999' };
      await assert.rejects(
        runVerb(house, 'train', { model: 'ingredient-price', key }, effects),
        (error: TinoError) => error.code === 'UNKNOWN_KEY',
      );
    });

    test('a request that does not fit is told in the language that was asked for', async () => {
      const mall = open();
      const ask = async (lang: string) => {
        const url = `/v1/models/dish-price/promote?lang=${lang}`;
        return (await asAdmin(mall, { method: 'POST', url, body: { version: 'one' } })).json
          .message;
      };
      assert.match(await ask('pt'), /^body\.version: Entrada inválida: esperava um número/);
      assert.match(await ask('en'), /^body\.version: .*expected number, received string/);
      const missing = { method: 'POST' as const, url: '/v1/session?lang=pt', body: {} };
      assert.equal((await asAdmin(mall, missing)).json.message, 'body.token: falta');
    });

    test('the mistake is named with its row and column', async () => {
      const mall = open();
      const { house } = await knownThings(mall);
      const { json } = await asAdmin(mall, {
        method: 'POST',
        url: '/v1/models/house-price/predict?lang=en',
        body: { rows: [house, { ...house, baths: 'two' }] },
      });
      assert.deepEqual(json.params, { row: 1, column: 'baths', value: '"two"' });
      assert.equal(json.message, 'row 1: baths is "two", expected a number');
    });

    idempotency(open);
    decisions(open);
  });
}

const asAdmin = (mall: Mall, question: Question) => askAs(mall, 'admin', 'all', question);

async function knownThings(mall: Mall): Promise<Known> {
  const { features } = (await get(mall, '/v1/models/house-price')).json;
  const item = { restaurant_id: IN, item_id: '7' };
  const url = `/v1/models/dish-price/suggestion?key.restaurant_id=${IN}&key.item_id=9`;
  const { id, floor } = (await get(mall, url)).json;
  return {
    house: Object.fromEntries(
      features.map(({ name, typical }: { name: string; typical: unknown }) => [name, typical]),
    ),
    suggestion: id,
    item,
    floor,
  };
}

const withLanguage = (url: string, lang: string): string =>
  `${url}${url.includes('?') ? '&' : '?'}lang=${lang}`;

/** A sentence and a next step, no placeholder left, no full stop at the end. */
function saysWhat({ message, next }: { message: unknown; next: unknown }): boolean {
  return [message, next].every(
    (text) =>
      typeof text === 'string' &&
      text.length > 3 &&
      !/\{\w*\}|undefined|\[object/.test(text) &&
      !text.endsWith('.'),
  );
}

/** Rows of each table of the state: what a refused request must not change. */
async function digest({ house }: Mall): Promise<Record<string, number>> {
  const tables = await house.state.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await house.state.query<{ rows: number }>(
      `select count(*) as rows from "${name}"`,
    );
    counts[name] = row!.rows;
  }
  assert.ok(Object.keys(counts).length > 15);
  return counts;
}

function idempotency(open: () => Mall): void {
  const link = (key: string, role: string): Question => ({
    method: 'POST',
    url: '/v1/keys',
    body: { name: 'once', role },
    headers: { 'idempotency-key': key },
  });

  test('the same key with the same body is done once and answered alike', async () => {
    const mall = open();
    const first = await asAdmin(mall, link('a', 'viewer'));
    const rows = await digest(mall);
    const again = await asAdmin(mall, link('a', 'viewer'));
    assert.equal(first.status, 201);
    assert.equal(again.status, 201);
    assert.deepEqual(again.json, first.json);
    assert.deepEqual(await digest(mall), rows);
  });

  test('the same key with another body is refused', async () => {
    const mall = open();
    const rows = await digest(mall);
    const reply = await asAdmin(mall, link('a', 'analyst'));
    assert.equal(reply.status, 409);
    assert.equal(reply.json.code, 'IDEMPOTENCY_MISMATCH');
    assert.deepEqual(await digest(mall), rows);
  });

  test('at the same time, one does it and the other waits its turn or gets its answer', async () => {
    const mall = open();
    const before = (await digest(mall))['keys']!;
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => asAdmin(mall, link('b', 'viewer'))),
    );
    for (const { status, json } of replies)
      assert.ok(status === 201 || json.code === 'IDEMPOTENCY_RUNNING', `${status}`);
    assert.equal((await digest(mall))['keys'], before + 1);
  });

  test('a refused body leaves its key free for a mended one', async () => {
    const mall = open();
    assert.equal((await asAdmin(mall, link('c', 'king'))).status, 400);
    assert.equal((await asAdmin(mall, link('c', 'viewer'))).status, 201);
  });

  test('an outcome sent twice is learned once; with other figures it is refused', async () => {
    const mall = open();
    const report = (units: number): Question => ({
      method: 'POST',
      url: '/v1/models/dish-price/outcomes',
      body: {
        outcomes: [
          { id: 'twice', key: { restaurant_id: IN, item_id: '8' }, price: 31, units, days: 7 },
        ],
      },
    });
    assert.deepEqual((await asAdmin(mall, report(9))).json, { accepted: 1, repeated: 0 });
    const rows = await digest(mall);
    assert.deepEqual((await asAdmin(mall, report(9))).json, { accepted: 0, repeated: 1 });
    assert.equal((await asAdmin(mall, report(10))).json.code, 'IDEMPOTENCY_MISMATCH');
    assert.deepEqual(await digest(mall), rows);
  });
}

function decisions(open: () => Mall): void {
  test('a suggestion is decided once', async () => {
    const mall = open();
    const url = '/v1/models/dish-price/suggestions?limit=1000';
    const { items } = (await get(mall, url)).json;
    const waiting = items.find(({ state }: { state: string }) => state === 'waiting');
    assert.ok(waiting, 'a suggestion waits');
    const approve: Question = {
      method: 'POST',
      url: `/v1/models/dish-price/suggestions/${waiting.id}/decision`,
      body: { decision: 'approve' },
    };
    const listed = async () => (await get(mall, '/v1/today?lang=en')).json;
    await listed();
    const both = await Promise.all([asAdmin(mall, approve), asAdmin(mall, approve)]);
    assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 409]);
    const third = await asAdmin(mall, approve);
    assert.equal(third.json.code, 'ALREADY_DECIDED');
    assert.equal(third.status, 409);
    // What is remembered of today's list moves with what it is made from.
    const options = { language: 'en', scope: {}, role: 'admin' } as const;
    const now = JSON.stringify(await today(mall.serving, options));
    assert.deepEqual(await listed(), JSON.parse(now));
  });
}
