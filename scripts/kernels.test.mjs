// The kernels that are committed are those that their source compiles to.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildKernels, generatedFolder } from './build-kernels.mjs';

test('compiling the kernels anew gives the bytes that are committed', async () => {
  const built = await buildKernels();
  assert.deepEqual(
    readdirSync(generatedFolder).toSorted(),
    built.map(({ name }) => name),
  );
  for (const { name, text } of built)
    assert.ok(
      text === readFileSync(join(generatedFolder, name), 'utf8'),
      `${name} is not what learn/assembly compiles to; run node scripts/build-kernels.mjs`,
    );
});
