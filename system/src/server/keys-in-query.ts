/** `key.restaurant_id=12&key.item_id=7` → `{ restaurant_id: '12', item_id: '7' }`; undefined without any. */
export function keyOf(
  query: Readonly<Record<string, unknown>>,
): Record<string, string> | undefined {
  const entries = Object.entries(query).filter(([name]) => name.startsWith('key.'));
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(4), String(value)]));
}

/** `filter.type=A&filter.type=B` → `{ type: ['A', 'B'] }`. */
export function filtersOf(query: Readonly<Record<string, unknown>>): Record<string, string[]> {
  const entries = Object.entries(query).filter(([name]) => name.startsWith('filter.'));
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name.slice(7),
      (Array.isArray(value) ? value : [value]).map(String),
    ]),
  );
}
