import assert from 'node:assert/strict';
import { TinoError } from '../../src/contract/error.js';
import { openQueue, type Taken } from '../../src/jobs/queue.js';
import { countJobs } from '../../src/jobs/list.js';
import type { State } from '../../src/store/state.js';
import { onBoth } from '../store/both.js';

const order = (n: number) => ({ verb: 'score', args: { n }, requestedBy: 'test' });
const error = new TinoError('INTERNAL', { id: 'x' }).answer('en');

const take = async (state: State): Promise<Taken> => {
  const job = await openQueue(state).take('worker', 60);
  assert.ok(job, 'there was no job to take');
  return job;
};
/** As if the worker's time had passed. */
const expire = (state: State, { id }: Taken) =>
  state.query(`UPDATE jobs SET lease_until = now() - interval '1 second' WHERE id = $1`, [id]);
const dueNow = (state: State) => state.query('UPDATE jobs SET run_at = now()');

onBoth('a job is sent, taken, tells its progress and is done', async ({ state }) => {
  const queue = openQueue(state);
  const sent = await queue.send(order(1));
  assert.deepEqual([sent.state, sent.args, sent.progress], ['queued', { n: 1 }, 0]);
  const job = await take(state);
  assert.deepEqual([job.id, job.attempt, job.args], [sent.id, 1, { n: 1 }]);
  const message = { pt: 'metade', en: 'half' };
  await queue.progress(job, [
    { kind: 'score', candidate: 'ridge', fold: 0, value: 0.5 },
    { kind: 'progress', progress: 0.5, message },
  ]);
  assert.deepEqual((await queue.find(job.id))?.message, message);
  assert.equal(await queue.done(job, { rows: 3 }), true);
  const done = (await queue.find(job.id))!;
  assert.deepEqual([done.state, done.progress, done.result], ['done', 1, { rows: 3 }]);
  const events = await queue.events(job.id);
  assert.deepEqual(
    events.map(({ kind, state: to }) => to ?? kind),
    ['queued', 'running', 'score', 'progress', 'done'],
  );
  assert.deepEqual(await queue.events(job.id, events[3]!.seq), events.slice(4));
});

onBoth('two workers never take one job', async ({ state, another }) => {
  const queues = [openQueue(state), openQueue(await another())];
  for (let n = 0; n < 20; n++) await queues[0]!.send(order(n));
  const taken: string[] = [];
  await Promise.all(
    queues.map(async (queue, index) => {
      for (;;) {
        const job = await queue.take(`worker ${index}`, 60);
        if (!job) return;
        taken.push(job.id);
      }
    }),
  );
  assert.equal(taken.length, 20);
  assert.equal(new Set(taken).size, 20);
});

onBoth(
  'the job of a worker that was killed is taken again, and its late end is refused',
  async ({ state }) => {
    const queue = openQueue(state);
    await queue.send(order(1));
    const first = await take(state);
    assert.equal(await queue.take('other', 60), undefined);
    await expire(state, first);
    const second = await take(state);
    assert.deepEqual([second.id, second.attempt], [first.id, 2]);
    assert.equal(await queue.beat(first, 60), false);
    assert.equal(await queue.done(first, 'late'), false);
    assert.equal(await queue.fail(first, error, { retryable: true }), false);
    assert.equal(await queue.beat(second, 60), true);
    assert.equal(await queue.done(second, 'right'), true);
    assert.equal((await queue.find(first.id))?.result, 'right');
  },
);

onBoth('a job that kills each worker fails in the end', async ({ state }) => {
  const queue = openQueue(state);
  await queue.send({ ...order(1), attemptsMax: 2 });
  const first = await take(state);
  await expire(state, first);
  await expire(state, await take(state));
  assert.equal(await queue.take('third', 60), undefined);
  const failed = (await queue.find(first.id))!;
  assert.deepEqual([failed.state, (failed.error as { code: string }).code], ['failed', 'INTERNAL']);
});

onBoth('only a failure that may pass is tried again, later and not for ever', async ({ state }) => {
  const queue = openQueue(state);
  const { id } = await queue.send({ ...order(1), attemptsMax: 2 });
  assert.equal(await queue.fail(await take(state), error, { retryable: true }), true);
  assert.equal((await queue.find(id))?.state, 'queued');
  assert.equal(await queue.take('too early', 60), undefined);
  await dueNow(state);
  await queue.fail(await take(state), error, { retryable: true });
  assert.deepEqual((await queue.find(id))?.state, 'failed');
  const other = await queue.send(order(2));
  await queue.fail(await take(state), error, { retryable: false });
  assert.deepEqual((await queue.find(other.id))?.error, error);
  assert.equal((await queue.find(other.id))?.state, 'failed');
});

onBoth(
  'a cancelled job is not taken, and one that runs is taken from its worker',
  async ({ state }) => {
    const queue = openQueue(state);
    const waiting = await queue.send(order(1));
    assert.equal(await queue.cancel(waiting.id), true);
    assert.equal(await queue.take('worker', 60), undefined);
    await queue.send(order(2));
    const running = await take(state);
    assert.equal(await queue.cancel(running.id), true);
    assert.equal(await queue.beat(running, 60), false);
    assert.equal(await queue.done(running, 1), false);
    assert.equal(await queue.cancel(running.id), false);
    assert.deepEqual(await countJobs(state), {
      queued: 0,
      running: 0,
      done: 0,
      failed: 0,
      cancelled: 2,
    });
  },
);

onBoth('the same key while a job is active gives that job', async ({ state }) => {
  const queue = openQueue(state);
  const first = await queue.send({ ...order(1), key: 'same' });
  assert.equal((await queue.send({ ...order(2), key: 'same' })).id, first.id);
  await queue.done(await take(state), null);
  assert.notEqual((await queue.send({ ...order(3), key: 'same' })).id, first.id);
});

onBoth('a job for later waits, and jobs come in the order they fell due', async ({ state }) => {
  const queue = openQueue(state);
  await queue.send({ ...order(1), runAt: new Date(Date.now() + 3_600_000) });
  const early = await queue.send({ ...order(2), runAt: new Date(Date.now() - 3_600_000) });
  const now = await queue.send(order(3));
  assert.deepEqual([(await take(state)).id, (await take(state)).id], [early.id, now.id]);
  assert.equal(await queue.take('worker', 60), undefined);
});

onBoth('lists are pages, newest first', async ({ state }) => {
  const queue = openQueue(state);
  const ids = [];
  for (let n = 0; n < 5; n++) ids.unshift((await queue.send(order(n))).id);
  await queue.send({ ...order(9), requestedBy: 'someone else' });
  const first = await queue.list({ limit: 3, requestedBy: 'test' });
  assert.deepEqual([first.items.map(({ id }) => id), first.total], [ids.slice(0, 3), 5]);
  const second = await queue.list({ limit: 3, requestedBy: 'test', cursor: first.next! });
  assert.deepEqual([second.items.map(({ id }) => id), second.next], [ids.slice(3), null]);
  await assert.rejects(queue.list({ limit: 3, cursor: "'" }), TinoError);
});
