import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { codeHash, hashOfCode } from '../../src/training/tasks/forecast/code.js';
import { openMemory } from '../../src/training/tasks/forecast/memory.js';

const BLOCK = 'theta';
const ROW = '0123456789abcdef'.repeat(2);

test('what one code said is found by the same code alone', () => {
  const made = openMemory(null, 'old');
  made.keep(BLOCK, ROW, Float64Array.of(1, 2));
  const bytes = made.bytes();
  assert.deepEqual(openMemory(bytes, 'old').find(BLOCK, ROW), Float64Array.of(1, 2));
  assert.equal(openMemory(bytes, 'new').find(BLOCK, ROW), undefined);
});

test('the hash of code follows names and content of what is compiled, and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tino-code-'));
  await mkdir(join(folder, 'local'));
  const theta = join(folder, 'local', 'theta.js');
  await writeFile(theta, 'export const alpha = 0.1;');
  await writeFile(join(folder, 'index.js'), '');
  const first = await hashOfCode([folder]);
  await writeFile(join(folder, 'index.js.map'), '{}');
  assert.equal(await hashOfCode([folder]), first);
  await writeFile(theta, 'export const alpha = 0.2;');
  const second = await hashOfCode([folder]);
  assert.notEqual(second, first);
  await rename(theta, join(folder, 'local', 'ets.js'));
  assert.equal(new Set([first, second, await hashOfCode([folder])]).size, 3);
  await rm(folder, { recursive: true });
});

test('the code that forecasts come from has a hash', async () => {
  assert.match(await codeHash(), /^[0-9a-f]{64}$/);
  assert.notEqual(await codeHash(), await hashOfCode([]));
});
