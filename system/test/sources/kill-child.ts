import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ingest } from '../../src/sources/index.js';
import { openState } from '../../src/store/open.js';
import { effects, openHouse } from '../features/house.js';

/* Ingests two contents of one file in turn until it is killed, telling what was acknowledged. */
const folder = process.argv[2]!;
const state = await openState({ folder: join(folder, '.tino', 'state') });
const house = await openHouse(folder, { engines: 1, state });
for (let round = 0; ; round++) {
  const rows = round % 2 === 0 ? 1000 : 3000;
  const lines = Array.from({ length: rows }, (_, i) => `${i},${i * round}`);
  await writeFile(join(folder, 'data/rows.csv'), ['id,value', ...lines, ''].join('\n'));
  await ingest(house, 'all', effects);
  process.stdout.write(`${rows}\n`);
}
