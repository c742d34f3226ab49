import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { seeded } from '@tino/learn';
import { openEngine } from '../../src/engine/open.js';
import { currentTable } from '../../src/sources/index.js';
import { openState } from '../../src/store/open.js';
import { loadWorkspace } from '../../src/workspace/load.js';
import { writeWorkspace } from '../features/house.js';

const config = `
import { defineWorkspace, integer, source } from '@tino/system';
export default defineWorkspace({ name: 'killed', sources: {
  rows: source({ files: 'data/rows.csv', key: 'id', columns: { id: integer(), value: integer() } }) } });
`;
const child = fileURLToPath(new URL('./kill-child.js', import.meta.url));

test(
  'kill -9 during ingest leaves a whole table: the last acknowledged one or the next',
  { timeout: 120_000 },
  async () => {
    const rng = seeded(11);
    const folder = await writeWorkspace({
      'tino.config.ts': config,
      'data/rows.csv': 'id,value\n1,1\n',
    });
    const workspace = await loadWorkspace(folder);
    try {
      for (let round = 0; round < 2; round++) {
        const acknowledged = await runUntilKilled(folder, 40 + rng.below(400));
        const state = await openState({ folder: join(folder, '.tino', 'state') });
        const table = await currentTable({ workspace, state }, 'source', 'rows');
        await state.close();
        assert.ok(table, 'what was acknowledged is there');
        const engine = await openEngine();
        const session = await engine.session();
        await session.attach('rows', table.files);
        const [counted] = await session.all('SELECT count(*) AS n FROM rows');
        await engine.close();
        assert.equal(counted!['n'], table.rows, 'its file is whole');
        assert.ok([1000, 3000].includes(table.rows));
        assert.ok(acknowledged > 0);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);

/** @returns the rows acknowledged last */
async function runUntilKilled(folder: string, afterFirstMs: number): Promise<number> {
  const running = spawn(process.execPath, [child, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  running.stdout.on('data', (text) => (said += text));
  const exited = once(running, 'exit');
  await Promise.race([once(running.stdout, 'data'), exited]);
  await sleep(afterFirstMs);
  running.kill('SIGKILL');
  await exited;
  return Number(said.trim().split('\n').at(-1));
}
