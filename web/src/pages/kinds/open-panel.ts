import type { FilterState } from '../../parts/filters.js';

const NARROW_PX = 1080;

/** Opens an item beside its list; where the panel stands above the list, goes up to it. */
export function openPanel(filters: FilterState, item: string): void {
  filters.set('item', item);
  if (innerWidth <= NARROW_PX) scrollTo({ top: 0 });
}
