import { useEffect, useRef } from 'react';

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches('input, select, textarea, [contenteditable]');

/** Ctrl K jumps, `/` goes to the first filter, J and K walk rows, E exports, `?` lists these. */
export function useKeys(acts: { palette(): void; help(): void }): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        latest.current.palette();
        return;
      }
      if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('dialog[open]')) return;
      const act = keyActs[event.key] ?? (event.key === '?' ? () => latest.current.help() : null);
      if (act === null) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

const keyActs: Record<string, () => void> = {
  '/': () =>
    document
      .querySelector<HTMLElement>('.filters select, .filters summary, .filters input')
      ?.focus(),
  j: () => walk(1),
  k: () => walk(-1),
  e: () => document.querySelector<HTMLElement>('[data-export]')?.click(),
};

/** From the focused row to its neighbour; from nowhere, to the first row of the page. */
function walk(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-keys] tbody tr[tabindex]')];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  rows[at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))]?.focus();
}
