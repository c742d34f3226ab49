import { PGlite } from '@electric-sql/pglite';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openEngine } from '../../src/engine/open.js';
import { lendEngines } from '../../src/ports/engines.js';
import type { House, VerbEffects } from '../../src/ports/house.js';
import { createPrivacyKey } from '../../src/sources/pseudonyms.js';
import { parsers } from '../../src/store/encode.js';
import { migrate } from '../../src/store/migrate.js';
import type { State } from '../../src/store/state.js';
import { loadWorkspace } from '../../src/workspace/load.js';

export const effects: VerbEffects = { progress: () => {}, stop: { stopped: false }, by: 'test' };

/** A workspace written to a folder of its own: files by path, as text or bytes. */
export async function writeWorkspace(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tino-test-'));
  await addFiles(folder, files);
  return folder;
}

export async function addFiles(folder: string, files: Record<string, string | Uint8Array>) {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

export interface TestHouse extends House {
  /** What the clock says until told otherwise. */
  clock: { now: Date };
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** A house over a folder, with its state in memory and a clock that stands still. */
export async function openHouse(
  folder: string,
  {
    now = '2026-11-01T12:00:00Z',
    engines = 2,
    state: given,
  }: { now?: string; engines?: number; state?: State } = {},
): Promise<TestHouse> {
  const state = given ?? (await memoryState());
  const lent = lendEngines(openEngine, { count: engines });
  const clock = { now: new Date(now) };
  const privacyKeyFile = join(folder, 'privacy.key');
  await createPrivacyKey(privacyKeyFile);
  const silent = () => {};
  const house: TestHouse = {
    workspace: await loadWorkspace(folder),
    state,
    artifacts: undefined as never,
    engines: lent,
    clock,
    now: () => clock.now,
    log: { info: silent, warn: silent, error: silent },
    privacyKeyFile,
    async reload() {
      house.workspace = await loadWorkspace(folder);
    },
    async close() {
      await lent.close();
      await state.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return house;
}

/** The state's schema on PGlite in memory: what these tests ask of it is SQL, not durability. */
async function memoryState(): Promise<State> {
  const database = await PGlite.create({ parsers: parsers as never });
  const queryable = (of: Pick<PGlite, 'query'>) => ({
    query: async <T>(sql: string, params: readonly unknown[] = []) =>
      (await of.query<T>(sql, [...params])).rows,
  });
  await database.transaction((tx) =>
    migrate({
      ...queryable(tx as never),
      script: async (sql) => {
        await tx.exec(sql);
      },
    }),
  );
  return {
    kind: 'pglite',
    ...queryable(database),
    transaction: (work) => database.transaction((tx) => work(queryable(tx as never))),
    listen: async () => async () => {},
    notify: async () => {},
    close: () => database.close(),
  };
}
