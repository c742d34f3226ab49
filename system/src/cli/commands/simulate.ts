import { TinoError } from '../../contract/error.js';
import { dateOf, dayNumber } from '../../calendar/dates.js';
import { yesterday } from '../../verbs/dates.js';
import type { Command } from '../commands.js';
import { wholeNumber } from '../options.js';

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
    const { rows, seed, until, force } = values as {
      rows?: string;
      seed?: string;
      until?: string;
      force?: boolean;
    };
    const given = {
      seed: wholeNumber('seed', seed ?? '1', 'simulate'),
      force: force === true,
      ...(rows !== undefined && { rows: wholeNumber('rows', rows, 'simulate') }),
      ...(until !== undefined && { until: dayOf(until) }),
    };
    const { loadWorkspace } = await import('../../workspace/load.js');
    const { simulate } = await import('../../verbs/simulate.js');
    const workspace = await loadWorkspace(folder);
    const options = { until: yesterday(new Date(), workspace.zone), ...given };
    const written = await simulate(Object.values(workspace.parts), options, {
      progress: screen.progress,
    });
    screen.result({ rows: written }, () => `${written}`);
    return 0;
  },
};

function dayOf(text: string): string {
  const day = dayNumber(text);
  // What comes back otherwise names no day: 2026-02-30, 2026-1-5.
  if (!Number.isNaN(day) && dateOf(day) === text) return text;
  throw new TinoError('USAGE', {
    detail: `--until ${text}: expected YYYY-MM-DD`,
    verb: 'simulate',
  });
}
