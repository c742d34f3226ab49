import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { kill, pid } from 'node:process';
import { TinoError } from '../contract/error.js';

/** Who has a folder open, as its lock file says. */
export interface Owner {
  pid: number;
  host: string;
  /** When the lock was taken, ISO. */
  started: string;
  /** When the process was started, in the kernel's own words: a pid alone is used again. */
  processStarted?: string;
  /** Where the owner answers, once it serves. */
  address?: string;
  /** What lets the folder's owner talk to that address. */
  token?: string;
}

export interface Lock {
  /** Adds to the lock file where its owner answers. */
  announce(where: { address: string; token: string }): Promise<void>;
  release(): Promise<void>;
}

const BEAT_MS = 5_000;
const SILENT_MS = 30_000;
const fileOf = (folder: string): string => join(folder, 'lock.json');

/** Takes the folder for this process, or fails with the name of the living process that has it. */
export async function acquireLock(folder: string, now: Date = new Date()): Promise<Lock> {
  await mkdir(folder, { recursive: true });
  const path = fileOf(folder);
  const processStarted = await startOf(pid);
  const owner: Owner = {
    pid,
    host: hostname(),
    started: now.toISOString(),
    ...(processStarted !== undefined && { processStarted }),
  };
  while (!(await create(path, owner))) await removeStale(folder, path);
  // Another host cannot see whether this process lives, so the file's time tells it.
  const beat = setInterval(() => void touch(path), BEAT_MS);
  beat.unref();
  return {
    async announce(where) {
      Object.assign(owner, where);
      const beside = await besideOf(path, owner);
      await rename(beside, path);
    },
    async release() {
      clearInterval(beat);
      await rm(path, { force: true });
    },
  };
}

/** The living owner of a folder, if there is one. */
export async function findOwner(folder: string): Promise<Owner | undefined> {
  const owner = await read(fileOf(folder));
  return owner && (await isAlive(fileOf(folder), owner)) ? owner : undefined;
}

async function create(path: string, owner: Owner): Promise<boolean> {
  const beside = await besideOf(path, owner);
  try {
    // A link, unlike a rename, fails when the name is taken, and shows the whole contents at once.
    await link(beside, path);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  } finally {
    await rm(beside, { force: true });
  }
}

async function besideOf(path: string, owner: Owner): Promise<string> {
  const beside = `${path}.${randomUUID()}`;
  await writeFile(beside, JSON.stringify(owner), { mode: 0o600 });
  return beside;
}

async function removeStale(folder: string, path: string): Promise<void> {
  const owner = await read(path);
  if (owner && (await isAlive(path, owner))) throw locked(folder, owner);
  const aside = `${path}.${randomUUID()}`;
  await rename(path, aside).catch(ignoreMissing);
  const removed = await read(aside);
  const stolen = removed !== undefined && removed.started !== owner?.started;
  // Someone else removed the dead lock and took the folder in between: it is put back.
  if (stolen) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
  if (stolen) throw locked(folder, removed);
}

const locked = (folder: string, owner: Owner): TinoError =>
  new TinoError('WORKSPACE_LOCKED', {
    folder,
    pid: `${owner.pid} (${owner.host})`,
    since: owner.started,
    address: owner.address ?? '-',
  });

async function read(path: string): Promise<Owner | undefined> {
  const text = await readFile(path, 'utf8').catch(ignoreMissing);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Owner;
  } catch {
    // Not written by `create`, which is whole or absent: nobody's.
    return undefined;
  }
}

async function isAlive(path: string, owner: Owner): Promise<boolean> {
  if (owner.host !== hostname()) {
    const time = (await stat(path).catch(ignoreMissing))?.mtimeMs ?? 0;
    return Date.now() - time < SILENT_MS;
  }
  try {
    kill(owner.pid, 0);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
  return owner.processStarted === undefined || owner.processStarted === (await startOf(owner.pid));
}

/** Linux only: clock ticks from this boot to the start of the process, with the boot's id. */
async function startOf(process: number): Promise<string | undefined> {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const status = await readFile(`/proc/${process}/stat`, 'utf8');
    // The second field is the name in parentheses, which may hold spaces; the start is the 22nd.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    return `${boot.trim()} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

async function touch(path: string): Promise<void> {
  const time = new Date();
  await utimes(path, time, time).catch(ignoreMissing);
}

function ignoreMissing(cause: unknown): undefined {
  if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
}
