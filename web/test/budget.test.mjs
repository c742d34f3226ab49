import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { web } from './support.mjs';

const KILOBYTE = 1000;
const out = mkdtempSync(join(tmpdir(), 'tino-pages-'));
after(() => rmSync(out, { recursive: true }));
execFileSync(process.execPath, [join(web, 'build.mjs')], {
  env: { ...process.env, TINO_WEB_OUT: out },
});
const page = readFileSync(join(out, 'index.html'), 'utf8');
const assets = readdirSync(join(out, 'assets'));
const zipped = (name) => gzipSync(readFileSync(join(out, 'assets', name)), { level: 9 }).length;
const named = (pattern) => [...page.matchAll(pattern)].map(([, name]) => name);

test('the first script and what it imports weigh at most 160 kB zipped', () => {
  const first = named(/(?:src|href)="\/assets\/([^"]+\.js)"/g);
  assert.ok(first.some((name) => name.startsWith('main-')));
  const total = first.reduce((sum, name) => sum + zipped(name), 0);
  assert.ok(total <= 160 * KILOBYTE, `${total} bytes in ${first.join(', ')}`);
});

test('no chunk weighs more than 90 kB zipped', () => {
  const scripts = assets.filter((name) => name.endsWith('.js'));
  assert.ok(scripts.length > 5);
  for (const name of scripts) assert.ok(zipped(name) <= 90 * KILOBYTE, `${name}: ${zipped(name)}`);
});

test('style at most 12 kB zipped, font at most 35 kB', () => {
  const [style] = named(/href="\/assets\/([^"]+\.css)"/g);
  assert.ok(zipped(style) <= 12 * KILOBYTE, `${style}: ${zipped(style)}`);
  const [font] = assets.filter((name) => name.endsWith('.woff2'));
  assert.ok(readFileSync(join(out, 'assets', font)).length <= 35 * KILOBYTE);
});

test('the page has the marks that the server fills, and no script inside', () => {
  assert.match(page, /<div id="answer" class="answer"><!--answer--><\/div>/);
  assert.match(page, /<!--first-->/);
  assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)/);
});
