import { TinoError } from '../contract/index.js';

/**
 * One page of a list that is made anew for each question: the cursor is the place of its first
 * item.
 */
export function pageFrom<T>(
  items: readonly T[],
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): { items: T[]; next: string | null } {
  const start = cursor === undefined ? 0 : placeOf(cursor);
  const end = start + limit;
  return { items: items.slice(start, end), next: end < items.length ? `at-${end}` : null };
}

function placeOf(cursor: string): number {
  const place = /^at-(\d{1,9})$/.exec(cursor)?.[1];
  if (place === undefined) throw new TinoError('BAD_CURSOR', { cursor });
  return Number(place);
}
