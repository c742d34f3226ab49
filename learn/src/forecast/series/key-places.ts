export const indexKeys = (keys: readonly string[]): ReadonlyMap<string, number> =>
  new Map(keys.map((key, i) => [key, i]));

const indexes = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/**
 * Place of a key in a list that is part of plain data and does not change; -1 when it is not there.
 * The first question makes an index: one a series would read the whole list each time.
 */
export function placeOf(keys: readonly string[], key: string): number {
  let index = indexes.get(keys);
  if (index === undefined) indexes.set(keys, (index = indexKeys(keys)));
  return index.get(key) ?? -1;
}
