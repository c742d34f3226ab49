import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import * as fc from 'fast-check';
import {
  bootstrapQuantiles,
  bottomUp,
  gaussianQuantiles,
  hierarchyOf,
  middleOut,
  reconciler,
  seeded,
  temporalLevels,
  topDown,
  type Hierarchy,
  type Reconciler,
  type ReconcileWeights,
} from '../../src/index.js';
import {
  denseProjection,
  denseShrunk,
  inverse,
  summingMatrix,
  times,
  transpose,
} from './dense-reconcile.js';

interface Golden {
  name: string;
  levels: Record<string, string[]>;
  y: number[][];
  fitted: number[][];
  base: number[][];
  expected: Record<string, number[][]>;
}
const file = new URL('../../../test/forecast/golden/reconcile.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Golden[] };

const flat = (rows: number[][]) => Float64Array.from(rows.flat());
const close = (found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) => {
  assert.equal(found.length, expected.length);
  for (let i = 0; i < found.length; i++)
    assert.ok(
      Math.abs(found[i]! - expected[i]!) <= tolerance,
      `${i}: ${found[i]} instead of ${expected[i]}`,
    );
};

/** Total, regions, stores and products; with `crossed`, products of the same name across stores too. */
function made(bottom: number, seed: number, crossed = false) {
  const rng = seeded(seed);
  const store = Array.from({ length: bottom }, () => rng.below(Math.ceil(bottom / 3)));
  const hierarchy = hierarchyOf({
    total: store.map(() => ''),
    region: store.map((s) => String(s % 3)),
    store: store.map(String),
    ...(crossed && { product: store.map((_, i) => String(i % 4)) }),
    series: store.map((_, i) => String(i)),
  });
  const nodes = hierarchy.nodes.length;
  const shared = Array.from({ length: 20 }, () => rng.normal());
  const residuals = Float64Array.from({ length: nodes * 20 }, (_, i) => {
    const size = Math.sqrt(hierarchy.nodes[Math.floor(i / 20)]!.members.length);
    return size * (shared[i % 20]! + rng.normal());
  });
  const base = Float64Array.from(
    { length: nodes * 2 },
    (_, i) => hierarchy.nodes[i >> 1]!.members.length * (1 + 2 * rng.normal()),
  );
  return { hierarchy, residuals, base };
}

function assertAddsUp({ nodes, aggregates }: Hierarchy, values: Float64Array, columns: number) {
  nodes.forEach(({ members }, n) => {
    for (let h = 0; h < columns; h++) {
      let sum = 0;
      let size = 1;
      for (const member of members) {
        sum += values[(aggregates + member) * columns + h]!;
        size += Math.abs(values[(aggregates + member) * columns + h]!);
      }
      assert.ok(Math.abs(sum - values[n * columns + h]!) <= 1e-9 * size);
    }
  });
}

test('sums up a hierarchy agree at every level', () => {
  const tree = hierarchyOf({
    client: ['c', 'c', 'c'],
    store: ['s1', 's2', 's1'],
    product: ['1', '2', '3'],
  });
  const out = new Float64Array(tree.nodes.length * 2);
  bottomUp(tree, Float64Array.of(1, 10, 2, 20, 3, 30), 2, out);
  const names = tree.nodes.map(({ level, key }) => `${level} ${key}`);
  assert.deepEqual(names.slice(0, 3), ['client c', 'store s1', 'store s2']);
  assert.deepEqual([...out], [6, 60, 4, 40, 2, 20, 1, 10, 2, 20, 3, 30]);
  // The client is summed from its two stores, not from its three products.
  assert.deepEqual([...tree.children], [1, 2, 3, 5, 4]);
  assert.throws(
    () => hierarchyOf({ client: ['c', 'c'], store: ['1', '1'] }),
    /store repeat: 1 of 2/,
  );
  assert.throws(
    () => hierarchyOf({ a: ['c', 'c'], b: ['1'] }),
    /level a has 2 keys, expected one a bottom series: 1/,
  );
});

for (const { name, levels, y, fitted, base, expected } of cases)
  test(`a ${name} hierarchy is reconciled as by hierarchicalforecast`, () => {
    const hierarchy = hierarchyOf(levels);
    const residuals = flat(y.map((row, i) => row.map((value, t) => value - fitted[i]![t]!)));
    const columns = base[0]!.length;
    const out = new Float64Array(hierarchy.nodes.length * columns);
    for (const by of ['ols', 'structural', 'variance', 'shrink'] as const) {
      const weights: ReconcileWeights =
        by === 'variance' || by === 'shrink' ? { by, residuals } : { by };
      const one = reconciler(hierarchy, weights);
      one.reconcile(flat(base), columns, out);
      close(out, flat(expected[by]!), 1e-5);
      // Its quadratic programme stops at single precision.
      one.reconcileNonNegative(flat(base), columns, out);
      close(out, flat(expected[`${by}NonNegative`]!), 2e-4);
    }
    if (expected['middleOut'] === undefined) return;
    const history = flat(y.slice(hierarchy.aggregates));
    topDown(hierarchy, { by: 'forecast' }, flat(base), columns, out);
    close(out, flat(expected['topDownForecast']!), 1e-6);
    topDown(hierarchy, { by: 'meanOfShares', history }, flat(base), columns, out);
    close(out, flat(expected['topDownMeanOfShares']!), 1e-6);
    topDown(hierarchy, { by: 'shareOfMeans', history }, flat(base), columns, out);
    close(out, flat(expected['topDownShareOfMeans']!), 1e-6);
    middleOut(
      hierarchy,
      { level: 'store', proportions: { by: 'forecast' } },
      flat(base),
      columns,
      out,
    );
    close(out, flat(expected['middleOut']!), 1e-6);
  });

test('the sparse way gives what the dense formula gives, also with more steps than series', () => {
  for (const [bottom, crossed] of [
    [4, false],
    [14, false],
    [15, true],
  ] as const) {
    const { hierarchy, residuals, base } = made(bottom, bottom, crossed);
    const W = denseShrunk(residuals, hierarchy.nodes.length);
    const P = denseProjection(summingMatrix(hierarchy), W);
    const expected = times(
      P,
      hierarchy.nodes.map((_, n) => [base[2 * n]!, base[2 * n + 1]!]),
    );
    const one = reconciler(hierarchy, { by: 'shrink', residuals });
    const out = new Float64Array(base.length);
    one.reconcile(base, 2, out);
    close(out, flat(expected), 1e-8);
    const variances = times(P, W).map((row, n) => row[n]!);
    close(one.variances(), variances, 1e-8 * Math.max(...variances));
  }
});

test('what is reconciled adds up, stays when it already does, and scales', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 60 }), fc.boolean(), (bottom, crossed) => {
      const { hierarchy, residuals, base } = made(bottom, bottom, crossed);
      for (const weights of [{ by: 'ols' }, { by: 'shrink', residuals }] as ReconcileWeights[]) {
        const one = reconciler(hierarchy, weights);
        const out = new Float64Array(base.length);
        one.reconcile(base, 2, out);
        assertAddsUp(hierarchy, out, 2);
        const again = new Float64Array(base.length);
        one.reconcile(out, 2, again);
        const size = Math.max(...out.map(Math.abs));
        close(again, out, 1e-9 * size);
        one.reconcile(
          base.map((value) => 1000 * value),
          2,
          again,
        );
        close(
          again,
          out.map((value) => 1000 * value),
          1e-6 * size,
        );
      }
    }),
    { numRuns: 25 },
  );
});

