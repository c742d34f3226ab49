import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { migrations } from './migrations/index.js';

/**
 * A database that was made once, when Tino was built, as one file: to make one takes PostgreSQL four
 * seconds and 700 MB, to unpack it a fraction of one.
 *
 * Compressed: length of the header, header as JSON, then each content once, as its templates are
 * the same files several times.
 */
interface Header {
  folders: string[];
  /** Path, and which of the contents. */
  files: [path: string, content: number][];
  lengths: number[];
}

/** Files written at the same time. */
const AT_ONCE = 16;

/** Where the snapshot is that fits this PGlite and these migrations; another one is never read. */
export async function snapshotPath(): Promise<string> {
  const pglite = dirname(fileURLToPath(import.meta.resolve('@electric-sql/pglite')));
  const { version } = JSON.parse(await readFile(join(pglite, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const hash = createHash('sha256').update(version);
  for (const { name, sql } of migrations) hash.update(`\n${name}\n${sql}`);
  const name = `state-${hash.digest('hex').slice(0, 16)}.snapshot`;
  return fileURLToPath(new URL(`../../${name}`, import.meta.url));
}

export const findSnapshot = async (): Promise<string | undefined> => {
  const path = await snapshotPath();
  return access(path).then(
    () => path,
    () => undefined,
  );
};

/** A folder of a closed database as one file. */
export async function packFolder(folder: string): Promise<Uint8Array> {
  const header: Header = { folders: [], files: [], lengths: [] };
  const contents: Buffer[] = [];
  const known = new Map<string, number>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }));
  for (const { entry, path } of paths.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const name = relative(folder, path).split(sep).join('/');
    if (entry.isDirectory()) {
      header.folders.push(name);
      continue;
    }
    const bytes = await readFile(path);
    const digest = createHash('sha256').update(bytes).digest('hex');
    const content = known.get(digest) ?? contents.length;
    if (content === contents.length) {
      known.set(digest, content);
      contents.push(bytes);
      header.lengths.push(bytes.length);
    }
    header.files.push([name, content]);
  }
  const told = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(told.length);
  return promisify(gzip)(Buffer.concat([length, told, ...contents]), { level: 9 });
}

/** The same, laid out in an empty folder; a damaged file is refused by its checksum. */
export async function unpackFolder(packed: Uint8Array, folder: string): Promise<void> {
  const bytes = await promisify(gunzip)(packed);
  const start = 4 + bytes.readUInt32LE(0);
  const { folders, files, lengths } = JSON.parse(bytes.toString('utf8', 4, start)) as Header;
  const contents: Buffer[] = [];
  for (let at = start, i = 0; i < lengths.length; at += lengths[i++]!)
    contents.push(bytes.subarray(at, at + lengths[i]!));
  // Sorted, so that a folder comes before what is in it; PostgreSQL wants them to itself.
  for (const name of folders) await mkdir(join(folder, name), { mode: 0o700 });
  let next = 0;
  const work = async () => {
    while (next < files.length) {
      const [name, content] = files[next++]!;
      await writeFile(join(folder, name), contents[content]!, { mode: 0o600 });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
