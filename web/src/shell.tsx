import { createContext, useContext } from 'react';

interface Shell {
  openRail(): void;
}

/** What a page may ask of the frame around it. */
export const ShellContext = createContext<Shell>({ openRail: () => {} });

export const useShell = (): Shell => useContext(ShellContext);
