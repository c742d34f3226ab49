import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createKey } from '../../src/access/keys.js';
import { ask, askAs } from './asking.js';
import type { Mall } from './house.js';

const MODEL = '/v1/models/customer-segments';

/** A person is erased while the server has their scoring in memory and their key in its cache. */
export function erasing(open: () => Mall): void {
  test('a person who is erased is unknown at once, and their own key is nobody’s', async () => {
    const mall = open();
    const get = (url: string, secret?: string) =>
      secret === undefined
        ? askAs(mall, 'admin', 'all', { method: 'GET', url })
        : ask(mall, { method: 'GET', url }, secret);
    const { segments } = (await get(`${MODEL}/segments`)).json;
    const members = `${MODEL}/segments/${segments[0].id}/members`;
    const { items, total } = (await get(members)).json;
    const key = items.at(-1).key.customer_id as string;
    const scope = { customer_id: [key] };
    const { secret } = await createKey(mall.house.state, { name: 'own', role: 'viewer', scope });
    const page = `${MODEL}/entities/${key}`;
    const seen = await get(page, secret);
    assert.deepEqual([seen.status, seen.headers['cache-control']], [200, 'no-store']);
    const decided = await get(`${page}/decisions`, secret);
    assert.deepEqual([decided.status, decided.json.items.length], [200, 1], decided.body);
    assert.equal(decided.json.items[0].segment.id, seen.json.segment.id);
    assert.equal(decided.headers['cache-control'], 'no-store');

    const asked = {
      method: 'POST' as const,
      url: '/v1/erasures',
      body: { entity: 'customer', key },
      headers: { 'idempotency-key': 'erase them' },
    };
    assert.equal((await askAs(mall, 'approver', 'all', asked)).status, 403);
    const erased = await askAs(mall, 'admin', 'all', asked);
    assert.equal(erased.status, 200, erased.body);
    assert.equal(erased.json.records.keys, 1);

    assert.equal((await get(page)).json.code, 'UNKNOWN_KEY');
    assert.equal((await get(`${page}/decisions`)).json.code, 'UNKNOWN_KEY');
    assert.equal((await get(page, secret)).status, 401);
    assert.equal((await get(members)).json.total, total - 1);
    const predicted = await askAs(mall, 'admin', 'all', {
      method: 'POST',
      url: '/v1/models/customer-returns/predict',
      body: { keys: [{ customer_id: key }] },
    });
    assert.equal(predicted.json.code, 'UNKNOWN_KEY');
    const review = { model: 'customer-segments', key, reason: 'why?' };
    const again = { method: 'POST' as const, url: '/v1/reviews', body: review };
    assert.equal((await askAs(mall, 'admin', 'all', again)).json.code, 'UNKNOWN_KEY');
    const kept = await mall.house.state.query('SELECT 1 FROM idempotency WHERE key = $1', [
      'erase them',
    ]);
    assert.deepEqual(kept, [], 'a hash of the request would tell whose it was');
    assert.equal(await linesOf(mall, key), 0);
    assert.ok(!JSON.stringify((await get('/v1/erasures')).json).includes(`"${key}"`));
  });
}

/** Lines of the logs that name a customer. */
async function linesOf({ house }: Mall, key: string): Promise<number> {
  const folder = join(house.workspace.stateFolder, 'log');
  const names = (await readdir(folder, { recursive: true })).filter((name) =>
    name.endsWith('.jsonl'),
  );
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.join('').split(`"customer_id":"${key}"`).length - 1;
}
