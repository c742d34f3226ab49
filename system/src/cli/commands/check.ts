import { withDoor } from '../door.js';
import type { Command } from '../commands.js';
import type { ErrorAnswer } from '../../contract/error.js';

export const checkCommand: Command = {
  says: {
    pt: 'confere declarações, fontes, SQL e prova que nada vaza do futuro',
    en: 'check declarations, sources, SQL, and prove that nothing leaks from the future',
  },
  arguments: [],
  options: {},
  run: (input) =>
    withDoor(input, async (door) => {
      const { problems } = (await door.job('check', { language: input.language })) as {
        problems: ErrorAnswer[];
      };
      const ok = { pt: 'tudo certo: nenhum problema', en: 'all well: no problem found' }[
        input.language
      ];
      input.screen.result({ problems }, () =>
        problems.length === 0
          ? ok
          : problems
              .map(
                ({ where, message, next, code }) =>
                  `✗ ${where ? `${where}: ` : ''}${message}\n  → ${next}  (${code})`,
              )
              .join('\n'),
      );
      return problems.length === 0 ? 0 : 3;
    }),
};
