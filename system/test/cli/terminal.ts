import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main, type ExitCode, type Terminal } from '../../src/cli/main.js';

export const examples = fileURLToPath(new URL('../../../../examples', import.meta.url));

export interface Said {
  code: ExitCode;
  out: string;
  errors: string;
  /** What --json printed. */
  json: ReturnType<typeof JSON.parse>;
}

/** Runs one command as a terminal would, and keeps what it said. */
export async function tino(
  args: readonly string[],
  { folder = tmpdir(), env = {} }: { folder?: string; env?: Terminal['env'] } = {},
): Promise<Said> {
  let out = '';
  let errors = '';
  const code = await main(args, {
    env: { TINO_KEY_FILE: join(folder, 'privacy.key'), TINO_LANG: 'en', ...env },
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (errors += text) },
    cwd: () => folder,
    on: () => undefined,
  });
  const isJson = args.includes('--json') && out !== '';
  return { code, out, errors, json: isJson ? JSON.parse(out) : undefined };
}

/** The houses of the examples in a folder of their own, with a few rows. */
export async function smallHouses(rows: number): Promise<string> {
  const top = await mkdtemp(join(tmpdir(), 'tino-cli-'));
  for (const file of ['chance.ts', 'dates.ts', 'simulator.ts'])
    await cp(join(examples, file), join(top, file));
  const folder = join(top, 'houses');
  await cp(join(examples, 'houses'), folder, {
    recursive: true,
    filter: (path) => !/[\\/](data|\.tino)$/.test(path),
  });
  await tino(['simulate', '--rows', String(rows), '--until', '2026-10-31'], { folder });
  return folder;
}
