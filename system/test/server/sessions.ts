import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSignInLink } from '../../src/access/sessions.js';
import { createKey, revokeKey } from '../../src/access/keys.js';
import { ask, askAs } from './asking.js';
import { IN, OWNER, type Mall } from './house.js';

const enter = (token: string) => ({
  method: 'POST' as const,
  url: '/v1/session',
  body: { token },
});
const whoAmI = { method: 'GET' as const, url: '/v1/session' };

/** Keys, the one-time link, the cookie, and what the pages carry inside them. */
export function sessions(open: () => Mall): void {
  /** The cookie that a browser would send back. */
  const signIn = async (scope: Record<string, string[]> = {}) => {
    const mall = open();
    const link = await createSignInLink(mall.house.state, { role: 'admin', scope });
    const reply = await ask(mall, enter(link));
    assert.equal(reply.status, 200, reply.body);
    const given = String(reply.headers['set-cookie']);
    return { link, given, cookie: given.split(';')[0]! };
  };

  test('a key of one member lists that member of its segment only, as page and as file', async () => {
    const mall = open();
    const base = '/v1/models/customer-segments/segments';
    const { segments } = JSON.parse(
      (await askAs(mall, 'admin', 'all', { method: 'GET', url: base })).body,
    );
    const url = `${base}/${segments[0].id}/members`;
    const { items } = JSON.parse((await askAs(mall, 'admin', 'all', { method: 'GET', url })).body);
    assert.ok(items.length > 1, 'the segment has members to hide');
    const customer = items[0].key.customer_id;
    const scope = { customer_id: [customer] };
    const { secret } = await createKey(mall.house.state, { name: 'one', role: 'analyst', scope });
    const page = JSON.parse((await ask(mall, { method: 'GET', url }, secret)).body);
    assert.deepEqual(
      page.items.map(({ key }: { key: { customer_id: string } }) => key.customer_id),
      [customer],
    );
    const file = await ask(mall, { method: 'GET', url: `${url}?format=csv` }, secret);
    assert.ok(file.body.includes(customer));
    assert.ok(!file.body.includes(items[1].key.customer_id));
  });

  test('a revoked key stops at once', async () => {
    const mall = open();
    const { key, secret } = await createKey(mall.house.state, { name: 'short', role: 'viewer' });
    assert.equal((await ask(mall, whoAmI, secret)).status, 200);
    await revokeKey(mall.house.state, key.id);
    assert.equal((await ask(mall, whoAmI, secret)).status, 401);
  });

  test('a key that is nobody’s, or in another form, opens nothing', async () => {
    const mall = open();
    for (const secret of ['', 'tino_nobody', `${OWNER}x`])
      assert.equal((await ask(mall, whoAmI, secret)).status, 401);
    const basic = await ask(mall, { ...whoAmI, headers: { authorization: 'Basic abc' } });
    assert.equal(basic.status, 401);
    assert.equal((await ask(mall, whoAmI, OWNER)).json.role, 'admin');
  });

  test('a sign-in link opens one session, whoever comes first', async () => {
    const mall = open();
    const link = await createSignInLink(mall.house.state, { role: 'viewer' });
    const both = await Promise.all([ask(mall, enter(link)), ask(mall, enter(link))]);
    assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 401]);
    assert.equal((await ask(mall, enter(link))).json.code, 'LINK_USED');
  });

  test('a link that has expired opens nothing', async () => {
    const mall = open();
    const link = await createSignInLink(mall.house.state, { role: 'viewer' });
    await mall.house.state.query(`update sign_in_links set expires_at = now() - interval '1 second'
      where used_at is null`);
    assert.equal((await ask(mall, enter(link))).json.code, 'LINK_USED');
  });

  test('the cookie is out of reach of scripts, and ends with the session', async () => {
    const mall = open();
    const { given, cookie } = await signIn();
    assert.match(given, /HttpOnly/);
    assert.match(given, /SameSite=Lax/);
    assert.match(given, /Path=\//);
    assert.equal((await ask(mall, { ...whoAmI, headers: { cookie } })).json.role, 'admin');
    const out = { method: 'DELETE' as const, url: '/v1/session', headers: { cookie } };
    assert.equal((await ask(mall, out)).status, 204);
    assert.equal((await ask(mall, { ...whoAmI, headers: { cookie } })).status, 401);
  });

  test('another site may not use a session to change anything', async () => {
    const mall = open();
    const { cookie } = await signIn();
    const change = (origin?: string) =>
      ask(mall, {
        method: 'POST',
        url: '/v1/keys/link',
        body: { role: 'viewer' },
        headers: { cookie, host: 'shop.example', ...(origin !== undefined && { origin }) },
      });
    assert.equal((await change('https://evil.example')).status, 400);
    assert.equal((await change('null')).status, 400);
    assert.equal((await change('http://shop.example')).status, 201);
    assert.equal((await change()).status, 201);
  });

  test('a page carries what its session may see, and nothing for nobody', async () => {
    const mall = open();
    const page = async (cookie?: string) => {
      const headers: Record<string, string> = cookie === undefined ? {} : { cookie };
      const { body, status } = await ask(mall, { method: 'GET', url: '/', headers });
      assert.equal(status, 200);
      return body;
    };
    const all = await page((await signIn()).cookie);
    const own = await page((await signIn({ restaurant_id: [IN] })).cookie);
    assert.match(all, /house-price/);
    assert.match(own, /dish-price/);
    assert.doesNotMatch(own, /house-price|customer-segments/);
    const { json } = await askAs(mall, 'admin', 'all', {
      method: 'GET',
      url: '/v1/models/ingredient-price/forecast',
    });
    const others: string[] = json.filters.restaurant_name.filter(
      (name: string) => !own.includes(name),
    );
    assert.ok(others.length >= json.filters.restaurant_name.length - 1);
    const empty = await page();
    assert.match(empty, /<!--first-->/);
    assert.equal(await page('tino_session=nobody'), empty);
    const first = /<script type="application\/json" id="tino-first">(.*?)<\/script>/s.exec(
      all,
    )?.[1];
    assert.deepEqual(Object.keys(JSON.parse(first ?? '{}')).toSorted(), [
      '/v1/models',
      '/v1/session',
      '/v1/today',
    ]);
  });

  test('a page’s address names nothing outside its folder', async () => {
    const mall = open();
    for (const url of ['/assets/../index.html', '/assets/%2e%2e/index.html', '/assets/none.js'])
      assert.ok((await ask(mall, { method: 'GET', url })).status >= 400, url);
  });

  test('jobs of others are not in the list of a key with a scope', async () => {
    const mall = open();
    const job = await mall.queue.send({ verb: 'check', requestedBy: 'someone else' });
    const all = (await askAs(mall, 'admin', 'all', { method: 'GET', url: '/v1/jobs' })).json;
    assert.ok(all.items.some(({ id }: { id: string }) => id === job.id));
    const sent = await askAs(mall, 'admin', 'out', {
      method: 'POST',
      url: '/v1/models/dish-price/train',
      body: { key: { restaurant_id: '13' } },
    });
    const own = (await askAs(mall, 'admin', 'out', { method: 'GET', url: '/v1/jobs' })).json;
    assert.ok(own.items.length > 0);
    assert.ok(own.items.every(({ id }: { id: string }) => id !== job.id));
    assert.deepEqual(own.schedule, []);
    if (sent.json.job)
      assert.ok(own.items.some(({ id }: { id: string }) => id === sent.json.job.id));
    await mall.queue.cancel(job.id);
  });
}
