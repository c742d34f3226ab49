import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adjustedRand, frame, kPrototypes, numberColumn, seeded } from '@tino/learn';

/** Groups that differ half by a number and half by a category. */
function groups(rows: number) {
  const rng = seeded('mixed');
  const truth = Int32Array.from({ length: rows }, () => rng.below(4));
  const x = frame([
    numberColumn(
      'a',
      Float64Array.from(truth, (group) => 6 * (group % 2) + rng.normal()),
    ),
    {
      kind: 'category',
      name: 'b',
      codes: Int32Array.from(truth, (group) =>
        rng.next() < 0.02 ? -1 : rng.next() < 0.02 ? rng.below(2) : group >> 1,
      ),
      levels: ['x', 'y'],
    },
  ]);
  return { x, truth };
}

// More rows than those on which starts are compared.
for (const rows of [400, 60_000])
  test(`k-prototypes finds ${rows} rows' groups of numbers and categories`, async () => {
    const { x, truth } = groups(rows);
    const fit = () =>
      kPrototypes({ k: 4, gamma: 4 }).fit({ x, y: new Float64Array(0) }, { rng: seeded(1) });
    const model = await fit();
    const labels = new Float64Array(rows);
    model.predict(x, labels);
    const agreement = adjustedRand(truth, labels);
    assert.ok(agreement > 0.9, `${agreement}`);
    assert.deepEqual((await fit()).bytes(), model.bytes());
    const sizes = Array.from({ length: 4 }, (_, k) => labels.filter((one) => one === k).length);
    assert.deepEqual(
      sizes,
      sizes.toSorted((a, b) => b - a),
      'the largest comes first',
    );
  });
