import assert from 'node:assert/strict';
import test from 'node:test';
import { densityValidity, seeded, type Points } from '@tino/learn';

const pointsOf = (rows: readonly (readonly number[])[]): Points => ({
  rows: rows.length,
  dimensions: rows[0]!.length,
  values: Float64Array.from(rows.flat()),
});

/** Rings around one centre: shapes that lie inside of each other. */
function rings(rows: number) {
  const rng = seeded('rings');
  const labels = Array.from({ length: rows }, (_, row) => row % 2);
  const points = labels.map((ring) => {
    const angle = 2 * Math.PI * rng.next();
    const radius = (ring === 0 ? 1 : 4) + 0.1 * rng.normal();
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  return { points: pointsOf(points), labels };
}

test('two triples on a line, by hand', () => {
  // Core distances 4/3, 1, 4/3 in one dimension, by the mean of 1/d; each tree is two edges of 4/3 by
  // way of its middle row, which alone is inner; the middles are 10 apart.
  const points = pointsOf([[0], [1], [2], [10], [11], [12]]);
  const found = densityValidity(points, [0, 0, 0, 1, 1, 1]);
  assert.ok(Math.abs(found - (10 - 4 / 3) / 10) < 1e-12, `${found}`);
});

test('noise is counted as rows without a cluster', () => {
  const points = pointsOf([[0], [1], [2], [10], [11], [12], [100], [200]]);
  const found = densityValidity(points, [0, 0, 0, 1, 1, 1, -1, -1]);
  assert.ok(Math.abs(found - ((10 - 4 / 3) / 10) * (6 / 8)) < 1e-12, `${found}`);
});

test('rings are valid as rings and not as halves', () => {
  const { points, labels } = rings(300);
  const halves = labels.map((_, row) => (points.values[2 * row]! > 0 ? 1 : 0));
  assert.ok(densityValidity(points, labels) > 0.4);
  assert.ok(densityValidity(points, halves) < 0);
});

test('neither scale, nor order of rows, nor names of clusters matter', () => {
  const { points, labels } = rings(80);
  const right = densityValidity(points, labels);
  const scaled = { ...points, values: points.values.map((value) => 1000 * value) };
  assert.ok(Math.abs(densityValidity(scaled, labels) - right) < 1e-9);
  const order = labels.map((_, row) => (row * 37) % labels.length);
  const turned = pointsOf(order.map((row) => [...points.values.subarray(2 * row, 2 * row + 2)]));
  const renamed = order.map((row) => 1 - labels[row]!);
  assert.ok(Math.abs(densityValidity(turned, renamed) - right) < 1e-9);
});

test('one cluster has no validity, and labels are of these rows', () => {
  const points = pointsOf([[0], [1], [2]]);
  assert.ok(Number.isNaN(densityValidity(points, [0, 0, 0])));
  assert.throws(() => densityValidity(points, [0, 1]), /labels has 2 rows, expected 3/);
});
