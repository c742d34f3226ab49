import { availableParallelism } from 'node:os';
import { mkdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { TinoError } from '../contract/error.js';
import { openEngine } from '../engine/open.js';
import { lendEngines } from '../ports/engines.js';
import type { House, Log } from '../ports/house.js';
import { openArtifacts } from '../store/artifacts.js';
import { acquireLock, type Lock } from '../store/lock.js';
import { openState } from '../store/open.js';
import type { Workspace } from '../workspace/types.js';
import { stateFolderOf } from '../workspace/folder.js';
import { loadWorkspace } from '../workspace/load.js';
import { hasWorkspace } from '../workspace/parts.js';

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

/**
 * Loads the workspace and, in the thread that it has, opens its state at the same time; the caller
 * closes it. Where nothing is declared no state is made.
 */
export async function openHouse({
  folder,
  now,
  log,
  privacyKeyFile,
  stateUrl,
}: HouseOptions): Promise<OpenHouse> {
  if (!hasWorkspace(folder)) await loadWorkspace(folder);
  const stateFolder = stateFolderOf(folder);
  const [loaded, opened] = await Promise.allSettled([
    loadOutside(folder, privacyKeyFile),
    openPlace(stateFolder, stateUrl),
  ]);
  if (loaded.status === 'rejected') {
    if (opened.status === 'fulfilled') await opened.value.close();
    throw loaded.reason;
  }
  if (opened.status === 'rejected') throw opened.reason;
  const { workspace, keyFile } = loaded.value;
  const { state, artifacts, lock, close } = opened.value;
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
    privacyKeyFile: keyFile,
  };
  return {
    house,
    lock,
    async close() {
      await engines.close();
      await close();
    },
  };
}

/** Who copies the tables must not copy with them what tells whose they are. */
async function loadOutside(
  folder: string,
  privacyKeyFile: HouseOptions['privacyKeyFile'],
): Promise<{ workspace: Workspace; keyFile: string }> {
  const workspace = await loadWorkspace(folder);
  const keyFile = privacyKeyFile(workspace.name);
  if (relative(stateFolderOf(folder), resolve(keyFile)).startsWith('..'))
    return { workspace, keyFile };
  throw new TinoError('PRIVACY_KEY_INSIDE', { file: keyFile }, { where: keyFile });
}

async function openPlace(stateFolder: string, stateUrl: string | undefined) {
  await mkdir(join(stateFolder, 'tmp'), { recursive: true });
  const lock = stateUrl === undefined ? await acquireLock(stateFolder) : undefined;
  try {
    const state = await openState(
      stateUrl === undefined ? { folder: join(stateFolder, 'state') } : { url: stateUrl },
    );
    const artifacts = await openArtifacts(join(stateFolder, 'artifacts'));
    return {
      state,
      artifacts,
      lock,
      async close() {
        await state.close();
        await lock?.release();
      },
    };
  } catch (cause) {
    await lock?.release();
    throw cause;
  }
}
