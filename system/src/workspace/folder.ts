import { join, resolve } from 'node:path';

/** What the system owns of a workspace: state, tables, artifacts, logs. */
export const stateFolderOf = (folder: string): string => join(resolve(folder), '.tino');
