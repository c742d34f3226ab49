/** Commits rows for ever and prints each number once its commit was acknowledged. */
import { argv, stdout } from 'node:process';
import { openState } from '../../src/store/open.js';

const state = await openState({ folder: argv[2]! });
const start = Number(argv[3]);
for (let n = start; ; n++) {
  await state.transaction(async (tx) => {
    await tx.query('INSERT INTO settings VALUES ($1, $2::jsonb)', [`n${n}`, String(n)]);
    await tx.query('INSERT INTO audit (id, who, action, subject) VALUES ($1, $1, $1, $1)', [
      `n${n}`,
    ]);
  });
  stdout.write(`${n}\n`);
}
