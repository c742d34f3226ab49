// Benchmarks never rot: each question is answered once on a small input.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';

for (const name of readdirSync(new URL('questions', import.meta.url))) {
  const question = await import(new URL(`questions/${name}`, import.meta.url));
  test(
    `${name} answers`,
    {
      skip: question.slow ? 'too slow or large for a test' : false,
      timeout: 120_000,
    },
    async () => {
      const rows = await question.answer({ small: true });
      assert.ok(rows.length > 0);
      for (const { what, value } of rows) assert.ok(Number.isFinite(value), `${what} is ${value}`);
    },
  );
}
