import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createKey } from '../../src/access/keys.js';
import { atLeast } from '../../src/access/principal.js';
import type { Role } from '../../src/contract/index.js';
import { ask, askAs, get } from './asking.js';
import { IN, OUT, ROLES, type Mall, type ScopeName } from './house.js';
import { prepareCases, questionOf, type Case } from './matrix-cases.js';

const SCOPES: ScopeName[] = ['all', 'in', 'out'];

/** Every route × role × scope answers what one table says; a route without a line in it fails. */
export function matrix(open: () => Mall): void {
  describe('routes × roles × scopes', () => {
    test('every registered route has a line in the table', async () => {
      const mall = open();
      const lines = new Set((await prepareCases(mall)).map(({ route }) => route));
      const missing = [...mall.routes.keys()].filter(
        (route) => !route.startsWith('HEAD ') && !lines.has(route),
      );
      assert.deepEqual(missing, []);
      assert.deepEqual(
        [...lines].filter((route) => !mall.routes.has(route)),
        [],
      );
    });

    test('each caller gets the status of the table', async () => {
      const mall = open();
      const wrong: string[] = [];
      for (const line of await prepareCases(mall)) {
        const question = questionOf(line);
        const nobody = await ask(mall, question);
        note(wrong, line, 'nobody', nobody.status, line.least === 'public' ? line.ok : 401);
        for (const role of ROLES)
          for (const scope of SCOPES) {
            const { status } = await askAs(mall, role, scope, question);
            note(wrong, line, `${role} ${scope}`, status, expected(line, role, scope));
          }
      }
      assert.deepEqual(wrong, []);
    });

    test('HEAD asks for the same key as GET', async () => {
      const mall = open();
      const lines = await prepareCases(mall);
      for (const line of lines.filter(({ route }) => route.startsWith('GET '))) {
        const { status, body } = await ask(mall, { method: 'HEAD', url: line.url });
        assert.equal(status, line.least === 'public' ? line.ok : 401, line.url);
        assert.equal(body, '');
      }
    });
  });

  unseen(open);
  ownOnly(open);
  newcomer(open);
}

function note(wrong: string[], { route, url }: Case, who: string, found: number, right: number) {
  if (found !== right) wrong.push(`${who}: ${route} (${url}) gave ${found}, expected ${right}`);
}

function expected(line: Case, role: Role, scope: ScopeName): number {
  if (line.least === 'public') return line.ok;
  if (scope !== 'all' && line.wide) return 404;
  const narrowed = scope === 'all' ? line.ok : (line[scope] ?? line.ok);
  return atLeast(role, line.least) ? narrowed : 403;
}

