import type { TinoError } from '../contract/error.js';
import type { Language } from '../contract/words.js';
import type { Progress } from '../ports/house.js';
import type { Terminal } from './main.js';

/** What a command says: text for people, or one JSON document for scripts. */
export interface Screen {
  line(text: string): void;
  /** The result: JSON with --json, else the table or text. */
  result(value: unknown, text: () => string): void;
  table(rows: readonly Readonly<Record<string, string | number | null>>[]): string;
  progress(step: Progress): void;
  endProgress(): void;
  failure(error: TinoError): void;
  say(words: { pt: string; en: string }): void;
}

const BAR = 24;

export function createScreen(
  { stdout, stderr }: Terminal,
  language: Language,
  json: boolean,
): Screen {
  let bar = false;
  let lastText = '';
  const endProgress = () => {
    if (bar) stderr.write('\n');
    bar = false;
  };
  return {
    line: (text) => void stdout.write(`${text}\n`),
    result(value, text) {
      endProgress();
      stdout.write(`${json ? JSON.stringify(value, null, 2) : text()}\n`);
    },
    table,
    progress({ done, message }) {
      if (json) return;
      const percent = Math.round(100 * Math.min(1, done));
      const text = message[language];
      if (stderr.isTTY === true) {
        const filled = Math.round((BAR * percent) / 100);
        stderr.write(
          `\r\u001b[K${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${String(percent).padStart(3)}%  ${text.slice(0, 90)}`,
        );
        bar = true;
      } else if (text !== lastText) stderr.write(`${String(percent).padStart(3)}%  ${text}\n`);
      lastText = text;
    },
    endProgress,
    failure(error) {
      endProgress();
      const { message, next, code, where } = error.answer(language);
      if (json) stderr.write(`${JSON.stringify(error.answer(language))}\n`);
      else
        stderr.write(
          `✗ ${where === undefined ? '' : `${where}: `}${message}\n  → ${next}  (${code})\n`,
        );
    },
    say(words) {
      endProgress();
      if (!json) stdout.write(`${words[language]}\n`);
    },
  };
}

function table(rows: readonly Readonly<Record<string, string | number | null>>[]): string {
  if (rows.length === 0) return '—';
  const names = Object.keys(rows[0]!);
  const cells = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))];
  const widths = names.map((_, i) => Math.max(...cells.map((row) => row[i]!.length)));
  return cells
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
