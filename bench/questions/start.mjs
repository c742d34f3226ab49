// What a newcomer waits for: a bare clone to a served demo and to passed tests, then the second start.
import { spawn } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { top } from '../../scripts/common.mjs';
import { median, peakMemoryMb, residentMb, row, watch } from '../harness.mjs';

export const asks =
  'From a bare clone: how long to a served demo and to passed tests, and what does the second start cost?';
export const slow = true;

export async function answer() {
  const place = mkdtempSync(join(tmpdir(), 'tino-bench-'));
  const env = {
    ...process.env,
    npm_config_cache: join(place, 'cache'),
    TINO_KEY_FILE: join(place, 'pseudonyms.key'),
    TINO_PORT: '0',
  };
  try {
    const clone = join(place, 'clone');
    execFileSync('git', ['clone', '-q', top, clone]);
    const first = await started(clone, env);
    const again = [];
    for (let i = 0; i < 3; i++) again.push(await started(clone, env, true));
    const tests = join(place, 'tests');
    execFileSync('git', ['clone', '-q', top, tests]);
    const tested = await watch('npm', ['test'], {
      cwd: tests,
      env: { ...env, npm_config_cache: join(place, 'cache2') },
    });
    if (tested.status !== 0) throw new Error(tested.output.slice(-3000));
    execFileSync('npm', ['prune', '--omit=dev', '--no-save', '--no-audit', '--no-fund'], {
      cwd: clone,
      env,
      stdio: 'ignore',
    });
    const size = Number(
      execFileSync('du', ['-sm', join(clone, 'node_modules')], { encoding: 'utf8' }).split('\t')[0],
    );
    return [
      row('bare clone to served demo, install included', 's', first.seconds, 'lower', {
        must: 240,
      }),
      row('bare clone to tests passed, install included', 's', tested.seconds, 'lower', {
        must: 360,
      }),
      row(
        'second start to first answer',
        's',
        median(again.map(({ seconds }) => seconds)),
        'lower',
        { must: 3 },
      ),
      row(
        'idle resident memory of the server on the second start',
        'MB',
        median(again.map(({ idleMb }) => idleMb)),
        'lower',
        {
          must: 350,
          peer: 'MLflow + Feast + Airflow + Streamlit + FastAPI, measured elsewhere',
          peerValue: 2000,
        },
      ),
      row('peak memory of the first start', 'MB', first.peakMb, 'lower'),
      row('production dependencies', 'MB', size, 'lower', {
        must: 200,
        peer: 'MLflow + Feast + Airflow + Streamlit + FastAPI + LightGBM + statsforecast + Evidently, measured elsewhere',
        peerValue: 1464,
      }),
    ];
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Seconds from `npm start` until /v1/ready answers; then a quiet moment to read the memory. */
async function started(folder, env, quiet = false) {
  const began = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  try {
    let address;
    while (address === undefined || !(await ready(address))) {
      if (child.exitCode !== null) throw new Error(output.slice(-3000));
      address ??= /https?:\/\/[\w.]+:\d+/.exec(output)?.[0];
      await pause(50);
    }
    const seconds = (performance.now() - began) / 1000;
    if (quiet) await pause(30_000);
    const server = serverOf(child.pid);
    return { seconds, idleMb: residentMb(server), peakMb: peakMemoryMb(server) };
  } finally {
    process.kill(-child.pid, 'SIGTERM');
    await new Promise((resolve) =>
      child.exitCode === null ? child.on('close', resolve) : resolve(),
    );
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const ready = (address) =>
  fetch(`${address}/v1/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

/** The node under npm. */
function serverOf(pid) {
  const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(pid)], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n');
  for (const line of children) {
    const [, child, args] = /^\s*(\d+) (.*)$/.exec(line) ?? [];
    if (child === undefined) continue;
    return args.includes('start.mjs') && !args.startsWith('sh ')
      ? Number(child)
      : serverOf(Number(child));
  }
  return pid;
}
