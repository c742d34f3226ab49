import { loadWorkspace } from '../../workspace/load.js';
import { simulate } from '../../verbs/simulate.js';
import { yesterday } from '../../verbs/dates.js';
import type { Command } from '../commands.js';

export const simulateCommand: Command = {
  says: {
    pt: 'escreve os dados simulados dos exemplos em data/',
    en: 'write the simulated data of the examples to data/',
  },
  arguments: [],
  options: {
    rows: {
      type: 'string',
      says: { pt: 'linhas por exemplo, aproximadamente', en: 'rows of each example, about' },
    },
    seed: { type: 'string', says: { pt: 'semente (1)', en: 'seed (1)' } },
    until: {
      type: 'string',
      says: { pt: 'último dia, AAAA-MM-DD (ontem)', en: 'last day, YYYY-MM-DD (yesterday)' },
    },
    force: { type: 'boolean', says: { pt: 'escreve de novo', en: 'write again' } },
  },
  async run({ folder, values, screen }) {
    const workspace = await loadWorkspace(folder);
    const { rows, seed, until, force } = values as {
      rows?: string;
      seed?: string;
      until?: string;
      force?: boolean;
    };
    const options = {
      seed: Number(seed ?? 1),
      until: until ?? yesterday(new Date(), workspace.zone),
      force: force === true,
      ...(rows !== undefined && { rows: Number(rows) }),
    };
    const written = await simulate(Object.values(workspace.parts), options, {
      progress: screen.progress,
    });
    screen.result({ rows: written }, () => `${written}`);
    return 0;
  },
};
