import { useLocation, useSearch } from 'wouter';

export interface FilterState {
  /** First value of a filter, or undefined where it is not set. */
  value(name: string): string | undefined;
  /** Every value of a filter: a repeated key in the address. */
  values(name: string): string[];
  /** Null, an empty text or an empty list takes the filter away. */
  set(name: string, value: string | string[] | null): void;
  /** Takes these filters away, or all. */
  clear(names?: string[]): void;
}

/** Filters live in the address: a link carries them and Back undoes one. */
export function useFilters(): FilterState {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const query = new URLSearchParams(search);
  const go = (next: URLSearchParams) => {
    const text = next.toString();
    navigate(text === '' ? path : `${path}?${text}`);
  };
  return {
    value: (name) => query.get(name) ?? undefined,
    values: (name) => query.getAll(name),
    set(name, value) {
      const next = new URLSearchParams(search);
      next.delete(name);
      for (const one of [value].flat()) if (one) next.append(name, one);
      go(next);
    },
    clear(names) {
      const next = new URLSearchParams(search);
      for (const name of names ?? [...next.keys()]) next.delete(name);
      go(next);
    },
  };
}
