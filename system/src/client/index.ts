import createFetchClient, { createQuerySerializer, type Client } from 'openapi-fetch';
import type { paths } from './generated/openapi.js';

export type { paths };
export interface ClientOptions {
  /** Such as http://127.0.0.1:8466 */
  address: string;
  /** Of `tino key create`; an app's key may see its own entities only. */
  key: string;
  language?: 'pt' | 'en';
}

/**
 * A client typed by the API's own description: `client.GET('/v1/models/{model}/forecast', { params: { path:
 * { model }, query: { key: { store_id: '20' }, horizon: 8 } } })` answers `{ data, error, response }`.
 */
export function createClient({ address, key, language }: ClientOptions): Client<paths> {
  return createFetchClient<paths>({
    baseUrl: address.replace(/\/+$/, ''),
    headers: {
      authorization: `Bearer ${key}`,
      ...(language !== undefined && { 'accept-language': language }),
    },
    querySerializer: (query) => serialize(withPrefixes(query as Query)),
  });
}

type Query = Readonly<Record<string, unknown>>;
const serialize = createQuerySerializer<Query>({ array: { style: 'form', explode: true } });

/** `{ key: { store_id: '20' } }` → `{ 'key.store_id': '20' }`. */
const withPrefixes = (query: Query): Query =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) =>
      isNames(value)
        ? Object.entries(value).map(([each, inner]) => [`${name}.${each}`, inner] as const)
        : [[name, value] as const],
    ),
  );

const isNames = (value: unknown): value is Query =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
