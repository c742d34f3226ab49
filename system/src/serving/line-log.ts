import { mkdir, open, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { House } from '../ports/house.js';

export interface LineLog<Line> {
  /** On disk within a second. */
  add(line: Line): void;
  close(): Promise<void>;
}

const SYNC_MS = 1000;
/** A busy second is written in pieces, so that no request waits for thousands of lines of others. */
const LINES_MAX = 500;

/** An erasure puts another file in the place of this one. */
const replaced = ({ path, inode }: { path: string; inode: number }): Promise<boolean> =>
  stat(path).then(
    ({ ino }) => ino !== inode,
    () => true,
  );

/** Append-only files under `log/KIND`, one a day and process, written and synced each second. */
export function openLineLog<Line>({ workspace, now, log }: House, kind: string): LineLog<Line> {
  const folder = join(workspace.stateFolder, 'log', kind);
  let waiting: string[] = [];
  let file: { day: string; path: string; inode: number; handle: FileHandle } | undefined;
  let working: Promise<void> = Promise.resolve();
  let writing = false;
  let timer: NodeJS.Timeout | undefined;

  const flush = async () => {
    const lines = waiting;
    waiting = [];
    if (lines.length === 0) return;
    const day = now().toISOString().slice(0, 10);
    if (file === undefined || file.day !== day || (await replaced(file))) {
      await file?.handle.close();
      await mkdir(folder, { recursive: true });
      const path = join(folder, `${day}.${process.pid}.jsonl`);
      const handle = await open(path, 'a');
      file = { day, path, inode: (await handle.stat()).ino, handle };
    }
    await file.handle.appendFile(lines.join(''));
    await file.handle.datasync();
  };
  const later = () => {
    clearTimeout(timer);
    timer = undefined;
    writing = true;
    working = working
      .then(flush)
      .catch((error: Error) => {
        log.error('a log cannot be written', { log: kind, message: error.message });
      })
      .then(() => {
        writing = false;
      });
  };
  return {
    add(line) {
      waiting.push(`${JSON.stringify(line)}\n`);
      if (waiting.length >= LINES_MAX && !writing) later();
      else timer ??= setTimeout(later, SYNC_MS).unref();
    },
    async close() {
      later();
      await working;
      await file?.handle.close();
      file = undefined;
    },
  };
}
