// The engine's tests on newer Nodes, whose binaries come from the npm registry.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buildAll, filesUnder, install, must, run, say, top } from './common.mjs';

install();
buildAll();
const isTest = (path) => path.endsWith('.test.js');
const files = [...filesUnder(join(top, 'learn', 'dist', 'test'), isTest)].map((path) =>
  relative(top, path),
);
const platform = `${process.platform}-${process.arch}`;
const folder = mkdtempSync(join(tmpdir(), 'tino-nodes-'));
let pass = 0;
let fail = 0;
for (const major of [22, 24]) {
  const prefix = join(folder, String(major));
  must(
    'npm',
    [
      'install',
      '--silent',
      '--no-audit',
      '--no-fund',
      '--prefix',
      prefix,
      `node-${platform}@${major}`,
    ],
    { cwd: tmpdir() },
  );
  const node = join(prefix, 'node_modules', `node-${platform}`, 'bin', 'node');
  const { status, output } = await run(node, ['--test', '--test-concurrency=2', ...files]);
  say(`Node ${major}: ${status === 0 ? 'passed' : 'failed'}`);
  pass += Number(/^(?:#|ℹ) pass (\d+)/m.exec(output)?.[1] ?? 0);
  fail += Number(/^(?:#|ℹ) fail (\d+)/m.exec(output)?.[1] ?? 0) || (status === 0 ? 0 : 1);
}
rmSync(folder, { recursive: true, force: true });
say(`# pass ${pass}\n# fail ${fail}`);
process.exit(fail === 0 ? 0 : 1);
