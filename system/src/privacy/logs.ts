import { open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { House } from '../ports/house.js';
import type { Person } from './person.js';

/** Twice the time in which a process that logs moves to the file that took the place of its own. */
const MOVED_MS = 2_500;

/** Takes the person's lines out of the logs of predictions and look-ups; how many there were. */
export async function eraseLogs({ workspace }: House, person: Person): Promise<number> {
  const folder = join(workspace.stateFolder, 'log');
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const files = names.filter((each) => each.endsWith('.jsonl')).map((name) => join(folder, name));
  const removed = await Promise.all(files.map((file) => eraseLog(file, person)));
  return removed.reduce((sum, lines) => sum + lines, 0);
}

/**
 * The file is written anew beside and renamed into place. A process may still append to the old one
 * until its next look at the folder, so what came late is carried over.
 */
async function eraseLog(path: string, person: Person): Promise<number> {
  const old = await open(path, 'r');
  const beside = `${path}.erasing`;
  try {
    const first = await readLines(old, 0);
    const kept = first.lines.filter((line) => !isOf(person, line));
    let removed = first.lines.length - kept.length;
    if (removed === 0) return 0;
    const fresh = await open(beside, 'w');
    await fresh.writeFile(kept.map((line) => `${line}\n`).join(''));
    await fresh.sync();
    await fresh.close();
    await rename(beside, path);
    await wait(MOVED_MS);
    const late = await readLines(old, first.end);
    if (late.lines.length > 0) {
      const keptLate = late.lines.filter((line) => !isOf(person, line));
      removed += late.lines.length - keptLate.length;
      const end = await open(path, 'a');
      await end.appendFile(keptLate.map((line) => `${line}\n`).join(''));
      await end.sync();
      await end.close();
    }
    return removed;
  } finally {
    await old.close();
    await rm(beside, { force: true });
  }
}

async function readLines(
  file: FileHandle,
  from: number,
): Promise<{ lines: string[]; end: number }> {
  const { size } = await file.stat();
  const bytes = Buffer.alloc(size - from);
  await file.read(bytes, 0, bytes.length, from);
  return { lines: bytes.toString('utf8').split('\n').filter(Boolean), end: size };
}

/** A line that a crash cut in the middle is kept only when it cannot name anyone. */
function isOf({ columns, values, rawValues }: Person, line: string): boolean {
  try {
    const { key, row } = JSON.parse(line) as { key?: unknown; row?: unknown };
    const said = [key, row].filter((each) => typeof each === 'object' && each !== null);
    return said.some((each) =>
      columns.every((name) => {
        const value = String((each as Record<string, unknown>)[name] ?? '');
        return value === values[name] || value === rawValues[name];
      }),
    );
  } catch {
    return columns.every((name) => line.includes(values[name]!) || line.includes(rawValues[name]!));
  }
}
