// The smoke test needs a trained server; that it has a question for each operation is known without one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { top } from './common.mjs';
import { questions } from './smoke-questions.mjs';

test('each operation of the API is asked once by the smoke test', () => {
  const generated = readFileSync(
    join(top, 'system', 'src', 'client', 'generated', 'openapi.ts'),
    'utf8',
  );
  const described = generated.slice(generated.indexOf('export interface operations'));
  const operations = [...described.matchAll(/^    (\w+): \{$/gm)].map(([, name]) => name);
  assert.ok(operations.length > 50);
  const named = { name: 'x', champion: 'x', id: 'x', key: { x: '1' }, features: [], changes: [] };
  const things = new Proxy({}, { get: () => named });
  assert.deepEqual(Object.keys(questions(things)).toSorted(), operations.toSorted());
});
