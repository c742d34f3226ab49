import { decodeArtifact } from '@tino/learn';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { House } from '../../../ports/house.js';
import { fileSafe } from '../../../sources/tables.js';
import { cacheFolder } from '../../../store/cache.js';
import { writeFileDurably } from '../../../store/files.js';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import type { SeriesData } from './data.js';
import type { FamilyJob } from './job.js';
import { recipesOf } from './search.js';
import type { Origin } from './series.js';

/** Above so many numbers a search keeps nothing: reading them again would cost what it saves. */
const NUMBERS_MAX = 16e6;

type Place = Pick<House, 'workspace' | 'log'>;

const fileOf = ({ workspace }: Place, model: string) =>
  join(cacheFolder(workspace.stateFolder), 'forecast', `${fileSafe(model)}.tino`);

/** What the search of the training before left; null where the family is too large to keep it. */
export async function readMemory(
  house: Place,
  model: string,
  {
    declaration,
    now,
    origins,
  }: { declaration: ForecastDeclaration; now: SeriesData; origins: readonly Origin[] },
): Promise<FamilyJob['memory']> {
  const said = now.set.keys.length * origins.length * declaration.horizon;
  if (said * recipesOf(declaration).length > NUMBERS_MAX) return null;
  const file = fileOf(house, model);
  const before = await readFile(file).catch(() => null);
  if (before === null) return { before };
  try {
    decodeArtifact(before);
    return { before };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    house.log.warn('what was forecast before cannot be read and is made again', { file, message });
    return { before: null };
  }
}

export async function writeMemory(house: Place, model: string, bytes: Uint8Array): Promise<void> {
  const file = fileOf(house, model);
  await mkdir(dirname(file), { recursive: true });
  await writeFileDurably(file, bytes);
}
