import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where declarations find the house's own packages, wherever the workspace's folder is. */
export const aliases: Record<string, string> = {
  '@tino/system': join(dist, 'src', 'index.js'),
  '@tino/learn': fileURLToPath(import.meta.resolve('@tino/learn')),
};
