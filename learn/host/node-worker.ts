import { parentPort } from 'node:worker_threads';
import { joinTeam, runTask, type TeamWork } from '@tino/learn';

export type WorkerRequest =
  | ({ kind: 'team'; thread: number } & TeamWork)
  | { kind: 'task'; id: number; task: string; input: unknown };

export type WorkerAnswer =
  | { kind: 'done'; id: number; result: unknown }
  | { kind: 'failed'; id: number; message: string };

const answer = (message: WorkerAnswer) => parentPort!.postMessage(message, []);

parentPort!.on('message', (request: WorkerRequest) => {
  if (request.kind === 'team') joinTeam(request, request.thread);
  else void run(request);
});

async function run({ id, task, input }: WorkerRequest & { kind: 'task' }): Promise<void> {
  try {
    answer({ kind: 'done', id, result: await runTask(task, input) });
  } catch (error) {
    answer({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
}
