import type { Mall, ScopeName } from './house.js';
import type { Role } from '../../src/contract/index.js';

export interface Question {
  method: 'GET' | 'POST' | 'DELETE' | 'HEAD';
  url: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Reply {
  status: number;
  body: string;
  headers: Record<string, unknown>;
  /** As JSON gives it; undefined when the answer is not JSON. */
  json: ReturnType<typeof JSON.parse>;
}

/** Asks the server as the holder of a secret; without one, as nobody. */
export async function ask(
  { app }: Pick<Mall, 'app'>,
  { method, url, body, headers = {} }: Question,
  secret?: string,
): Promise<Reply> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const reply = await app.inject({
    method,
    url,
    headers: {
      ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { payload: text }),
  });
  const isJson = String(reply.headers['content-type']).includes('json') && reply.body !== '';
  return {
    status: reply.statusCode,
    body: reply.body,
    headers: reply.headers,
    json: isJson ? JSON.parse(reply.body) : undefined,
  };
}

export const askAs = (mall: Mall, role: Role, scope: ScopeName, question: Question) =>
  ask(mall, question, mall.keys[`${role} ${scope}`]);

export const get = (mall: Mall, url: string): Promise<Reply> =>
  askAs(mall, 'admin', 'all', { method: 'GET', url });
