import type { Condition } from '@tino/system/contract';
import { useLocation, useSearch } from 'wouter';
import type { Params } from '../../api.js';

const PREFIXES = { oneOf: 'filter', atLeast: 'from', atMost: 'to' } as const;
const ASKS = { filter: 'oneOf', from: 'atLeast', to: 'atMost' } as const;

/** Conditions as the API and the address write them: `filter.city=Natal`, `from.frequency=3`. */
export function paramsOf(conditions: readonly Condition[]): Params {
  return Object.fromEntries(
    conditions.map(({ column, is, values }) => [`${PREFIXES[is]}.${column}`, values.map(String)]),
  );
}

/** Conditions that live in the address: a link carries them and Back undoes one. */
export function useConditions(): {
  conditions: Condition[];
  setConditions(next: readonly Condition[]): void;
} {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const query = new URLSearchParams(search);
  const conditions = [...new Set(query.keys())].flatMap((name): Condition[] => {
    const [, prefix, column] = /^(filter|from|to)\.(.+)$/.exec(name) ?? [];
    if (prefix === undefined || column === undefined) return [];
    return [{ column, is: ASKS[prefix as keyof typeof ASKS], values: query.getAll(name) }];
  });
  return {
    conditions,
    setConditions(next) {
      for (const name of Object.keys(paramsOf(conditions))) query.delete(name);
      for (const [name, values] of Object.entries(paramsOf(next)))
        for (const value of [values].flat()) query.append(name, String(value));
      const text = query.toString();
      navigate(text === '' ? path : `${path}?${text}`);
    },
  };
}
