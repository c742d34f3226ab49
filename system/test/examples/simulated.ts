import { createJiti } from 'jiti';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, from dist/test/examples. */
export const top = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..');
export const examples = join(top, 'examples');

export type Cell = string | number | null;
export interface SimulatedTable {
  table: string;
  columns: string[];
  rows: Cell[][];
}
interface Options {
  seed?: number;
  rows?: number;
  until?: string;
}
type Simulate = (
  options: Options,
) => { table: string; columns: string[]; rows: Iterable<Cell[]> }[];

const jiti = createJiti(import.meta.url);

/** The default function of examples/NAME/simulate.ts. */
export const simulated = (name: string): Promise<Simulate> =>
  jiti.import<Simulate>(join(examples, name, 'simulate.ts'), { default: true });

/** The tables of one example, with their rows read into memory. */
export async function simulatedTables(name: string, options: Options): Promise<SimulatedTable[]> {
  const simulate = await simulated(name);
  return simulate(options).map((table) => ({ ...table, rows: [...table.rows] }));
}
