import type { ErasureAnswer } from '../../contract/index.js';
import type { Command } from '../commands.js';
import { withDoor } from '../door.js';

/** Status 3: the person is out of everything derived, and still in files of the business. */
export const eraseCommand: Command = {
  says: {
    pt: 'remove uma pessoa de tudo o que foi derivado e impede sua volta',
    en: 'remove a person from everything derived and block their return',
  },
  arguments: ['entity', 'key'],
  options: {},
  run: (input) =>
    withDoor(input, async (door) => {
      const [entity, key] = input.positionals as [string, string];
      const erased = await door.erase(entity, key);
      input.screen.endProgress();
      input.screen.result(erased, () => reportOf(erased, input.language).join('\n'));
      return erased.holders.length > 0 ? 3 : 0;
    }),
};

function reportOf(
  { tables, records, logLines, versions, holders }: ErasureAnswer,
  language: 'pt' | 'en',
): string[] {
  const say = (pt: string, en: string) => (language === 'pt' ? pt : en);
  const rows = say('linhas', 'rows');
  const lines = tables.map(
    ({ kind, name, rows: count, hash }) =>
      `${kind} ${name}: ${count} ${rows}${hash ? ` (${hash.before.slice(0, 12)} → ${hash.after.slice(0, 12)})` : ''}`,
  );
  for (const [table, count] of Object.entries(records)) lines.push(`${table}: ${count} ${rows}`);
  if (logLines > 0) lines.push(`${say('registro de previsões', 'prediction log')}: ${logLines}`);
  if (lines.length === 0)
    lines.push(say('nada havia desta pessoa', 'there was nothing of this person'));
  if (versions.length > 0) {
    const names = versions.map(({ model, version }) => `${model} v${version}`).join(', ');
    lines.push(
      say(
        `versões treinadas com esta pessoa: ${names}; o próximo treino será sem ela`,
        `versions trained on this person: ${names}; the next training is without`,
      ),
    );
  }
  for (const { source, file, rows: count } of holders)
    lines.push(
      say(
        `ATENÇÃO: ${file} (fonte ${source}) ainda tem ${count} linhas desta pessoa`,
        `ATTENTION: ${file} (source ${source}) still holds ${count} rows of this person`,
      ),
    );
  return lines;
}
