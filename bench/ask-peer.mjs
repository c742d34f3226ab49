// Other libraries are asked in Python, where there is one: TINO_PYTHON, or python3.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { top } from '../scripts/common.mjs';

const python = process.env.TINO_PYTHON ?? 'python3';

/** Whether modules can be imported, such as `lightgbm, pandas`. */
export function hasPeer(needs) {
  try {
    execFileSync(python, ['-c', `import ${needs}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What bench/peers/NAME.py prints as JSON; some libraries print lines of their own before it. */
export function askPeer(name, args, { input, threads } = {}) {
  const output = execFileSync(python, [join(top, 'bench', 'peers', `${name}.py`), ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'inherit'],
    ...(input !== undefined && { input }),
    ...(threads !== undefined && {
      env: {
        ...process.env,
        OMP_NUM_THREADS: String(threads),
        OPENBLAS_NUM_THREADS: String(threads),
      },
    }),
  });
  return JSON.parse(output.slice(output.indexOf('{')));
}

/** The same of something that is handed over as a JSON file; null where the modules are absent. */
export function askPeerOf(name, needs, given, options) {
  if (!hasPeer(needs)) return null;
  const folder = mkdtempSync(join(tmpdir(), 'tino-peer-'));
  try {
    const file = join(folder, 'given.json');
    writeFileSync(file, JSON.stringify(given));
    return askPeer(name, [file], options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
