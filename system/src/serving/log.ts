import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { House } from '../ports/house.js';

/** One line of the prediction log. */
export interface LoggedPrediction {
  id: string;
  at: string;
  model: string;
  version: number;
  rung: string;
  key: Record<string, string> | null;
  /** What was asked, by column. */
  row: Record<string, unknown>;
  value: number;
}

export interface PredictionLog {
  /** On disk within a second. */
  add(line: LoggedPrediction): void;
  close(): Promise<void>;
}

const SYNC_MS = 1000;

/**
 * Append-only files, one a day and process, written and synced each second: a prediction costs no
 * transaction, and a crash loses the last second at most.
 */
export function openPredictionLog({ workspace, now, log }: House): PredictionLog {
  const folder = join(workspace.stateFolder, 'log', 'predictions');
  let waiting: string[] = [];
  let file: { day: string; handle: FileHandle } | undefined;
  let working: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const flush = async () => {
    const lines = waiting;
    waiting = [];
    if (lines.length === 0) return;
    const day = now().toISOString().slice(0, 10);
    if (file?.day !== day) {
      await file?.handle.close();
      await mkdir(folder, { recursive: true });
      file = { day, handle: await open(join(folder, `${day}.${process.pid}.jsonl`), 'a') };
    }
    await file.handle.appendFile(lines.join(''));
    await file.handle.datasync();
  };
  const later = () => {
    timer = undefined;
    working = working.then(flush).catch((error: Error) => {
      log.error('the prediction log cannot be written', { message: error.message });
    });
  };
  return {
    add(line) {
      waiting.push(`${JSON.stringify(line)}\n`);
      timer ??= setTimeout(later, SYNC_MS).unref();
    },
    async close() {
      clearTimeout(timer);
      later();
      await working;
      await file?.handle.close();
      file = undefined;
    },
  };
}
