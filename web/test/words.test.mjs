import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { web } from './support.mjs';

const sources = readdirSync(join(web, 'src'), { recursive: true })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(web, 'src', name), 'utf8') }));

test('only api.ts calls fetch', () => {
  const callers = sources.filter(({ text }) => /\bfetch\(/.test(text)).map(({ name }) => name);
  assert.deepEqual(callers, ['api.ts']);
});

test('no page knows a topic: words come from the declarations', () => {
  const topics = /churn|restaurant|seller|ingredient|dish|house-?price|olist/i;
  const knowing = sources.filter(({ text }) => topics.test(text)).map(({ name }) => name);
  assert.deepEqual(knowing, []);
});

test('every text is in both languages', () => {
  for (const { name, text } of sources) {
    const count = (pattern) => text.match(pattern)?.length ?? 0;
    assert.equal(count(/\bpt:/g), count(/\ben:/g), name);
  }
});
