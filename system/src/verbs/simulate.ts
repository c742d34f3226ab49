import { createJiti } from 'jiti';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TinoError } from '../contract/error.js';
import type { VerbEffects } from '../ports/house.js';
import { aliases } from '../workspace/aliases.js';
import { step } from './effects.js';
import { writeTables, type Table } from './write-tables.js';

interface Options {
  seed: number;
  /** Last day with data. */
  until: string;
  /** Rows over all tables of a part, about; the simulator's own size when absent. */
  rows?: number;
}

/** Writes data/*.csv by the part's own simulator where the folder is not there yet; answers the rows. */
export async function simulate(
  parts: readonly { name: string; folder: string }[],
  { force = false, ...options }: Options & { force?: boolean },
  effects: Pick<VerbEffects, 'progress'>,
): Promise<number> {
  let rows = 0;
  for (const [i, { name, folder }] of parts.entries()) {
    const file = join(folder, 'simulate.ts');
    const data = join(folder, 'data');
    if (!existsSync(file) || (!force && existsSync(data))) continue;
    effects.progress(step(i / parts.length, `Simulando ${name}`, `Simulating ${name}`));
    const loaded = (await createJiti(import.meta.url, { alias: aliases }).import(file)) as {
      default?: unknown;
    };
    if (typeof loaded.default !== 'function')
      throw new TinoError('CONFIG_BROKEN', { file, detail: 'it has no default function' });
    const tables = loaded.default(options) as Iterable<Table>;
    rows += await writeTables(tables, data);
  }
  return rows;
}
