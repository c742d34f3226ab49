// What start, build, test and bench share: plain Node, because nothing is installed yet when they begin.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const top = dirname(dirname(fileURLToPath(import.meta.url)));
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

export function say(text) {
  process.stdout.write(`${text}\n`);
}

export function needNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(
    `Tino needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node and run it again`,
  );
  process.exit(1);
}

/** Installs when the lock file is not the one that was installed last. */
export function install() {
  const mark = join(top, 'node_modules', '.tino', 'installed');
  const lock = readFileSync(join(top, 'package-lock.json'), 'utf8');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === digest(lock)) return;
  say('Installing packages from the npm registry…');
  // Not `npm ci`: it refuses a registry mirror that lacks some optional binary of another platform.
  must(npm, ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, digest(lock));
}

const digest = (text) => createHash('sha256').update(text).digest('hex');

export function must(command, args, options = {}) {
  const { status, signal } = spawnSync(command, args, {
    cwd: top,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  });
  if (status === 0) return;
  say(`${[command, ...args].join(' ')} ended with ${signal ?? status}`);
  process.exit(status ?? 1);
}

/** Runs and returns the status; output goes through and is kept. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: top,
      stdio: ['ignore', 'pipe', 'inherit'],
      ...options,
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.on('close', (status) => resolve({ status: status ?? 1, output }));
  });
}

export function* filesUnder(folder, keep = () => true) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && entry.name !== 'dist') yield* filesUnder(path, keep);
    } else if (keep(path)) yield path;
  }
}

/** A digest of names, sizes and times: enough to know that a build is not needed. */
function stampOf(folders) {
  const hash = createHash('sha256');
  for (const folder of folders)
    for (const path of filesUnder(join(top, folder))) {
      const { size, mtimeMs } = statSync(path);
      hash.update(`${relative(top, path)} ${size} ${mtimeMs}\n`);
    }
  for (const file of ['package-lock.json', ...settings]) hash.update(readFileSync(join(top, file)));
  return hash.digest('hex');
}

function unlessBuilt(work) {
  const mark = join(top, 'node_modules', '.tino', 'built');
  const stamp = stampOf(sources);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === stamp) return;
  work();
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, stamp);
}

const tsc = join(top, 'node_modules', 'typescript', 'bin', 'tsc');
const sources = ['learn/src', 'system/src', 'web/src'];
const settings = [
  'tsconfig.base.json',
  'web/build.mjs',
  'web/tsconfig.json',
  'learn/tsconfig.json',
  'system/tsconfig.json',
];

/** Compiles what runs: learn, system and the pages; and an empty state, that no start makes its own. */
export function build() {
  unlessBuilt(() => {
    say('Building…');
    must(process.execPath, [tsc, '-b', 'learn', 'system/src/contract', 'system', 'web']);
    must(process.execPath, [join(top, 'web', 'build.mjs')]);
    must(process.execPath, [join(top, 'system', 'dist', 'src', 'store', 'make-snapshot.js')]);
  });
}

/** The tests and benchmarks too. */
export function buildAll() {
  build();
  must(process.execPath, [tsc, '-b']);
}
