import { join } from 'node:path';
import type {
  ApiKey,
  ErasureAnswer,
  Job,
  ModelAnswer,
  Promotion,
  Role,
  Run,
  VersionAnswer,
} from '../contract/index.js';
import { findOwner } from '../store/lock.js';
import { stateFolderOf } from '../workspace/folder.js';
import type { CommandInput } from './commands.js';
import type { ExitCode } from './main.js';

/** What commands ask for, of this folder's own state or of the server that has it open. */
export interface Door {
  /** Runs a verb to its end, showing its progress. */
  job(
    verb: 'build' | 'check' | 'train' | 'score' | 'insights',
    args: Record<string, unknown>,
  ): Promise<unknown>;
  modelNames(): Promise<string[]>;
  models(): Promise<ModelAnswer[]>;
  versions(model: string): Promise<VersionAnswer[]>;
  runs(model?: string): Promise<Run[]>;
  jobs(): Promise<Job[]>;
  promote(model: string, version: number, reason: string): Promise<Promotion>;
  rollback(model: string, reason: string): Promise<Promotion>;
  erase(entity: string, key: string): Promise<ErasureAnswer>;
  keys(): Promise<ApiKey[]>;
  createKey(key: {
    name: string;
    role: Role;
    scope: Record<string, string[]>;
  }): Promise<{ key: ApiKey; secret: string }>;
  revokeKey(id: string): Promise<ApiKey>;
  signInLink(link: { role: Role; scope: Record<string, string[]> }): Promise<{ path: string }>;
  close(): Promise<void>;
}

/** A running server owns the folder: the command talks to it instead of opening the state twice. */
export async function withDoor(
  input: CommandInput,
  work: (door: Door) => Promise<ExitCode>,
): Promise<ExitCode> {
  const owner = await findOwner(stateFolderOf(input.folder));
  const door = await openDoor(input, owner);
  try {
    return await work(door);
  } finally {
    await door.close();
  }
}

/** Each is loaded when it is opened: half a thousand files that help and a running server's clients never need. */
async function openDoor(
  input: CommandInput,
  owner: Awaited<ReturnType<typeof findOwner>>,
): Promise<Door> {
  if (owner?.address === undefined) return (await import('./local-door.js')).openLocalDoor(input);
  const { openRemoteDoor } = await import('./remote-door.js');
  return openRemoteDoor({ address: owner.address, token: owner.token ?? '', input });
}

export const pagesFolder = (): string =>
  join(import.meta.dirname, '..', '..', '..', '..', 'web', 'dist', 'public');
