import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frame, kMeans, numberColumn, seeded, type Frame } from '@tino/learn';
import { lastingIds, type EarlierSegments } from '../../src/training/segment-ids.js';

interface Group {
  at: [number, number];
  size: number;
}

/** Customers around the places of their groups, a little elsewhere each month. */
function month(groups: readonly Group[], seed: number): Frame {
  const rng = seeded(`month ${seed}`);
  const rows = groups.flatMap(({ at: [a, b], size }) =>
    Array.from({ length: size }, () => [a + rng.normal(), b + rng.normal()] as const),
  );
  return frame([
    numberColumn(
      'a',
      rows.map(([a]) => a),
    ),
    numberColumn(
      'b',
      rows.map(([, b]) => b),
    ),
  ]);
}

/** Names of the groups in a month, by place, and what the next month starts from. */
async function named(
  groups: readonly Group[],
  seed: number,
  previous: EarlierSegments | null,
  x = month(groups, seed),
): Promise<{ names: string[]; next: EarlierSegments }> {
  const k = groups.length;
  const model = await kMeans({ k, winsor: 0, logSkewed: false }).fit(
    { x, y: new Float64Array(0) },
    { rng: seeded(seed) },
  );
  const labels = new Float64Array(x.rows);
  model.predict(x, labels);
  const { ids, named: highest } = lastingIds(x, labels, k, previous);
  assert.equal(new Set(ids).size, k, 'no two segments share a name');
  let row = 0;
  const names = groups.map(({ size }) => ids[labels[(row += size) - 1]!]!);
  return { names, next: { model: model.bytes(), ids, named: highest } };
}

const west = { at: [0, 0], size: 100 } as Group;
const north = { at: [20, 0], size: 90 } as Group;
const east = { at: [0, 20], size: 80 } as Group;

test('over six months names stay with their groups, whatever number a fit gives the clusters', async () => {
  let last: EarlierSegments | null = null;
  let before: string[] | null = null;
  for (let seed = 1; seed <= 6; seed++) {
    // Clusters are numbered by size, and sizes change every month.
    const groups = [west, north, east].map((one, i) => ({
      ...one,
      size: 60 + 20 * ((i + seed) % 3),
    }));
    const { names, next }: { names: string[]; next: EarlierSegments } = await named(
      groups,
      seed,
      last,
    );
    if (before !== null) assert.deepEqual(names, before, `month ${seed}`);
    [before, last] = [names, next];
  }
});

test('of a group that parts the larger half keeps the name, the other gets a new one', async () => {
  const { names, next } = await named([west, north], 1, null);
  const halves = [
    { at: [-3, 0], size: 70 },
    { at: [3, 4], size: 30 },
  ] as Group[];
  const { names: later } = await named([...halves, north], 2, next);
  assert.deepEqual(later, [names[0], 's3', names[1]]);
});

test('the name of a group that is gone is never given to another', async () => {
  const first = await named([west, north, east], 1, null);
  const second = await named([west, north], 2, first.next);
  assert.deepEqual(second.names, first.names.slice(0, 2));
  const third = await named([west, north, { at: [30, 30], size: 50 }], 3, second.next);
  assert.deepEqual(third.names, [...first.names.slice(0, 2), 's4']);
});

test('where the columns are others nothing can be kept, and no name comes back', async () => {
  const first = await named([west, north], 1, null);
  const { columns, rows } = month([west, north], 2);
  const others = { rows, columns: columns.map((one) => ({ ...one, name: `${one.name}2` })) };
  const second = await named([west, north], 2, first.next, others);
  assert.deepEqual(second.names.toSorted(), ['s3', 's4']);
});
