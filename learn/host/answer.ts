import { joinTeam, runTask } from '@tino/learn';
import type { WorkerAnswer, WorkerRequest } from './pool-worker.js';

/** What a worker of a pool does with a request, on either side of the wire. */
export async function answerTo(
  request: WorkerRequest,
  answer: (message: WorkerAnswer) => void,
): Promise<void> {
  if (request.kind === 'team') {
    joinTeam(request, request.thread);
    return;
  }
  const { id, task, input } = request;
  try {
    answer({ kind: 'done', id, result: await runTask(task, input) });
  } catch (error) {
    answer({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
}
