import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { createClient } from '../../src/client/index.js';
import { openState } from '../../src/store/open.js';
import { createKey } from '../../src/access/keys.js';
import { serve } from './process.js';
import { smallHouses } from './terminal.js';

const server = process.env['TINO_TEST_POSTGRES'];
const skip = server === undefined && 'TINO_TEST_POSTGRES names no server';

/** A database of its own, so that nothing of other tests is in it. */
async function freshDatabase(address: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `tino_apart_${process.pid}`;
  const root = await openState({ url: address });
  await root.query(`CREATE DATABASE ${name}`);
  const url = new URL(address);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await root.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await root.close();
    },
  };
}

test(
  'api and worker apart, over one PostgreSQL: what one is asked the other does',
  { skip },
  async () => {
    const folder = await smallHouses(800);
    const { url, drop } = await freshDatabase(server!);
    const env = { TINO_STATE: url };
    const api = await serve(folder, ['--only', 'api'], env);
    const worker = await serve(folder, ['--only', 'worker'], env);
    try {
      const state = await openState({ url });
      const { secret } = await createKey(state, { name: 'apart', role: 'admin' });
      await state.close();
      const client = createClient({ address: api.address, key: secret });
      const done = async (verb: 'build' | 'train', args: Record<string, unknown>) => {
        const sent = await client.POST('/v1/jobs', { body: { verb, args } });
        const id = sent.data!.job.id;
        for (;;) {
          const { data: job } = await client.GET('/v1/jobs/{id}', { params: { path: { id } } });
          if (job!.state === 'done') return;
          assert.ok(['queued', 'running'].includes(job!.state), JSON.stringify(job!.error));
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      };
      await done('build', {});
      await done('train', { model: 'house-price' });
      // The API was open before the model was: it serves it now, without a restart.
      const { data } = await client.GET('/v1/models/{model}', {
        params: { path: { model: 'house-price' } },
      });
      assert.equal(data?.champion, 1);
      const { data: ready } = await client.GET('/v1/ready');
      assert.deepEqual(ready, { ready: true, missing: [] });
    } finally {
      assert.equal(await worker.stop(), 0);
      assert.equal(await api.stop(), 0);
      await drop();
      await rm(dirname(folder), { recursive: true, force: true });
    }
  },
);
