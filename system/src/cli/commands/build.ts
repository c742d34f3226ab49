import { withDoor } from '../door.js';
import type { Command } from '../commands.js';

export const buildCommand: Command = {
  says: {
    pt: 'carrega as fontes e constrói as visões de características',
    en: 'load the sources and build the feature views',
  },
  arguments: ['view?'],
  options: {},
  run: (input) =>
    withDoor(input, async (door) => {
      const [view] = input.positionals;
      const report = await door.job('build', { ...(view !== undefined && { view }) });
      input.screen.result(report, () => input.screen.table(sourceRows(report)));
      return 0;
    }),
};

interface Report {
  sources: { source: string; rows: number; rejects: number; status: string }[];
}
const sourceRows = (report: unknown) =>
  (report as Report).sources.map(({ source, rows, rejects, status }) => ({
    source,
    rows,
    rejects,
    status,
  }));
