import fastify from 'fastify';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attached } from '../../src/server/send-table.js';
import { sendTogether } from '../../src/server/send-together.js';

test('an answer that cannot be sent is an error of its own request; those beside it arrive', async () => {
  const app = fastify();
  sendTogether(app);
  app.get('/bad', async (_request, reply) => {
    reply.header('x-name', 'Clientes \u2212 fiéis');
    return { never: true };
  });
  app.get('/good/:n', async ({ params }) => params);
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  try {
    const paths = Array.from({ length: 23 }, (_, n) => (n % 5 === 3 ? '/bad' : `/good/${n}`));
    const answers = await Promise.all(
      paths.map(async (path) => {
        const response = await fetch(`${address}${path}`);
        return { path, status: response.status, body: await response.json() };
      }),
    );
    for (const { path, status, body } of answers)
      if (path === '/bad') assert.equal(status, 500);
      else assert.deepEqual([status, body], [200, { n: path.slice('/good/'.length) }]);
  } finally {
    await app.close();
  }
});

test('a file of any name is named in letters that a header may have', () => {
  const header = attached('clientes-campeões “A”.csv');
  assert.match(header, /^[\x20-\x7e]+$/);
  const [, name] = /filename\*=UTF-8''(.+)$/.exec(header)!;
  assert.equal(decodeURIComponent(name!), 'clientes-campeões “A”.csv');
});
