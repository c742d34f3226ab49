// The tests that need Chromium: the pages over fixtures, and the demo end to end.
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildAll, filesUnder, install, run, top } from './common.mjs';

install();
buildAll();
process.env.TINO_CHROMIUM ??=
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
    existsSync(path),
  ) ?? '';
const isBrowserTest = (path) => /\.browser\.test\.m?js$/.test(path);
const files = ['web/test', 'system/dist/test'].flatMap((name) => [
  ...filesUnder(join(top, name), isBrowserTest),
]);
const compiled = [...filesUnder(join(top, 'system', 'dist', 'test'), isBrowserTest)];
const all = [...new Set([...files, ...compiled])].map((path) => relative(top, path));
const { status } = await run(process.execPath, ['--test', '--test-concurrency=1', ...all]);
process.exit(status);
