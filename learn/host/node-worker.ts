import { parentPort } from 'node:worker_threads';
import { answerTo } from './answer.js';
import type { WorkerRequest } from './pool-worker.js';

parentPort!.on('message', (request: WorkerRequest) => {
  void answerTo(request, (message) => parentPort!.postMessage(message, []));
});
