import { answerTo } from './answer.js';
import type { WorkerScope } from './browser-scope.js';
import type { WorkerRequest } from './pool-worker.js';

const scope = globalThis as unknown as WorkerScope;

scope.addEventListener('message', ({ data }) => {
  void answerTo(data as WorkerRequest, (message) => scope.postMessage(message, []));
});
// Whoever leads a team does not return to its event loop, without which a worker would not start.
scope.postMessage('ready', []);
