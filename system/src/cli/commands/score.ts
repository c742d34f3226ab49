import type { Command } from '../commands.js';
import { withDoor } from '../door.js';

export const scoreCommand: Command = {
  says: {
    pt: 'pontua todas as entidades com a campeã',
    en: 'score every entity with the champion',
  },
  arguments: ['model?'],
  options: {},
  run: (input) =>
    withDoor(input, async (door) => {
      const [asked] = input.positionals;
      const models = asked === undefined ? await door.modelNames() : [asked];
      const reports: unknown[] = [];
      for (const model of models) reports.push(await door.job('score', { model }));
      input.screen.result(reports, () =>
        input.screen.table(reports as Record<string, string | number | null>[]),
      );
      return 0;
    }),
};
