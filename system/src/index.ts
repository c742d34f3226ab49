import type { Language } from './contract/words.js';
import type { Library } from './library.js';

export * from './workspace/declare.js';
export type * from './workspace/types.js';
export type { Library, LibraryModel } from './library.js';

/** The workspace of a folder as a typed library. Loaded on demand: declarations import this file too. */
export const open = async (
  folder: string,
  options: { language?: Language } = {},
): Promise<Library> => (await import('./library.js')).openLibrary(folder, options);