/** What is out of scope answers exactly as what does not exist. */
function unseen(open: () => Mall): void {
  const forecast = '/v1/models/ingredient-price/forecast';
  const pairs: [
    what: string,
    method: 'GET' | 'POST',
    asked: string,
    absent: string,
    body?: string,
  ][] = [
    ['a model', 'GET', '/v1/models/house-price', '/v1/models/nothing-such'],
    ['a series', 'GET', `${forecast}?key.restaurant_id=${OUT}`, `${forecast}?key.restaurant_id=98`],
    [
      'an item',
      'GET',
      `/v1/models/dish-price/suggestion?key.restaurant_id=${OUT}&key.item_id=12`,
      '/v1/models/dish-price/suggestion?key.restaurant_id=98&key.item_id=12',
    ],
    ['a page of the house', 'GET', '/v1/runs', '/v1/walks'],
    ['keys', 'POST', '/v1/keys', '/v1/locks'],
  ];
  for (const [what, method, asked, absent] of pairs)
    test(`out of scope, ${what} answers as one that does not exist`, async () => {
      const mall = open();
      const body = method === 'POST' ? { body: {} } : {};
      for (const role of ['viewer', 'admin'] as const) {
        const hidden = await askAs(mall, role, 'in', { method, url: asked, ...body });
        const none = await askAs(mall, role, 'in', { method, url: absent, ...body });
        assert.equal(hidden.status, 404);
        assert.equal(none.status, 404);
        const [a, b] = [asked, absent].map((url) => url.split(/[/?&]/));
        const words = a!.map((word, i) => [word, b![i]!] as const).filter(([x, y]) => x !== y);
        const renamed = words.reduce(
          (text, [from, to]) => text.replaceAll(valueOf(from), valueOf(to)),
          hidden.body,
        );
        assert.equal(renamed, none.body);
      }
    });

  test('out of scope, a suggestion, an outcome and a job answer as ones that do not exist', async () => {
    const mall = open();
    const url = `/v1/models/dish-price/suggestion?key.restaurant_id=${OUT}&key.item_id=12`;
    const { id } = (await get(mall, url)).json;
    const job = await mall.queue.send({ verb: 'check', requestedBy: 'someone' });
    const decision = (which: string) => ({
      method: 'POST' as const,
      url: `/v1/models/dish-price/suggestions/${which}/decision`,
      body: { decision: 'approve' },
    });
    const outcome = (which: string) => ({
      method: 'POST' as const,
      url: '/v1/models/dish-price/outcomes',
      body: { outcomes: [{ id: 'unseen', suggestion: which, price: 30, units: 1 }] },
    });
    const follow = (which: string) => ({ method: 'GET' as const, url: `/v1/jobs/${which}` });
    for (const [real, question] of [
      [id, decision],
      [id, outcome],
      [job.id, follow],
    ] as const) {
      const hidden = await askAs(mall, 'admin', 'in', question(real));
      const none = await askAs(mall, 'admin', 'in', question('nothing'));
      assert.equal(hidden.status, 404, hidden.body);
      assert.equal(hidden.body.replaceAll(real, 'nothing'), none.body);
    }
    await mall.queue.cancel(job.id);
  });
}

const valueOf = (word: string): string => word.slice(word.indexOf('=') + 1);

/** No answer to a key of one restaurant holds a word of another. */
function ownOnly(open: () => Mall): void {
  test('no answer within a scope names what is outside', async () => {
    const mall = open();
    const all = (await get(mall, '/v1/models/ingredient-price/forecast?limit=1000')).json;
    const own = (await askAs(mall, 'admin', 'in', lists[0]!)).json;
    assert.ok(own.total > 0 && own.total < all.total);
    const places: string[] = all.filters.restaurant_name;
    assert.equal(own.filters.restaurant_name.length, 1);
    const others = places.filter((name) => name !== own.filters.restaurant_name[0]);
    assert.ok(others.length > 0);
    for (const question of lists) {
      const { body, status } = await askAs(mall, 'admin', 'in', question);
      assert.equal(status, 200, body);
      const named = others.filter((name) => body.includes(name));
      assert.deepEqual(named, [], question.url);
      const ids = [...body.matchAll(/"restaurant_id":"(\w+)"/g)].map(([, id]) => id);
      assert.deepEqual([...new Set([IN, ...ids])], [IN], question.url);
    }
  });
}

/** The simulated restaurant that opened last has no history: it leans on others, which have no names. */
function newcomer(open: () => Mall): void {
  test('what a newcomer’s forecast leans on is counted, never named', async () => {
    const mall = open();
    const scope = { restaurant_id: ['17'] };
    const { secret } = await createKey(mall.house.state, { name: 'new', role: 'viewer', scope });
    const url = '/v1/models/ingredient-price/forecast?key.restaurant_id=17&key.item_id=7';
    const { json, body } = await ask(mall, { method: 'GET', url }, secret);
    const [own] = json.filters.restaurant_name;
    const all = (await get(mall, '/v1/models/ingredient-price/forecast')).json;
    const others: string[] = all.filters.restaurant_name.filter((name: string) => name !== own);
    assert.deepEqual(
      others.filter((name) => body.includes(name)),
      [],
    );
    assert.deepEqual(json.forecast.coldStart?.names ?? [], []);
  });
}

const lists = [
  '/v1/models/ingredient-price/forecast?limit=1000',
  `/v1/models/ingredient-price/forecast?key.restaurant_id=${IN}&key.item_id=7`,
  '/v1/models/dish-price/suggestions?limit=1000',
  `/v1/models/dish-price/suggestion?key.restaurant_id=${IN}&key.item_id=7`,
  '/v1/models',
  '/v1/today',
  '/v1/jobs',
].map((url) => ({ method: 'GET' as const, url }));
