import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What decides what is forecast of a series: the engine, and this room, which hands it series. */
const folders = () => [
  dirname(fileURLToPath(import.meta.resolve('@tino/learn'))),
  import.meta.dirname,
];

let standing: Promise<string> | undefined;

/**
 * One hash of the code that forecasts come from, whatever version it calls itself: other code may
 * say something else of the same series. Made once a process.
 */
export const codeHash = (): Promise<string> => (standing ??= hashOfCode(folders()));

/** Of the names and the content of all compiled files below some folders. */
export async function hashOfCode(places: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const place of places) {
    const names = await readdir(place, { recursive: true });
    for (const name of names.filter((one) => one.endsWith('.js')).sort()) {
      const content = await readFile(join(place, name));
      hash.update(`${name} ${content.length}\n`).update(content);
    }
  }
  return hash.digest('hex');
}