test('non-negative forecasts meet the conditions of Karush, Kuhn and Tucker', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 25 }), fc.boolean(), (bottom, crossed) => {
      const { hierarchy, residuals, base } = made(bottom, bottom, crossed);
      const out = new Float64Array(base.length);
      reconciler(hierarchy, { by: 'shrink', residuals }).reconcileNonNegative(base, 2, out);
      assertAddsUp(hierarchy, out, 2);
      const S = summingMatrix(hierarchy);
      const weighted = times(transpose(S), inverse(denseShrunk(residuals, S.length)));
      for (let h = 0; h < 2; h++) {
        const moved = S.map((_, n) => [out[2 * n + h]! - base[2 * n + h]!]);
        const gradient = times(weighted, moved).map(([value]) => value!);
        const size = 1e-6 * (1 + Math.max(...gradient.map(Math.abs)));
        gradient.forEach((slope, j) => {
          const value = out[2 * (hierarchy.aggregates + j) + h]!;
          assert.ok(value >= 0 && slope >= -size, `${j}: value ${value}, slope ${slope}`);
          if (value > 0) assert.ok(Math.abs(slope) <= size, `${j}: ${value} slope ${slope}`);
        });
      }
    }),
    { numRuns: 25 },
  );
});

test('unknown residuals and series without error do not break it', () => {
  const { hierarchy, residuals, base } = made(12, 5);
  residuals[3] = NaN;
  residuals.fill(0, residuals.length - 20);
  const out = new Float64Array(base.length);
  reconciler(hierarchy, { by: 'shrink', residuals }).reconcile(base, 2, out);
  assertAddsUp(hierarchy, out, 2);
  const last = base.length - 2;
  assert.ok(Math.abs(out[last]! - base[last]!) < 1e-3 * Math.abs(base[last]!));
  base[7] = NaN;
  assert.throws(
    () => reconciler(hierarchy, { by: 'ols' }).reconcile(base, 2, out),
    /base forecast of region \S+ at column 1 is NaN/,
  );
  assert.throws(
    () => reconciler(hierarchy, { by: 'variance', residuals: residuals.subarray(1) }),
    /expected as many for each/,
  );
});

