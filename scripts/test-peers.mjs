// The tests that ask other libraries: LightGBM, onnxruntime, statsforecast and more, from PyPI at pinned
// versions, in a virtual environment of their own that is made once. TINO_PYTHON names one that is there already.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildAll, filesUnder, install, must, run, say, top } from './common.mjs';

install();
buildAll();
process.env.TINO_PYTHON ??= environment();
const asks = (path) =>
  path.endsWith('.test.ts') && readFileSync(path, 'utf8').includes("process.env['TINO_PYTHON']");
const files = ['learn', 'system'].flatMap((name) =>
  [...filesUnder(join(top, name, 'test'), asks)].map((path) =>
    join(name, 'dist', relative(join(top, name), path).replace(/\.ts$/, '.js')),
  ),
);
if (files.length === 0) throw new Error('no test asks for TINO_PYTHON');
const { status } = await run(process.execPath, ['--test', '--test-concurrency=1', ...files]);
process.exit(status);

/** The interpreter of an environment that has what bench/peers/requirements.txt lists. */
function environment() {
  const wanted = join(top, 'bench', 'peers', 'requirements.txt');
  const folder = join(top, 'node_modules', '.cache', 'peers');
  const python = join(folder, 'bin', 'python');
  const mark = join(folder, 'installed.txt');
  const list = readFileSync(wanted, 'utf8');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === list) return python;
  if (spawnSync('python3', ['--version']).status !== 0)
    throw new Error('python3 is not here; install it, or name one in TINO_PYTHON');
  say('Installing what Tino is compared with from PyPI…');
  mkdirSync(folder, { recursive: true });
  must('python3', ['-m', 'venv', folder]);
  must(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', wanted]);
  writeFileSync(mark, list);
  return python;
}
