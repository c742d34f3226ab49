import type { ErrorAnswer } from '@tino/system/contract';

export type Params = Record<string, string | number | string[] | undefined>;

/** A failure as the API tells it: what, which value, what next. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly next: string,
  ) {
    super(message);
  }
}

const first = readFirst();

/** The first answers came inside the HTML: each is used once, then asked anew. */
function readFirst(): Map<string, unknown> {
  const text = document.getElementById('tino-first')?.textContent;
  return new Map(Object.entries(text ? (JSON.parse(text) as Record<string, unknown>) : {}));
}

/** The answer that came with the page, if it is in the asked language. */
export function takeFirst<T>(path: string): T | undefined {
  const answer = first.get(path) as T | undefined;
  first.delete(path);
  return answer;
}

/** The same, left in place for others. */
export const peekFirst = <T>(path: string): T | undefined => first.get(path) as T | undefined;

export const get = <T>(path: string, params: Params = {}): Promise<T> =>
  ask<T>('GET', addressOf(path, params));

/** POST, DELETE…; a POST carries a new idempotency key, so that a repeated click acts once. */
export const send = <T>(method: string, path: string, body?: unknown): Promise<T> =>
  ask<T>(method, addressOf(path, {}), body);

/** Live events of a job: the address that an EventSource opens. */
export const eventsOf = (job: string): string =>
  addressOf(`/v1/jobs/${encodeURIComponent(job)}/events`, {});

/** Path with its query, in the page's language: also for links that the browser follows itself. */
export function addressOf(path: string, params: Params): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== '') query.append(name, String(one));
  query.set('lang', document.documentElement.lang.startsWith('en') ? 'en' : 'pt');
  return `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

async function ask<T>(method: string, address: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method === 'POST') headers['idempotency-key'] = newKey();
  const response = await reach(address, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw failureOf(response, answer as ErrorAnswer | null);
  return answer as T;
}

// randomUUID exists only in secure contexts; a shop's server is often plain http on its own network.
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

async function reach(address: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(address, options);
  } catch {
    const english = address.includes('lang=en');
    throw new ApiError(
      0,
      'UNREACHABLE',
      english ? 'the server did not answer' : 'o servidor não respondeu',
      english ? 'check that it is running and try again' : 'veja se está no ar e tente de novo',
    );
  }
}

const failureOf = (response: Response, answer: ErrorAnswer | null) =>
  new ApiError(
    response.status,
    answer?.code ?? `HTTP_${response.status}`,
    answer?.message ?? response.statusText,
    answer?.next ?? '',
  );
