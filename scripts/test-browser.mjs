// The demo served for real, once: every route is called, and every page is opened in Chromium.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buildAll, filesUnder, install, run, say, top } from './common.mjs';

install();
buildAll();
const bin = join(top, 'system', 'bin', 'tino.js');
const place = mkdtempSync(join(tmpdir(), 'tino-demo-'));
const folder = join(place, 'examples', 'demo');
const env = { ...process.env, TINO_KEY_FILE: join(place, 'pseudonyms.key') };
env.TINO_CHROMIUM ??=
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
    existsSync(path),
  ) ?? '';
cpSync(join(top, 'examples'), join(place, 'examples'), {
  recursive: true,
  filter: (path) => !/\/(\.tino|data)(\/|$)/.test(path.slice(top.length)),
});
symlinkSync(join(top, 'node_modules'), join(place, 'node_modules'));

let status = 1;
const server = spawn(
  process.execPath,
  [bin, 'start', '--folder', folder, '--port', '0', '--lang', 'en'],
  { env },
);
try {
  const address = await addressOf(server);
  const admin = tino(['key', 'create', 'tests', '--role', 'admin']).secret;
  const smoke = await run(process.execPath, [join(top, 'scripts', 'smoke.mjs'), address, admin]);
  const link = `${address}${tino(['key', 'link', '--role', 'admin']).path}`;
  const files = [
    ...filesUnder(join(top, 'web', 'test'), (path) => path.endsWith('.browser.test.mjs')),
  ];
  if (files.length === 0) throw new Error('no browser test was found in web/test');
  const pages = await run(
    process.execPath,
    ['--test', '--test-concurrency=1', ...files.map((path) => relative(top, path))],
    {
      env: {
        ...env,
        TINO_E2E_ADDRESS: address,
        TINO_E2E_LINK: link,
        TINO_E2E_SESSION: join(place, 'session.json'),
        TINO_E2E_KEY: admin,
      },
    },
  );
  status = smoke.status || pages.status;
} finally {
  server.kill('SIGTERM');
  await new Promise((resolve) =>
    server.exitCode === null ? server.on('close', resolve) : resolve(),
  );
  rmSync(place, { recursive: true, force: true });
}
process.exit(status);

function tino(args) {
  const {
    stdout,
    stderr,
    status: code,
  } = spawnSync(process.execPath, [bin, ...args, '--folder', folder, '--json', '--lang', 'en'], {
    env,
    encoding: 'utf8',
  });
  if (code !== 0) throw new Error(`tino ${args.join(' ')}: ${stderr}`);
  return JSON.parse(stdout);
}

/** The demo is simulated, trained and served when it prints where. */
function addressOf(child) {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stderr.on('data', (chunk) => (output += chunk));
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const found = /https?:\/\/[\w.]+:\d+/.exec(output);
      if (found === null) return;
      say(output);
      resolve(found[0]);
    });
    child.on('close', () => reject(new Error(`the demo ended: ${output.slice(-3000)}`)));
  });
}
