import { availableParallelism } from 'node:os';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openEngine } from '../engine/open.js';
import { lendEngines } from '../ports/engines.js';
import type { House, Log } from '../ports/house.js';
import { openArtifacts } from '../store/artifacts.js';
import { acquireLock, type Lock } from '../store/lock.js';
import { openState } from '../store/open.js';
import { loadWorkspace } from '../workspace/load.js';

export interface HouseOptions {
  folder: string;
  now(): Date;
  log: Log;
  privacyKeyFile(workspace: string): string;
  /** PostgreSQL in place of the embedded state; then several processes may share the folder. */
  stateUrl?: string;
}

export interface OpenHouse {
  house: House;
  /** Held while the embedded state is open; a shared PostgreSQL needs none. */
  lock: Lock | undefined;
  close(): Promise<void>;
}

/** Loads the workspace and opens its state; the caller closes it. */
export async function openHouse({
  folder,
  now,
  log,
  privacyKeyFile,
  stateUrl,
}: HouseOptions): Promise<OpenHouse> {
  const workspace = await loadWorkspace(folder);
  const { stateFolder } = workspace;
  await mkdir(join(stateFolder, 'tmp'), { recursive: true });
  const lock = stateUrl === undefined ? await acquireLock(stateFolder) : undefined;
  try {
    const state = await openState(
      stateUrl === undefined ? { folder: join(stateFolder, 'state') } : { url: stateUrl },
    );
    const artifacts = await openArtifacts(join(stateFolder, 'artifacts'));
    const engines = lendEngines(openEngine, {
      count: Math.max(1, Math.min(4, availableParallelism())),
      tempFolder: join(stateFolder, 'tmp'),
    });
    const house: House = {
      workspace,
      state,
      artifacts,
      engines,
      now,
      log,
      privacyKeyFile: privacyKeyFile(workspace.name),
    };
    return {
      house,
      lock,
      async close() {
        await engines.close();
        await state.close();
        await lock?.release();
      },
    };
  } catch (cause) {
    await lock?.release();
    throw cause;
  }
}
