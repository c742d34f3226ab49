import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeArtifact } from '@tino/learn';
import { packVersion, unpackVersion, type VersionPackage } from '../../src/training/package.js';

const pack: VersionPackage = {
  meta: {
    model: 'home-price',
    task: 'regress',
    seed: 1,
    declarationHash: 'd',
    declaration: {} as VersionPackage['meta']['declaration'],
    sql: { 'labels/x.sql': 'SELECT 1 AS é' },
    fingerprint: 'f',
    abt: null,
    dataUntil: '2025-01-31',
    recipe: { kind: 'ridge', params: { alpha: 1 } },
    metric: 'rmse',
    better: 'lower',
    metrics: { rmse: 1.5 },
    folds: [1, 2],
    baselineFolds: [3, 4],
    signature: [],
    coverage: [],
    importance: [],
    detail: {},
  },
  sections: { model: Uint8Array.of(1, 2, 3), baseline: Uint8Array.of(9) },
};

test('a version comes back from its bytes, and the same content has the same bytes', () => {
  const bytes = packVersion(pack);
  assert.deepEqual(unpackVersion(bytes), pack);
  assert.deepEqual(packVersion(structuredClone(pack)), bytes);
});

test('one flipped bit anywhere is refused', () => {
  const bytes = packVersion(pack);
  for (let at = 0; at < bytes.length; at += 7) {
    const damaged = Uint8Array.from(bytes);
    damaged[at]! ^= 4;
    // The two bytes after the format are not used.
    if (at === 6 || at === 7) continue;
    assert.throws(() => unpackVersion(damaged), `byte ${at}`);
  }
});

test('a file of another kind is no version', () => {
  const other = encodeArtifact({ kind: 'ridge', meta: {}, sections: {} });
  assert.throws(() => unpackVersion(other), /of kind ridge, expected version/);
});
