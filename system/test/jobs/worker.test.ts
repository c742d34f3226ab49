import assert from 'node:assert/strict';
import { TinoError } from '../../src/contract/error.js';
import type { Job } from '../../src/contract/index.js';
import { openQueue, type Queue } from '../../src/jobs/queue.js';
import { runWorker } from '../../src/jobs/worker.js';
import type { VerbEffects } from '../../src/ports/house.js';
import { onBoth } from '../store/both.js';

const order = { verb: 'train', args: { model: 'm' }, requestedBy: 'ana' };

async function until(queue: Queue, id: string, states: Job['state'][]): Promise<Job> {
  for (;;) {
    const job = (await queue.find(id))!;
    if (states.includes(job.state)) return job;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const untilStopped = async ({ stop }: VerbEffects): Promise<never> => {
  while (!stop.stopped) await new Promise((resolve) => setTimeout(resolve, 5));
  throw new TinoError('CANCELLED');
};

onBoth('a worker that sleeps wakes when a job is sent, and gives its result', async ({ state }) => {
  const queue = openQueue(state);
  const worker = runWorker({
    queue,
    pollMs: 3_600_000,
    async run(verb, args, { progress, by }) {
      progress({
        done: 0.5,
        message: { pt: 'a', en: 'a' },
        score: { candidate: 'c', fold: 1, value: 2 },
      });
      return { verb, args, by };
    },
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const { id } = await queue.send(order);
  const job = await until(queue, id, ['done', 'failed']);
  assert.deepEqual(job.result, { verb: 'train', args: { model: 'm' }, by: 'ana' });
  const kinds = (await queue.events(id)).map(({ kind }) => kind);
  assert.deepEqual(kinds, ['state', 'state', 'score', 'progress', 'state']);
  await worker.stop();
});

onBoth(
  'a failure is kept with its code, and one of the house is not tried again',
  async ({ state }) => {
    const queue = openQueue(state);
    const told: unknown[] = [];
    const causes = [new TinoError('UNKNOWN_MODEL', { model: 'x' }), new Error('a bug')];
    const worker = runWorker({
      queue,
      run: () => Promise.reject(causes.shift()!),
      onError: (cause) => told.push(cause),
    });
    const known = await until(queue, (await queue.send(order)).id, ['failed']);
    assert.equal((known.error as { code: string }).code, 'UNKNOWN_MODEL');
    const unknown = await until(queue, (await queue.send(order)).id, ['failed']);
    assert.deepEqual((unknown.error as { code: string }).code, 'INTERNAL');
    assert.match((unknown.error as { message: string }).message, /a bug/);
    assert.deepEqual([unknown.attempt, told.length], [1, 1]);
    await worker.stop();
  },
);

onBoth('cancelling stops the work that runs', async ({ state }) => {
  const queue = openQueue(state);
  let stopped = false;
  const worker = runWorker({
    queue,
    run: (_verb, _args, effects) => untilStopped(effects).finally(() => (stopped = true)),
  });
  const { id } = await queue.send(order);
  await until(queue, id, ['running']);
  assert.equal(await queue.cancel(id), true);
  while (!stopped) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal((await queue.find(id))?.state, 'cancelled');
  await worker.stop();
});

onBoth('a worker that ends gives its job back for another to do', async ({ state }) => {
  const queue = openQueue(state);
  const first = runWorker({ queue, run: (_verb, _args, effects) => untilStopped(effects) });
  const { id } = await queue.send(order);
  await until(queue, id, ['running']);
  await first.stop();
  assert.equal((await queue.find(id))?.state, 'queued');
  const second = runWorker({ queue, run: async () => 'whole' });
  assert.equal((await until(queue, id, ['done'])).result, 'whole');
  await second.stop();
});