test('a year and its quarters agree with its months', () => {
  const levels = temporalLevels(12, [12, 3, 1]);
  const hierarchy = hierarchyOf(levels);
  assert.deepEqual(hierarchy.levels, ['every 12', 'every 3', 'every 1']);
  assert.equal(hierarchy.nodes.length, 17);
  const base = Float64Array.from(
    hierarchy.nodes,
    ({ members }, n) => members.length * 10 + (n % 3),
  );
  const out = new Float64Array(17);
  reconciler(hierarchy, { by: 'structural' }).reconcile(base, 1, out);
  assertAddsUp(hierarchy, out, 1);
  assert.deepEqual(Object.keys(temporalLevels(4)), ['every 4', 'every 2', 'every 1']);
  assert.throws(() => temporalLevels(12, [5]), /5 steps does not divide a period of 12/);
});

test('quantiles ascend, agree with the variance, and bootstrap samples add up', () => {
  const { hierarchy, residuals, base } = made(10, 3);
  const one = reconciler(hierarchy, { by: 'shrink', residuals });
  const probabilities = [0.05, 0.5, 0.95];
  const mean = new Float64Array(base.length);
  one.reconcile(base, 2, mean);
  const normal = gaussianQuantiles(one, mean, 2, probabilities);
  const variances = one.variances();
  mean.forEach((value, i) => {
    assert.ok(Math.abs(normal[3 * i + 1]! - value) < 1e-9 * (1 + Math.abs(value)));
    const width = 2 * 1.6448536269514722 * Math.sqrt(variances[i >> 1]!);
    assert.ok(Math.abs(normal[3 * i + 2]! - normal[3 * i]! - width) < 1e-7 * width);
  });
  const drawn = (nonNegative: boolean) =>
    bootstrapQuantiles(one, base, 2, { residuals, probabilities, nonNegative }, seeded(4));
  const sampled = drawn(false);
  for (let i = 0; i < sampled.length; i += 3)
    assert.ok(sampled[i]! <= sampled[i + 1]! && sampled[i + 1]! <= sampled[i + 2]!);
  assert.deepEqual(drawn(false), sampled);
  assert.ok(drawn(true).every((value) => value >= 0));
});

test('thousands of series are reconciled without a dense matrix', () => {
  const { hierarchy, residuals, base } = made(3000, 9, true);
  const one: Reconciler = reconciler(hierarchy, { by: 'shrink', residuals });
  const out = new Float64Array(base.length);
  one.reconcileNonNegative(base, 2, out);
  assertAddsUp(hierarchy, out, 2);
  assert.ok(out.every((value) => value >= 0) && one.shrinkage > 0 && one.shrinkage < 1);
});
