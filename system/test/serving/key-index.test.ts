import assert from 'node:assert/strict';
import test from 'node:test';
import { seeded } from '@tino/learn';
import { KeyIndex } from '../../src/serving/key-index.js';
import { CodedTexts, PackedTexts } from '../../src/serving/texts.js';

test('an index finds what a map finds, the newest of equal keys', () => {
  const rng = seeded('keys');
  for (const count of [0, 1, 7, 2000]) {
    const keys = Array.from({ length: count }, () => `é${rng.below(count)}`);
    const at = keys.map(() => rng.below(3));
    const expected = new Map<string, number>();
    keys.forEach((key, row) => {
      const standing = expected.get(key);
      if (standing === undefined || at[standing]! <= at[row]!) expected.set(key, row);
    });
    const index = new KeyIndex(
      count,
      (row) => keys[row]!,
      (row, other) => at[other]! <= at[row]!,
    );
    for (const [key, row] of expected) assert.equal(index.find(key), row);
    assert.equal(index.find('é-1'), undefined);
    assert.equal(index.find(''), undefined);
  }
});

test('packed and coded texts say what an array says', () => {
  const texts = ['São Paulo', '', '猫', 'x'.repeat(300), 'São Paulo'];
  const bytes = texts.map((text) => Buffer.from(text));
  const packed = new PackedTexts(
    Buffer.concat(bytes),
    bytes.map(({ length }) => length),
  );
  const levels = [...new Set(texts)];
  const coded = new CodedTexts(
    Int32Array.from([...texts.map((one) => levels.indexOf(one)), -1]),
    levels,
  );
  for (let row = 0; row <= texts.length; row++) {
    assert.equal(packed.at(row), texts.at(row));
    assert.equal(coded.at(row) ?? undefined, texts.at(row));
  }
  assert.deepEqual([packed.length, coded.length, coded.at(5)], [5, 6, null]);
  assert.throws(() => new PackedTexts(Buffer.from('abc'), [1, 1]), /2 bytes by their lengths, 3/);
});
