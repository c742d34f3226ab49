import { TinoError } from '../contract/error.js';
import type { Log } from '../ports/house.js';
import type { HouseOptions } from '../verbs/house.js';
import type { CommandInput } from './commands.js';
import { privacyKeyFile } from './privacy.js';

export function houseOptions({ folder, terminal, values }: CommandInput): HouseOptions {
  const url = typeof values['state'] === 'string' ? values['state'] : terminal.env['TINO_STATE'];
  return {
    folder,
    now: () => new Date(),
    log: jsonLines((line) => terminal.stderr.write(line), terminal.env['TINO_LOG'] === 'info'),
    privacyKeyFile: (workspace) => privacyKeyFile(terminal.env, workspace),
    ...(url !== undefined && { stateUrl: url }),
  };
}

/** Structured logs, one JSON object a line; `info` only when asked, so that a terminal stays readable. */
export function jsonLines(write: (line: string) => void, all: boolean): Log {
  const say =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}) =>
      write(`${JSON.stringify({ at: new Date().toISOString(), level, message, ...fields })}\n`);
  return { info: all ? say('info') : () => {}, warn: say('warn'), error: say('error') };
}

/** A number given as text to an option; anything else is wrong usage. */
export function wholeNumber(option: string, text: string, verb: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new TinoError('USAGE', { detail: `--${option} ${text}: expected a whole number`, verb });
}
