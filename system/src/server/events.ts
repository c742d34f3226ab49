import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Queue } from '../jobs/queue.js';

const POLL_MS = 500;

/** Server-sent events of a job from the beginning, or from `Last-Event-ID`, until it ends. */
export async function streamEvents(
  queue: Queue,
  job: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    connection: 'keep-alive',
  });
  let open = true;
  raw.on('close', () => (open = false));
  let after = Number(request.headers['last-event-id'] ?? 0) || 0;
  while (open) {
    for (const event of await queue.events(job, after)) {
      raw.write(`id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`);
      after = event.seq;
    }
    const now = await queue.find(job);
    if (now === undefined || (now.state !== 'queued' && now.state !== 'running')) {
      for (const event of await queue.events(job, after))
        raw.write(`id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`);
      raw.write(`event: end\ndata: ${JSON.stringify({ state: now?.state ?? 'cancelled' })}\n\n`);
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  raw.end();
}
