import { resolve } from 'node:path';
import { TinoError } from '../../contract/error.js';
import type { Command } from '../commands.js';

export const initCommand: Command = {
  says: {
    pt: 'uma pasta nova, de um exemplo ou adivinhada das suas tabelas',
    en: 'a new workspace, from an example or guessed from your tables',
  },
  arguments: ['example-or-folder', 'folder?'],
  options: {
    from: {
      type: 'string',
      says: { pt: 'tabelas: vendas.csv,produtos.csv', en: 'tables: sales.csv,products.csv' },
    },
  },
  async run({ positionals, values, terminal, screen }) {
    const { initFromExample, initFromFiles } = await import('../../verbs/init.js');
    const [first, second] = positionals as [string, string?];
    const { from } = values;
    if (typeof from === 'string') {
      const files = from.split(',').map((file) => resolve(terminal.cwd(), file.trim()));
      const folder = resolve(terminal.cwd(), first);
      const written = await initFromFiles(files, folder);
      screen.result({ folder, written }, () => written.map((file) => `+ ${file}`).join('\n'));
      return 0;
    }
    if (second === undefined)
      throw new TinoError('USAGE', { detail: 'tino init <example> <folder>', verb: 'init' });
    const folder = resolve(terminal.cwd(), second);
    const written = await initFromExample(first, folder);
    screen.result({ folder, written }, () => written.map((file) => `+ ${file}`).join('\n'));
    return 0;
  },
};
