// npm test: install, build, type-check, lint, and every test that needs only npm.
// Arguments are files to run instead of all; TINO_DATA is where the public data is, when it is anywhere.
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildAll, filesUnder, install, must, needNode, run, say, top } from './common.mjs';

needNode();
install();
buildAll();
const bin = (name) => join(top, 'node_modules', '.bin', name);
must(bin('oxlint'), ['--deny-warnings']);
must(bin('oxfmt'), ['--check']);
must(bin('knip'), ['--no-progress']);

const data = process.env.TINO_DATA ?? join(top, '..', 'shared', 'data');
if (existsSync(data)) process.env.TINO_DATA = data;
else say(`Public data is not at ${data}: the tests on real data are skipped, each by name`);

const wanted = process.argv.slice(2);
const isTest = (path) => /\.test\.m?js$/.test(path) && !/\.browser\.test\./.test(path);
const compiled = ['learn', 'system'].flatMap((name) => [
  ...filesUnder(join(top, name, 'dist', 'test'), isTest),
]);
const plain = ['web/test', 'scripts', 'bench'].flatMap((name) => [
  ...filesUnder(join(top, name), isTest),
]);
const files = [...compiled, ...plain]
  .map((path) => relative(top, path))
  .filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part)));
const { status } = await run(process.execPath, [
  '--test',
  // One more than the cores of a small machine: many tests wait for a process or a disk.
  '--test-concurrency=3',
  '--test-timeout=600000',
  ...files.toSorted(),
]);
process.exit(status);
