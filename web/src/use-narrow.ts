import { useSyncExternalStore } from 'react';

const narrow = matchMedia('(max-width: 720px)');

const listen = (changed: () => void) => {
  narrow.addEventListener('change', changed);
  return () => narrow.removeEventListener('change', changed);
};

/** Whether the page is laid out for a phone: figures are redrawn for it, not shrunk. */
export const useNarrow = (): boolean => useSyncExternalStore(listen, () => narrow.matches);
