import type { FastifyInstance } from 'fastify';

/** More would let the first of them wait for the making of the last. */
const TOGETHER_MAX = 4;

/**
 * Answers made in one turn of the loop leave a few together: a write to a client that sleeps wakes it,
 * which costs more than most answers, and one that was just woken need not be woken again. One that
 * cannot be sent, for a header that HTTP does not allow, becomes an error of its own request.
 */
export function sendTogether(app: FastifyInstance): void {
  let waiting: (() => void)[] = [];
  const send = () => {
    const ready = waiting;
    waiting = [];
    for (const one of ready) one();
  };
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (waiting.length === 0) setImmediate(send);
    waiting.push(() => {
      try {
        done(null, payload);
      } catch (error) {
        void reply.send(error);
      }
    });
    if (waiting.length >= TOGETHER_MAX) send();
  });
}
