import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StateError } from './errors.js';
import { syncPath, writeFileDurably } from './files.js';

/** Bytes by the SHA-256 of their contents: what is stored is never changed, only swept. */
export interface ArtifactStore {
  /** The hash in hexadecimal, once the bytes are on disk; the same bytes again cost nothing. */
  put(bytes: Uint8Array): Promise<string>;
  /** The bytes, checked against their hash. */
  get(hash: string): Promise<Uint8Array>;
  has(hash: string): Promise<boolean>;
  remove(hash: string): Promise<void>;
  /** Removes what `keep` does not name and was written before `before`; gives the hashes. */
  sweep(keep: ReadonlySet<string>, before: Date): Promise<string[]>;
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const isHash = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);

const damaged = (message: string): StateError =>
  new StateError('ARTIFACT_DAMAGED', `${message}; restore it or train again`);

/** Artifacts in a folder, spread over 256 sub-folders by the first two digits of their hash. */
export async function openArtifacts(folder: string): Promise<ArtifactStore> {
  await mkdir(folder, { recursive: true });
  const pathOf = (hash: string) => {
    if (!isHash(hash)) throw damaged(`${hash} is not a hash of an artifact`);
    return join(folder, hash.slice(0, 2), hash);
  };
  const has = (hash: string) =>
    access(pathOf(hash)).then(
      () => true,
      () => false,
    );
  return {
    async put(bytes) {
      const hash = hashOf(bytes);
      if (await has(hash)) return hash;
      if (await mkdir(join(folder, hash.slice(0, 2)), { recursive: true })) await syncPath(folder);
      await writeFileDurably(pathOf(hash), bytes);
      return hash;
    },
    async get(hash) {
      const path = pathOf(hash);
      const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
        throw damaged(`artifact ${path} cannot be read: ${cause.code}`);
      });
      const actual = hashOf(bytes);
      if (actual !== hash) throw damaged(`artifact ${path} has the contents of ${actual}`);
      return bytes;
    },
    has,
    remove: (hash) => rm(pathOf(hash), { force: true }),
    sweep: (keep, before) => sweepFolder(folder, keep, before),
  };
}

async function sweepFolder(
  folder: string,
  keep: ReadonlySet<string>,
  before: Date,
): Promise<string[]> {
  const swept: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || keep.has(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    // A file just written may belong to a version whose row is not committed yet.
    if ((await stat(path)).mtime >= before) continue;
    await rm(path, { force: true });
    if (isHash(entry.name)) swept.push(entry.name);
  }
  return swept.sort();
}
