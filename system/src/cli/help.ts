import type { Language } from '../contract/words.js';
import { commands, type Command } from './commands.js';

const words = {
  pt: {
    usage: 'uso',
    options: 'opções',
    common: '--json (para scripts)  --lang pt|en  --folder PASTA  --help',
  },
  en: {
    usage: 'usage',
    options: 'options',
    common: '--json (for scripts)  --lang pt|en  --folder FOLDER  --help',
  },
};

export function usage(language: Language): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(
    ([name, { says }]) => `  ${name.padEnd(width)}  ${says[language]}`,
  );
  return [`${words[language].usage}: tino <verb> [--help]`, '', ...lines].join('\n');
}

export function helpOf(name: string, command: Command, language: Language): string {
  const places = command.arguments.map((argument) =>
    argument.endsWith('?') ? `[${argument.slice(0, -1)}]` : `<${argument}>`,
  );
  const options = Object.entries(command.options).map(
    ([option, { type, says }]) =>
      `  --${option}${type === 'string' ? ' …' : ''}  ${says[language]}`,
  );
  return [
    `${words[language].usage}: tino ${[name, ...places].join(' ')}`,
    `  ${command.says[language]}`,
    '',
    `${words[language].options}:`,
    ...options,
    `  ${words[language].common}`,
  ].join('\n');
}
