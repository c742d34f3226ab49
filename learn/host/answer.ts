import { joinTeam } from '../src/kernel/engine.js';
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
    // Not before it is asked for: to be in a team takes three files, a task all three hundred (17 MB).
    const { runTask } = await import('../src/tasks.js');
    answer({ kind: 'done', id, result: await runTask(task, input) });
  } catch (error) {
    answer({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
}
