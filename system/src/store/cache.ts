import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What is only kept to save work: all of it can be deleted at any time and is made again. */
export const cacheFolder = (stateFolder: string): string => join(stateFolder, 'cache');

export const clearCache = (stateFolder: string): Promise<void> =>
  rm(cacheFolder(stateFolder), { recursive: true, force: true });
