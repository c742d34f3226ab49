import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { openState } from '../../src/store/open.js';
import type { State } from '../../src/store/state.js';
import { freshState, type Fresh } from './fresh.js';

/** Gives a state and opens a second one on the same data where a store can do that. */
export interface Opened {
  state: State;
  another(): Promise<State>;
}

const url = process.env['TINO_TEST_POSTGRES'];

let shared: Promise<Fresh> | undefined;
after(async () => (await shared)?.remove());

/** One embedded state for all tests of a file, emptied, as opening one takes a second. */
async function emptied(): Promise<State> {
  const { state } = await (shared ??= freshState());
  const tables = await state.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> 'migrations'`,
  );
  await state.query(`TRUNCATE ${tables.map(({ name }) => name).join(', ')} RESTART IDENTITY`);
  return state;
}

/** Runs a test on the embedded state, and on a server when TINO_TEST_POSTGRES has its address. */
export function onBoth(name: string, work: (opened: Opened) => Promise<void>): void {
  test(`pglite: ${name}`, async () => {
    const state = await emptied();
    await work({ state, another: async () => state });
  });
  const skip = url ? false : 'TINO_TEST_POSTGRES holds no address of a server';
  test(`postgres: ${name}`, { skip }, async () => {
    // A schema of its own per test, chosen in the address, so that tests do not meet.
    const schema = `tino_${randomBytes(6).toString('hex')}`;
    const own = new URL(url!);
    own.searchParams.set('options', `-c search_path=${schema}`);
    const admin = await openServer(url!);
    await admin.query(`CREATE SCHEMA ${schema}`);
    const opened: State[] = [];
    const another = async () => {
      const state = await openState({ url: own.toString() });
      opened.push(state);
      return state;
    };
    try {
      await work({ state: await another(), another });
    } finally {
      for (const state of opened) await state.close();
      await admin.query(`DROP SCHEMA ${schema} CASCADE`);
      await admin.close();
    }
  });
}

async function openServer(address: string): Promise<State> {
  const { PostgresState } = await import('../../src/store/postgres.js');
  return PostgresState.open(address);
}
