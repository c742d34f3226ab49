import { TinoError } from '../../contract/error.js';
import type { Command, CommandInput } from '../commands.js';

export const serveOptions: Command['options'] = {
  port: { type: 'string', says: { pt: 'porta (8466)', en: 'port (8466)' } },
  host: { type: 'string', says: { pt: 'endereço (127.0.0.1)', en: 'address (127.0.0.1)' } },
  only: {
    type: 'string',
    says: {
      pt: 'api ou worker: um processo só para isso',
      en: 'api or worker: a process for that alone',
    },
  },
  state: {
    type: 'string',
    says: {
      pt: 'endereço de um PostgreSQL, no lugar do embutido',
      en: 'address of a PostgreSQL, in place of the embedded one',
    },
  },
};

export const serveCommand: Command = {
  says: {
    pt: 'serve API, páginas, agenda e tarefas',
    en: 'serve API, pages, schedule and workers',
  },
  arguments: [],
  options: serveOptions,
  run: async (input) => {
    const options = processOptions(input);
    const { serve } = await import('../serving-process.js');
    await serve(input, options);
    return 0;
  },
};

export function processOptions({ values, terminal }: CommandInput) {
  const only = values['only'];
  if (only !== undefined && only !== 'api' && only !== 'worker')
    throw new TinoError('USAGE', {
      detail: `--only ${String(only)}: expected api or worker`,
      verb: 'serve',
    });
  const port = Number(values['port'] ?? terminal.env['TINO_PORT'] ?? 8466);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new TinoError('USAGE', {
      detail: `--port ${String(values['port'])}: expected 0 to 65535`,
      verb: 'serve',
    });
  return {
    port,
    host:
      typeof values['host'] === 'string'
        ? values['host']
        : (terminal.env['TINO_HOST'] ?? '127.0.0.1'),
    ...(only && { only: only as 'api' | 'worker' }),
  };
}
