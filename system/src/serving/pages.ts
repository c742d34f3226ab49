import { TinoError } from '../contract/index.js';

/**
 * One page of a list that is made anew for each question: the cursor is the place of its first
 * item, and where the list has a name, that name, so that no page goes on in another list.
 */
export function pageFrom<T>(
  items: readonly T[],
  { cursor, limit, list = '' }: { cursor?: string | undefined; limit: number; list?: string },
): { items: T[]; next: string | null } {
  const start = cursor === undefined ? 0 : placeOf(cursor, list);
  const end = start + limit;
  const named = list === '' ? '' : `-${list}`;
  return { items: items.slice(start, end), next: end < items.length ? `at-${end}${named}` : null };
}

function placeOf(cursor: string, list: string): number {
  const [, place, of = ''] = /^at-(\d{1,9})(?:-(.+))?$/.exec(cursor) ?? [];
  if (place === undefined || of !== list) throw new TinoError('BAD_CURSOR', { cursor });
  return Number(place);
}
