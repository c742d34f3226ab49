import type { Command } from '../commands.js';
import { processOptions, serveOptions } from './serve.js';

export const startCommand: Command = {
  says: {
    pt: 'tudo de uma vez: simula se faltam dados, confere, constrói, treina o que mudou e serve',
    en: 'all at once: simulate if data are missing, check, build, train what changed, and serve',
  },
  arguments: [],
  options: serveOptions,
  run: async (input) => {
    const options = processOptions(input);
    const { start } = await import('../starting.js');
    await start(input, options);
    return 0;
  },
};
