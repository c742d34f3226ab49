/** A Tino server as an app sees it: JSON over HTTP, with a key of its own. */
export interface Tino {
  get<T>(path: string, query?: Query): Promise<T>;
  /** The same idempotency key with the same body is done once. */
  post<T>(path: string, body: unknown, idempotencyKey?: string): Promise<T>;
}
type Query = Record<string, string | number>;

export interface Connection {
  /** Such as http://127.0.0.1:7777 */
  address: string;
  /** Of `tino key create`; an app's key sees its own entities only. */
  key: string;
  language?: 'pt' | 'en';
}

/** What a server answers when it does not answer the question. */
export class TinoAnswer extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly next?: string,
  ) {
    super(message);
  }
}

export function connect({ address, key, language = 'pt' }: Connection): Tino {
  const call = async <T>(path: string, init: RequestInit, query: Query = {}): Promise<T> => {
    const url = new URL(path, address);
    for (const [name, value] of Object.entries({ ...query, lang: language })) {
      url.searchParams.set(name, String(value));
    }
    const response = await fetch(url, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${key}` },
    });
    const answer = (await response.json()) as T & { code: string; message: string; next?: string };
    if (response.ok) return answer;
    throw new TinoAnswer(response.status, answer.code, answer.message, answer.next);
  };
  return {
    get: (path, query) => call(path, {}, query),
    post: (path, body, idempotencyKey) =>
      call(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          'content-type': 'application/json',
          ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
        },
      }),
  };
}

/** The sentence of an answer as plain text. */
export const sentenceOf = ({ sentence }: { sentence: { text: string }[] }): string =>
  sentence.map(({ text }) => text).join('');
