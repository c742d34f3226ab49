// Replays the steps of the Dockerfile in a bare folder, where no container engine runs: every COPY
// takes only what it names, every RUN runs there, and what the last stage would start is started.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { top } from './common.mjs';

const lines = readFileSync(join(top, 'integrations/container/Dockerfile'), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'));
const [build, last] = splitStages(lines);

test(
  'the steps of the Dockerfile build what the last stage starts',
  { timeout: 600_000 },
  async () => {
    const place = mkdtempSync(join(tmpdir(), 'tino-container-'));
    try {
      for (const line of build) step(line, place);
      assert.ok(
        !existsSync(join(place, 'node_modules', 'typescript')),
        'development packages are pruned',
      );
      for (const line of last.filter((each) => !each.includes('--from='))) step(line, place);
      assert.ok(last.includes('USER node'), 'the process is not root');
      assert.match(await start(place, last), /Tino (at|em) http/);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  },
);

function splitStages(all) {
  const at = all.findLastIndex((line) => line.startsWith('FROM'));
  return [all.slice(1, at), all.slice(at + 1)];
}

function step(line, place) {
  const [word, ...rest] = line.split(' ');
  if (word === 'COPY')
    copy(
      rest.filter((part) => !part.startsWith('--')),
      place,
    );
  if (word === 'RUN') {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', rest.join(' ')], {
      cwd: place,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    assert.equal(status, 0, `${line}\n${stdout}${stderr}`);
  }
}

function copy(names, place) {
  const target = join(place, names.pop());
  for (const name of names) {
    const from = join(top, name);
    const folder = statSync(from).isDirectory();
    const to =
      folder || !(names.length > 1 || existsSync(target) || target.endsWith('/'))
        ? target
        : join(target, basename(name));
    mkdirSync(folder ? target : join(to, '..'), { recursive: true });
    cpSync(from, to, {
      recursive: true,
      filter: (path) =>
        !/\/(node_modules|dist|\.tino)(\/|$)|^\/examples\/\w+\/data(\/|$)/.test(
          path.slice(top.length),
        ),
    });
  }
}

/** ENTRYPOINT with the API on a free port, over the smallest example, until it prints its address. */
function start(place, stage) {
  const entry = JSON.parse(
    stage.find((line) => line.startsWith('ENTRYPOINT')).slice('ENTRYPOINT '.length),
  );
  const workspace = join(place, 'examples', 'retail');
  const child = spawn(
    entry[0],
    [...entry.slice(1), 'start', '--folder', workspace, '--port', '0', '--lang', 'en'],
    {
      cwd: place,
      env: { ...process.env, TINO_KEY_FILE: join(place, 'pseudonyms.key') },
    },
  );
  let output = '';
  return new Promise((resolve, reject) => {
    const heard = (chunk) => {
      output += chunk;
      if (/Tino (at|em) http/.test(output)) child.kill('SIGTERM');
    };
    child.stdout.on('data', heard);
    child.stderr.on('data', heard);
    child.on('error', reject);
    child.on('close', () => resolve(output));
  });
}
