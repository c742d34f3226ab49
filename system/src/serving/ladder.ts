import { TinoError } from '../contract/error.js';
import type { Provenance } from '../contract/common.js';
import type { House } from '../ports/house.js';
import { championOf, formerChampions, openVersion, type StoredVersion } from '../registry/index.js';
import type { VersionPackage } from '../training/package.js';

/** A version that answers, and the rung of the ladder it stands on. */
export interface Rung<T> {
  rung: Provenance['rung'];
  version: number;
  hash: string;
  package: VersionPackage;
  opened: T;
}

/**
 * Champion → the champions before it → the baseline kept beside the newest of them that can be read. A
 * damaged file is logged and the next rung answers; without a champion there is nothing to climb down from.
 */
export async function climb<T>(
  house: House,
  model: string,
  open: (pack: VersionPackage, section: 'model' | 'baseline') => T,
): Promise<Rung<T>> {
  const champion = await championOf(house, model);
  if (champion === undefined) throw new TinoError('NO_CHAMPION', { model });
  const former = await formerChampions(house.state, model);
  const readable: { version: StoredVersion; pack: VersionPackage }[] = [];
  let damage: unknown;
  for (const version of [champion, ...former]) {
    try {
      const pack = await openVersion(house, version);
      readable.push({ version, pack });
      const rung = version === champion ? 'champion' : 'previous';
      return standing(
        version,
        pack,
        rung,
        opened(version, () => open(pack, 'model')),
      );
    } catch (error) {
      damage ??= error;
      const message = error instanceof Error ? error.message : String(error);
      house.log.error('a version cannot be served', { model, version: version.version, message });
    }
  }
  for (const { version, pack } of readable) {
    if (pack.sections['baseline'] === undefined) continue;
    return standing(
      version,
      pack,
      'baseline',
      opened(version, () => open(pack, 'baseline')),
    );
  }
  throw damage;
}

const standing = <T>(
  { version, hash }: StoredVersion,
  pack: VersionPackage,
  rung: Provenance['rung'],
  value: T,
): Rung<T> => ({ rung, version, hash, package: pack, opened: value });

function opened<T>({ model, version }: StoredVersion, open: () => T): T {
  try {
    return open();
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new TinoError('ARTIFACT_DAMAGED', { model, version, detail }, { cause });
  }
}
