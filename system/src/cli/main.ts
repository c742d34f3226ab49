import { parseArgs } from 'node:util';
import { TinoError, TinoErrors } from '../contract/error.js';
import type { Language } from '../contract/words.js';
import { commands, type Command } from './commands.js';
import { helpOf, usage } from './help.js';
import { createScreen, type Screen } from './screen.js';

/** The parts of `process` that a command may touch. */
export interface Terminal {
  env: Readonly<Record<string, string | undefined>>;
  stdout: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  stderr: { write(text: string): unknown; isTTY?: boolean };
  cwd(): string;
  on(event: 'SIGINT' | 'SIGTERM', heard: () => void): unknown;
}

/** 0 done, 1 failed, 2 wrong usage, 3 a check or gate said no. */
export type ExitCode = 0 | 1 | 2 | 3;

const common = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  folder: { type: 'string', short: 'C' },
} as const;

export async function main(
  args: readonly string[],
  terminal: Terminal,
  defaultFolder?: string,
): Promise<ExitCode> {
  const [name, ...rest] = args;
  const language = languageOf(args, terminal.env);
  const screen = createScreen(terminal, language, args.includes('--json'));
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    screen.line(usage(language));
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined)
    return refuse(
      screen,
      new TinoError('USAGE', { detail: `${name}?\n\n${usage(language)}`, verb: '' }),
    );
  try {
    return await runCommand(name, command, rest, { terminal, screen, language, defaultFolder });
  } catch (error) {
    return refuse(screen, error);
  }
}

async function runCommand(
  name: string,
  command: Command,
  args: string[],
  {
    terminal,
    screen,
    language,
    defaultFolder,
  }: { terminal: Terminal; screen: Screen; language: Language; defaultFolder: string | undefined },
): Promise<ExitCode> {
  let parsed;
  try {
    parsed = parseArgs({
      args,
      options: { ...common, ...command.options },
      allowPositionals: true,
    });
  } catch (error) {
    throw new TinoError('USAGE', { detail: (error as Error).message, verb: name });
  }
  const { values, positionals } = parsed;
  if (values.help === true) {
    screen.line(helpOf(name, command, language));
    return 0;
  }
  const needed = command.arguments.filter((argument) => !argument.endsWith('?')).length;
  if (positionals.length < needed || positionals.length > command.arguments.length)
    throw new TinoError('USAGE', { detail: helpOf(name, command, language), verb: name });
  const folder =
    typeof values.folder === 'string' ? values.folder : (defaultFolder ?? terminal.cwd());
  return command.run({ positionals, values, folder, terminal, screen, language });
}

function refuse(screen: Screen, error: unknown): ExitCode {
  screen.endProgress();
  if (error instanceof TinoErrors) for (const each of error.errors) screen.failure(each);
  else if (error instanceof TinoError) screen.failure(error);
  else throw error;
  return error instanceof TinoError && error.code === 'USAGE' ? 2 : 1;
}

/** `--lang`, then TINO_LANG, then the system's; Portuguese when nobody says. */
function languageOf(args: readonly string[], env: Terminal['env']): Language {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const asked = at < 0 ? undefined : (args[at]!.split('=')[1] ?? args[at + 1]);
  for (const source of [asked, env['TINO_LANG'], env['LC_ALL'], env['LANG']])
    if (source !== undefined) {
      const code = source.slice(0, 2).toLowerCase();
      if (code === 'pt' || code === 'en') return code;
    }
  return 'pt';
}
