import { useFilters } from '../../parts/filters.js';

/** The open segment lives in the address as `segment=`. */
export function useOpenSegment(): { open: string | undefined; setOpen(id: string | null): void } {
  const filters = useFilters();
  return { open: filters.value('segment'), setOpen: (id) => filters.set('segment', id) };
}
