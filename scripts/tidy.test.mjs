// The house checks its own taste: direction of imports, who may touch the outside world, sizes, words.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { test } from 'node:test';
import { filesUnder, top } from './common.mjs';
import { layers } from './layers.mjs';

const isCode = (path) =>
  /\.(ts|tsx|mjs)$/.test(path) &&
  !path.endsWith('.d.ts') &&
  !path.includes(`${sep}generated${sep}`);
const code = (folder) =>
  [...filesUnder(join(top, folder), isCode)].map((path) => ({
    path: relative(top, path),
    text: readFileSync(path, 'utf8'),
  }));
const system = code('system/src');
const learn = code('learn/src');
const web = code('web/src');

const importsOf = ({ text }) =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([\w@./:-]+)'/g)].map(([, name]) => name);
const depth = (room) => layers.findIndex((layer) => layer.includes(room));
const roomOf = (path) => path.split(sep)[2];

test('every import of system points down the layers', () => {
  const wrong = [];
  for (const file of system) {
    const from = roomOf(file.path);
    if (!from || from.endsWith('.ts')) continue;
    assert.notEqual(depth(from), -1, `${from} is not in scripts/layers.mjs`);
    for (const name of importsOf(file).filter((each) => each.startsWith('.'))) {
      const to = roomOf(relative(top, resolve(top, dirname(file.path), name)));
      if (to === undefined || to.endsWith('.js') || to === from) continue;
      if (depth(to) <= depth(from)) wrong.push(`${file.path} imports ${name}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('learn imports nothing from outside itself', () => {
  const wrong = learn.flatMap((file) =>
    importsOf(file)
      .filter((name) => !name.startsWith('.'))
      .map((name) => `${file.path} imports ${name}`),
  );
  assert.deepEqual(wrong, []);
});

test('web knows the contract and learn, nothing else of the house', () => {
  const wrong = web.flatMap((file) =>
    importsOf(file)
      .filter(
        (name) =>
          name.startsWith('@tino/') &&
          name !== '@tino/learn' &&
          !/^@tino\/system\/contract(\/|$)/.test(name),
      )
      .map((name) => `${file.path} imports ${name}`),
  );
  assert.deepEqual(wrong, []);
});

test('only the engine, the store and the server import their drivers', () => {
  const owners = {
    '@duckdb/node-api': 'engine',
    '@electric-sql/pglite': 'store',
    pg: 'store',
    fastify: 'server',
    '@fastify/static': 'server',
    '@fastify/swagger': 'server',
  };
  const wrong = system.flatMap((file) =>
    importsOf(file)
      .filter((name) => owners[name] !== undefined && owners[name] !== roomOf(file.path))
      .map((name) => `${file.path} imports ${name}`),
  );
  assert.deepEqual(wrong, []);
});

test('only http calls out, and in web only api.ts', () => {
  const calls = ({ text }) => /(?<![\w.])fetch\(/.test(text);
  assert.deepEqual(
    system.filter((file) => calls(file) && roomOf(file.path) !== 'http').map(({ path }) => path),
    [],
  );
  assert.deepEqual(
    web.filter((file) => calls(file) && !file.path.endsWith('api.ts')).map(({ path }) => path),
    [],
  );
});

test('nothing in system or learn knows a topic', () => {
  const topics = /churn|restaurant|olist|dish|seller|ingredient/i;
  const bare = ({ text }) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
  assert.deepEqual(
    [...system, ...learn].filter((file) => topics.test(bare(file))).map(({ path }) => path),
    [],
  );
});

test('randomness and clocks are handed to learn', () => {
  assert.deepEqual(
    learn
      .filter(({ text }) => /Math\.random|Date\.now|new Date\(\)/.test(text))
      .map(({ path }) => path),
    [],
  );
});

const LINES_MAX = 600;
test(`no file is over ${LINES_MAX} lines`, () => {
  const long = [...system, ...learn, ...web]
    .filter(({ text }) => text.split('\n').length > LINES_MAX)
    .map(({ path }) => path);
  assert.deepEqual(long, []);
});

test('no leftover of work in progress', () => {
  const mark = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|'));
  assert.deepEqual(
    [...system, ...learn, ...web].filter(({ text }) => mark.test(text)).map(({ path }) => path),
    [],
  );
});

test('ARCHITECTURE.md prints the layers as they are', () => {
  const text = readFileSync(join(top, 'ARCHITECTURE.md'), 'utf8');
  const line = layers.map((layer) => layer.join(', ')).join(' → ');
  assert.ok(text.includes(line), `ARCHITECTURE.md should contain: ${line}`);
});

test('every dependency is justified in ARCHITECTURE.md', () => {
  const text = readFileSync(join(top, 'ARCHITECTURE.md'), 'utf8');
  const missing = ['.', 'learn', 'system', 'web'].flatMap((folder) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(
      readFileSync(join(top, folder, 'package.json'), 'utf8'),
    );
    return Object.keys({ ...dependencies, ...devDependencies }).filter(
      (name) => !name.startsWith('@tino/') && !text.includes(`\`${name}\``),
    );
  });
  assert.deepEqual(missing, []);
});

test('links between documents lead somewhere', () => {
  const documents = [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'STYLE.md',
    'CHANGELOG.md',
    'bench/README.md',
    'docs/workspace.md',
    'docs/operations.md',
  ];
  const broken = documents.flatMap((document) => {
    const text = readFileSync(join(top, document), 'utf8');
    return [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
      .filter(([, link]) => !existsSync(join(top, dirname(document), link)))
      .map(([, link]) => `${document}: ${link}`);
  });
  assert.deepEqual(broken, []);
});
