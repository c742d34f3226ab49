import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { createClient } from '../../src/client/index.js';
import { serve, type Serving } from './process.js';
import { smallHouses, tino } from './terminal.js';

let folder: string;
let server: Serving;
before(async () => {
  folder = await smallHouses(1500);
  server = await serve(folder);
});
after(async () => {
  await server.stop();
  await rm(dirname(folder), { recursive: true, force: true });
});
const here = (...args: string[]) => tino([...args, '--json'], { folder });

test('a second process is told who has the folder open', async () => {
  const { code, errors } = await tino(['serve', '--port', '0'], { folder });
  assert.equal(code, 1);
  assert.match(errors, /WORKSPACE_LOCKED/);
  assert.match(errors, new RegExp(String(server.child.pid)));
});

test('the command line trains through the server that has the folder, and shows its progress', async () => {
  const built = await tino(['build'], { folder });
  assert.equal(built.code, 0, built.errors);
  const trained = await tino(['train', 'house-price'], { folder });
  assert.equal(trained.code, 0, trained.errors);
  assert.match(trained.out, /promoted/);
  assert.match(trained.errors, /\d+%/);
});

test('lists through the server are JSON for scripts', async () => {
  const models = await here('models');
  assert.equal(models.code, 0, models.errors);
  assert.deepEqual(
    models.json.map(({ name, champion }: { name: string; champion: number }) => [name, champion]),
    [['house-price', 1]],
  );
  const versions = await here('models', 'house-price');
  assert.equal(versions.json[0].version, 1);
  assert.equal((await here('runs')).json[0].status, 'finished');
  assert.equal((await here('jobs')).json[0].verb, 'train');
  assert.equal((await here('score', 'house-price')).json[0].rows, 1500);
  assert.equal((await here('check')).code, 0);
});

test('a version that a format cannot say is refused with the reason, and a wrong format', async () => {
  const to = join(folder, 'price.onnx');
  const linear = await here('export', 'house-price', '--as', 'onnx', '--to', to);
  assert.equal(linear.code, 1);
  assert.equal(JSON.parse(linear.errors).code, 'NOT_EXPORTABLE');
  const missing = await here('export', 'house-price', '--as', 'sql', '--to', to, '--version', '7');
  assert.equal(JSON.parse(missing.errors).code, 'UNKNOWN_VERSION');
  const wrong = await here('export', 'house-price', '--as', 'excel', '--to', to);
  assert.equal(wrong.code, 2);
});

test('a refusal through the server is the server’s own, with exit code 1', async () => {
  const { code, errors } = await here('promote', 'house-price', '99', '--reason', 'try');
  assert.equal(code, 1);
  assert.equal(JSON.parse(errors).code, 'UNKNOWN_VERSION');
  const unknown = await here('train', 'castle-price');
  assert.equal(unknown.code, 1);
  assert.equal(JSON.parse(unknown.errors).code, 'UNKNOWN_MODEL');
});

test('keys are made, used, listed and revoked; a link signs in once', async () => {
  const made = await here('key', 'create', 'app', '--role', 'viewer');
  assert.equal(made.code, 0, made.errors);
  const client = createClient({ address: server.address, key: made.json.secret });
  assert.equal((await client.GET('/v1/session')).data?.name, 'app');
  assert.ok((await here('key', 'list')).json.some(({ name }: { name: string }) => name === 'app'));
  assert.equal((await here('key', 'revoke', made.json.key.id)).code, 0);
  assert.equal((await client.GET('/v1/session')).error?.code, 'UNAUTHENTICATED');
  const token = server.link.split('token=')[1]!;
  const enter = () => client.POST('/v1/session', { body: { token } });
  assert.equal((await enter()).data?.role, 'admin');
  assert.equal((await enter()).error?.code, 'LINK_USED');
});

test('after kill -9 in the middle of a training, the next server takes it up and ends it', async () => {
  const { json: key } = await here('key', 'create', 'kill', '--role', 'admin');
  const ask = (address: string) => createClient({ address, key: key.secret });
  const sent = await ask(server.address).POST('/v1/jobs', {
    body: { verb: 'train', args: { model: 'house-price', force: true } },
  });
  const id = sent.data!.job.id;
  const stateOf = async () =>
    (await ask(server.address).GET('/v1/jobs/{id}', { params: { path: { id } } })).data!;
  const until = async (ends: (job: Awaited<ReturnType<typeof stateOf>>) => boolean) => {
    for (;;) {
      const job = await stateOf();
      if (ends(job)) return job;
      assert.notEqual(job.state, 'failed', JSON.stringify(job.error));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  await until(({ state, progress }) => state === 'running' && progress > 0);
  await server.stop('SIGKILL');
  server = await serve(folder);
  const { data: champion } = await ask(server.address).GET('/v1/models/{model}', {
    params: { path: { model: 'house-price' } },
  });
  assert.equal(champion?.champion, 1);
  const done = await until(({ state }) => state === 'done');
  assert.equal(done.attempt, 2);
  const versions = await here('models', 'house-price');
  assert.equal(versions.json.length, 2);
});

test('SIGTERM ends the server in order, and the folder is free', async () => {
  assert.equal(await server.stop(), 0);
  const models = await here('models');
  assert.equal(models.code, 0, models.errors);
  assert.equal(models.json[0].state, 'serving');
});
