// Workspaces of a benchmark: a copy of an example in a temporary folder, and the command line over it.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { top } from '../scripts/common.mjs';
import { watch } from './harness.mjs';

export function copyOf(example) {
  const place = mkdtempSync(join(tmpdir(), 'tino-bench-'));
  const examples = join(place, 'examples');
  mkdirSync(examples);
  cpSync(join(top, 'examples'), examples, {
    recursive: true,
    filter: (path) => !/\/(\.tino|data)(\/|$)/.test(path.slice(top.length)),
  });
  symlinkSync(join(top, 'node_modules'), join(place, 'node_modules'));
  return {
    folder: join(examples, example),
    remove: () => rmSync(place, { recursive: true, force: true }),
  };
}

export const tinoBin = join(top, 'system', 'bin', 'tino.js');

/** One verb, to its end; throws with its output when it fails. */
export async function tino(folder, args, env = {}) {
  const result = await watch(
    process.execPath,
    [tinoBin, ...args, '--folder', folder, '--json', '--lang', 'en'],
    {
      env: { ...environmentOf(folder), ...env },
    },
  );
  if (result.status !== 0)
    throw new Error(
      `tino ${args.join(' ')} ended with ${result.status}:\n${result.output.slice(-3000)}`,
    );
  return result;
}

const environmentOf = (folder) => ({
  ...process.env,
  TINO_KEY_FILE: join(folder, 'pseudonyms.key'),
});

/** A server over a workspace, once it has said its address. */
export async function served(folder, options = []) {
  const child = spawn(
    process.execPath,
    [tinoBin, 'serve', ...options, '--port', '0', '--folder', folder, '--lang', 'en'],
    { env: environmentOf(folder), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise((resolve) => child.on('close', resolve));
  const address = await new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const found = /https?:\/\/[\w.]+:\d+/.exec(output);
      if (found) resolve(found[0]);
    });
    ended.then(() => reject(new Error(`the server ended: ${output}`)));
  });
  return {
    address,
    pid: child.pid,
    close: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
