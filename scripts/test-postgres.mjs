// A PostgreSQL of its own in a temporary folder, for the tests of the store and the queue.
import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buildAll, filesUnder, install, run, say, top } from './common.mjs';

install();
buildAll();
const folder = mkdtempSync(join(tmpdir(), 'tino-postgres-'));
const bin = findBin();
const port = await freePort();
// initdb refuses to run as root, so there it runs as the account that the package made.
const root = process.getuid?.() === 0;
if (root) chownSync(folder, idOf('-u'), idOf('-g'));
const as = (command, args) =>
  root ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, args];
const sh = (command, args) => {
  const { status, stderr } = spawnSync(...as(join(bin, command), args), {
    encoding: 'utf8',
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
};
sh('initdb', ['-D', join(folder, 'data'), '-A', 'trust', '-U', 'tino', '--no-sync']);
sh('pg_ctl', [
  '-D',
  join(folder, 'data'),
  '-w',
  '-l',
  join(folder, 'log'),
  '-o',
  `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`,
  'start',
]);
let status = 1;
try {
  process.env.TINO_TEST_POSTGRES = `postgres://tino@127.0.0.1:${port}/postgres`;
  const isTest = (path) => /dist\/test\/((store|jobs)\/.*|cli\/apart)\.test\.js$/.test(path);
  const files = [...filesUnder(join(top, 'system', 'dist', 'test'), isTest)].map((path) =>
    relative(top, path),
  );
  if (files.length === 0) throw new Error('no test of the store was built');
  ({ status } = await run(process.execPath, ['--test', '--test-concurrency=1', ...files]));
} finally {
  sh('pg_ctl', ['-D', join(folder, 'data'), '-m', 'fast', 'stop']);
  rmSync(folder, { recursive: true, force: true });
}
process.exit(status);

function findBin() {
  const base = '/usr/lib/postgresql';
  const newest = readdirSync(base).toSorted((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined) throw new Error(`no PostgreSQL under ${base}`);
  say(`PostgreSQL ${newest}`);
  return join(base, newest, 'bin');
}

function idOf(flag) {
  return Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
