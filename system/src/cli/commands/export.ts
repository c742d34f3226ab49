import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { TinoError } from '../../contract/error.js';
import type { VersionAnswer } from '../../contract/models.js';
import { exportFormats, type ExportFormat } from '../../verbs/export-formats.js';
import { stateFolderOf } from '../../workspace/folder.js';
import type { Command } from '../commands.js';
import { withDoor } from '../door.js';
import { wholeNumber } from '../options.js';

/** Artifacts are files of the folder that never change, so a running server need not hand them out. */
export const exportCommand: Command = {
  says: {
    pt: 'escreve uma versão como modelo LightGBM, ONNX ou um SELECT (árvores)',
    en: 'write a version as a LightGBM model, ONNX or one SELECT (trees)',
  },
  arguments: ['model'],
  options: {
    as: {
      type: 'string',
      says: { pt: exportFormats.join(', '), en: exportFormats.join(', ') },
    },
    to: { type: 'string', says: { pt: 'o arquivo', en: 'the file' } },
    version: {
      type: 'string',
      says: { pt: 'a versão; sem ela, a campeã', en: 'the version; without it, the champion' },
    },
  },
  run: (input) =>
    withDoor(input, async (door) => {
      const [model] = input.positionals as [string];
      const { as, to, version } = input.values as Record<string, string | undefined>;
      const format = exportFormats.find((known) => known === as);
      if (format === undefined || to === undefined)
        throw new TinoError('USAGE', {
          detail: `export ${model} --as ${exportFormats.join('|')} --to FILE`,
          verb: 'export',
        });
      const chosen = chosenOf(model, await door.versions(model), version);
      const file = resolve(input.terminal.cwd(), to);
      const bytes = await written(input.folder, chosen, format);
      await writeFile(file, bytes);
      const result = { model, version: chosen.version, as: format, file, bytes: bytes.length };
      input.screen.result(result, () => file);
      return 0;
    }),
};

async function written(folder: string, chosen: VersionAnswer, format: ExportFormat) {
  const { openArtifacts } = await import('../../store/artifacts.js');
  const { exportVersion } = await import('../../verbs/export.js');
  const artifacts = await openArtifacts(join(stateFolderOf(folder), 'artifacts'));
  return exportVersion(artifacts, chosen, format);
}

function chosenOf(
  model: string,
  versions: readonly VersionAnswer[],
  asked: string | undefined,
): VersionAnswer {
  const number = asked === undefined ? undefined : wholeNumber('version', asked, 'export');
  const found = versions.find(({ version, aliases }) =>
    number === undefined ? aliases.includes('champion') : version === number,
  );
  if (found) return found;
  throw number === undefined
    ? new TinoError('NO_CHAMPION', { model })
    : new TinoError('UNKNOWN_VERSION', { model, version: number });
}
