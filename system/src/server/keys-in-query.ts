import type { Condition } from '../contract/conditions.js';

/** `key.restaurant_id=12&key.item_id=7` → `{ restaurant_id: '12', item_id: '7' }`; undefined without any. */
export function keyOf(
  query: Readonly<Record<string, unknown>>,
): Record<string, string> | undefined {
  const entries = Object.entries(query).filter(([name]) => name.startsWith('key.'));
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(4), String(value)]));
}

/** Query parameters of any column, by what they ask of it. */
const CONDITIONS = { filter: 'oneOf', from: 'atLeast', to: 'atMost' } as const;

/** `filter.type=A&filter.type=B&from.price=5` → type is one of A and B, and price is 5 or more. */
export function conditionsOf(query: Readonly<Record<string, unknown>>): Condition[] {
  return Object.entries(query).flatMap(([name, value]) => {
    const [, prefix, column] = /^(filter|from|to)\.(.+)$/s.exec(name) ?? [];
    if (prefix === undefined || column === undefined) return [];
    const is = CONDITIONS[prefix as keyof typeof CONDITIONS];
    return [{ column, is, values: [value].flat().map(String) }];
  });
}

/** `filter.type=A&filter.type=B` → `{ type: ['A', 'B'] }`. */
export function filtersOf(query: Readonly<Record<string, unknown>>): Record<string, string[]> {
  const asked = conditionsOf(query).filter(({ is }) => is === 'oneOf');
  return Object.fromEntries(asked.map(({ column, values }) => [column, values.map(String)]));
}
