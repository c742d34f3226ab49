import { cp, copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { TinoError } from '../contract/error.js';
import { openEngine } from '../engine/open.js';
import { literal } from '../engine/quote.js';
import { simulate } from './simulate.js';

const examples = join(import.meta.dirname, '..', '..', '..', '..', 'examples');
/** What belongs to the repository and not to a copy of the example. */
const LEFT_OUT = /(^|\/)(\.tino|data|simulate\.ts|simulation)(\/|$)/;

/** Copies an example's declarations and simulated tables; answers the files written. */
export async function initFromExample(example: string, folder: string): Promise<string[]> {
  const from = join(examples, example);
  if (!/^\w+$/.test(example) || !existsSync(join(from, 'tino.config.ts'))) {
    const known = (await readdir(examples, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    throw new TinoError('UNKNOWN_NAME', {
      file: 'tino init',
      kind: 'example',
      name: example,
      known: known.join(', '),
    });
  }
  await refuseToOverwrite(folder);
  await simulate(
    [{ name: example, folder: from }],
    { seed: 1, until: '2026-10-31' },
    { progress: () => {} },
  );
  await cp(from, folder, {
    recursive: true,
    filter: (path) => !LEFT_OUT.test(relative(from, path)),
  });
  if (existsSync(join(from, 'data')))
    await cp(join(from, 'data'), join(folder, 'data'), { recursive: true });
  return (await readdir(folder, { recursive: true }))
    .filter((name) => /\.(ts|sql|csv|md)$/.test(name))
    .toSorted();
}

interface Guess {
  table: string;
  columns: { name: string; from: string; type: string; required: boolean }[];
  key: string | undefined;
  eventTime: string | undefined;
}

/** Copies the tables to data/ and writes a config whose contracts are guessed from them, to be read and corrected. */
export async function initFromFiles(files: readonly string[], folder: string): Promise<string[]> {
  for (const file of files)
    if (!existsSync(file)) throw new TinoError('FILE_MISSING', { file, by: 'tino init --from' });
  await refuseToOverwrite(folder);
  await mkdir(join(folder, 'data'), { recursive: true });
  await mkdir(join(folder, 'features'), { recursive: true });
  await mkdir(join(folder, 'models'), { recursive: true });
  const guesses = [];
  for (const file of files) {
    await copyFile(file, join(folder, 'data', basename(file)));
    guesses.push({ file: basename(file), guess: await guessTable(file) });
  }
  await writeFile(join(folder, 'tino.config.ts'), configOf(basename(folder), guesses));
  return ['tino.config.ts', ...guesses.map(({ file }) => `data/${file}`)];
}

async function refuseToOverwrite(folder: string): Promise<void> {
  if (existsSync(join(folder, 'tino.config.ts')))
    throw new TinoError('CONFIG_INVALID', {
      file: join(folder, 'tino.config.ts'),
      path: 'folder',
      value: 'a workspace already',
      expected: 'a new folder',
    });
}

async function guessTable(file: string): Promise<Guess> {
  const engine = await openEngine({ threads: 1 });
  try {
    const session = await engine.session();
    const reader = file.endsWith('.parquet') ? 'read_parquet' : 'read_csv';
    const query = `SELECT * FROM ${reader}(${literal(file)})`;
    const described = await session.describe(query);
    const counts = described.map(
      ({ name }, i) =>
        `count(DISTINCT "${name.replaceAll('"', '""')}") AS d${i}, count("${name.replaceAll('"', '""')}") AS c${i}`,
    );
    const [stats] = await session.all(`SELECT count(*) AS n, ${counts.join(', ')} FROM (${query})`);
    const rows = Number(stats!['n']);
    const columns = described.map(({ name, type }, i) => ({
      name: snake(name),
      from: name,
      type: typeOf(name, type, Number(stats![`d${i}`])),
      required: Number(stats![`c${i}`]) === rows,
    }));
    const key = columns.find(
      ({ from }, i) => /id$|^id|codigo|code/i.test(from) && Number(stats![`d${i}`]) === rows,
    )?.name;
    const eventTime = columns.find(
      ({ type, required }) => required && (type === 'timestamp' || type === 'date'),
    )?.name;
    return {
      table: snake(basename(file).replace(/\.(csv|parquet)(\.gz)?$/, '')),
      columns,
      key,
      eventTime,
    };
  } finally {
    await engine.close();
  }
}

function typeOf(name: string, type: string, distinct: number): string {
  if (type === 'date' || type === 'timestamp' || type === 'boolean') return type;
  if (type === 'integer') return /id$|^id/i.test(name) ? 'text' : 'integer';
  if (type === 'number' || type === 'decimal')
    return /price|preco|preço|revenue|amount|valor|total|cost|custo/i.test(name)
      ? 'money'
      : 'number';
  return distinct <= 50 && !/id$|^id/i.test(name) ? 'category' : 'text';
}

const snake = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .toLowerCase();

function configOf(name: string, tables: { file: string; guess: Guess }[]): string {
  const used = new Set(tables.flatMap(({ guess }) => guess.columns.map(({ type }) => type)));
  const sources = tables.map(({ file, guess: { table, columns, key, eventTime } }) => {
    const lines = columns.map(({ name, from, type, required }) => {
      const options = [
        from !== name && `from: ${JSON.stringify(from)}`,
        required && 'required: true',
      ]
        .filter(Boolean)
        .join(', ');
      return `        ${name}: ${type}(${options && `{ ${options} }`}),`;
    });
    const head = [
      `files: 'data/${file}'`,
      key && `key: '${key}'`,
      eventTime && `eventTime: '${eventTime}'`,
    ]
      .filter(Boolean)
      .join(', ');
    return `    ${table}: source({\n      ${head},\n      columns: {\n${lines.join('\n')}\n      },\n    }),`;
  });
  return `import { defineWorkspace, ${['source', ...used].toSorted().join(', ')} } from '@tino/system';

// Guessed from the tables: read it, correct it, then run tino check.
export default defineWorkspace({
  name: ${JSON.stringify(name)},
  sources: {
${sources.join('\n')}
  },
});
`;
}
