import type { Command } from '../commands.js';
import { withDoor } from '../door.js';

export const insightsCommand: Command = {
  says: {
    pt: 'procura o que mudou, o que causa e o que anda junto, e guarda o que é seguro',
    en: 'look for what moved, what causes and what goes together, and keep what is sure',
  },
  arguments: ['part?'],
  options: {},
  run: (input) =>
    withDoor(input, async (door) => {
      const [part] = input.positionals;
      const reports = await door.job('insights', { ...(part !== undefined && { part }) });
      input.screen.result(reports, () =>
        input.screen.table(reports as Parameters<typeof input.screen.table>[0]),
      );
      return 0;
    }),
};
