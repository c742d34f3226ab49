import { useState } from 'react';

export type Theme = 'light' | 'dark';
const KEPT = 'tino.theme';

const ofSystem = (): Theme =>
  matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';

function chosen(): Theme | null {
  const kept = localStorage.getItem(KEPT);
  return kept === 'light' || kept === 'dark' ? kept : null;
}

function wear(theme: Theme): Theme {
  document.documentElement.dataset['theme'] = theme;
  return theme;
}

/** Before the first paint, and again whenever the system changes its mind and the reader has none. */
export function followSystemTheme(): void {
  wear(chosen() ?? ofSystem());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
    wear(chosen() ?? ofSystem()),
  );
}

/** The theme worn and a switch that the browser remembers. */
export function useTheme(): { theme: Theme; toggle(): void } {
  const [theme, choose] = useState<Theme>(() => chosen() ?? ofSystem());
  const toggle = () => {
    const next = theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem(KEPT, next);
    choose(wear(next));
  };
  return { theme, toggle };
}
