import { TinoError } from '../../contract/error.js';
import type { Command } from '../commands.js';
import { withDoor } from '../door.js';
import { wholeNumber } from '../options.js';

export const trainCommand: Command = {
  says: {
    pt: 'treina um modelo, ou todos; compara, numera e decide se promove',
    en: 'train one model, or all; compare, number, and decide whether to promote',
  },
  arguments: ['model?'],
  options: {
    key: {
      type: 'string',
      says: {
        pt: 'só os membros de uma chave: store_id=12',
        en: 'the members of one key only: store_id=12',
      },
    },
    seed: { type: 'string', says: { pt: 'semente', en: 'seed' } },
    force: {
      type: 'boolean',
      says: { pt: 'treina mesmo sem mudança', en: 'train although nothing changed' },
    },
  },
  async run(input) {
    const [asked] = input.positionals;
    const { key, seed, force } = input.values;
    const options = {
      ...(typeof key === 'string' && { key: pairs(key) }),
      ...(typeof seed === 'string' && { seed: wholeNumber('seed', seed, 'train') }),
      ...(force === true && { force }),
    };
    return withDoor(input, async (door) => {
      const models = asked === undefined ? await door.modelNames() : [asked];
      const reports: object[] = [];
      for (const model of models) {
        const report = await door.job('train', { model, ...options });
        reports.push(report as object);
      }
      input.screen.result(reports, () => input.screen.table(reports.map(rowOf)));
      return 0;
    });
  },
};

function pairs(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [name, value] = pair.split('=', 2);
      if (!name || value === undefined)
        throw new TinoError('USAGE', {
          detail: `--key ${text}: expected name=value`,
          verb: 'train',
        });
      return [name, value];
    }),
  );
}

function rowOf(report: object): Record<string, string | number | null> {
  const row: Record<string, string | number | null> = {};
  for (const [name, value] of Object.entries(report))
    if (typeof value === 'string' || typeof value === 'number' || value === null) row[name] = value;
  return row;
}
