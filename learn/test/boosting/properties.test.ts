import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boosting,
  categoryColumn,
  decodeArtifact,
  frame,
  numberColumn,
  permutation,
  seeded,
  takeRows,
  type BoostingParameters,
  type TrainingData,
} from '@tino/learn';
import { predictionsOf, toy } from '../toy.js';

const fit = (settings: Partial<BoostingParameters>, data: TrainingData) =>
  boosting({ minDataInLeaf: 5, rounds: 20, ...settings }).fit(data, { rng: seeded(3) });

test('a constant column changes nothing', async () => {
  const data = toy(500, 'binary');
  const settings = { objective: 'logistic', leaves: 12 } as const;
  const alone = predictionsOf(await fit(settings, data), data.x);
  for (const constant of [0, 7.5, NaN, Infinity]) {
    const filled = numberColumn('same', new Float64Array(500).fill(constant));
    const x = frame([filled, ...data.x.columns]);
    assert.deepEqual(predictionsOf(await fit(settings, { ...data, x }), x), alone);
  }
});

test('the order of rows changes no tree, and leaf values not at all', async () => {
  for (const [objective, target] of [
    ['squared', 'value'],
    ['logistic', 'binary'],
    ['poisson', 'positive'],
  ] as const) {
    const data = toy(700, target);
    // A start that does not depend on the order of additions.
    const offset = new Float64Array(700);
    const order = permutation(700, seeded('order'));
    const moved = {
      x: takeRows(data.x, order),
      y: Float64Array.from(order, (row) => data.y[row]),
      offset,
    };
    const one = decodeArtifact((await fit({ objective }, { ...data, offset })).bytes()).sections;
    const two = decodeArtifact((await fit({ objective }, moved)).bytes()).sections;
    for (const name of ['column', 'threshold', 'left', 'right', 'leafCover'])
      assert.deepEqual(two[name], one[name], `${objective}: ${name}`);
    const values = one['values'] as Float64Array;
    const others = two['values'] as Float64Array;
    values.forEach((value, leaf) => assert.ok(Math.abs(value - others[leaf]) < 1e-12));
  }
});

test('no threshold lies on a value that was seen, in double or single precision', async () => {
  const rng = seeded('thresholds');
  const near = Float64Array.from({ length: 600 }, () => Math.fround(1 + rng.below(40) * 2 ** -22));
  const wide = Float64Array.from({ length: 600 }, () => rng.normal() * 10 ** rng.below(20));
  const x = frame([numberColumn('near', near), numberColumn('wide', wide)]);
  const y = near.map((value, row) => value * 1e6 + Math.log1p(Math.abs(wide[row])));
  const { sections } = decodeArtifact((await fit({ leaves: 60 }, { x, y })).bytes());
  const columns = sections['column'] as Int32Array;
  const thresholds = sections['threshold'] as Float64Array;
  assert.ok(thresholds.length > 100);
  thresholds.forEach((threshold, node) => {
    const values = columns[node] === 0 ? near : wide;
    assert.ok(!values.includes(threshold));
    const single = Math.fround(threshold);
    for (const value of values) assert.equal(Math.fround(value) <= single, value <= threshold);
  });
});

/** Tables that no model can do much with. */
function impossible(): Record<string, TrainingData> {
  const rng = seeded('impossible');
  const n = 200;
  const some = numberColumn(
    'some',
    Float64Array.from({ length: n }, () => rng.normal()),
  );
  const y = Float64Array.from({ length: n }, () => rng.below(2));
  const of = (...columns: Parameters<typeof frame>[0]) => ({ x: frame(columns), y });
  const filled = (value: number) => numberColumn('filled', new Float64Array(n).fill(value));
  const extremes = [1e300, -1e300, Infinity, -Infinity, 5e-324, 0, -0, NaN];
  return {
    'all missing': of(
      filled(NaN),
      categoryColumn(
        'none',
        Array.from({ length: n }, () => null),
      ),
    ),
    'one row': { x: takeRows(frame([some]), [0]), y: Float64Array.of(1) },
    'two rows': { x: takeRows(frame([some]), [0, 1]), y: Float64Array.of(0, 1) },
    'one class': { ...of(some), y: new Float64Array(n).fill(1) },
    'constant target': { ...of(some), y: new Float64Array(n) },
    'as many levels as rows': of(
      categoryColumn(
        'level',
        Array.from(y, (_, i) => `level ${i}`),
      ),
    ),
    'ten thousand levels': of({
      ...categoryColumn(
        'level',
        [],
        Array.from({ length: 10_000 }, (_, i) => `level ${i}`),
      ),
      codes: Int32Array.from({ length: n }, () => rng.below(10_000)),
    }),
    extremes: of(
      numberColumn(
        'extremes',
        Float64Array.from({ length: n }, (_, i) => extremes[i % extremes.length]),
      ),
    ),
    'many columns': of(
      ...Array.from({ length: 70 }, (_, c) =>
        numberColumn(
          `c${c}`,
          y.map(() => rng.below(3)),
        ),
      ),
    ),
    'tiny and huge weights': {
      ...of(some),
      weights: y.map((_, i) => (i % 2 === 0 ? 1e-200 : 1e9)),
    },
  };
}

const extremeSettings: Partial<BoostingParameters>[] = [
  {},
  { leaves: 2, minDataInLeaf: 1, minHessianInLeaf: 0, l2: 0 },
  { leaves: 1000, minDataInLeaf: 1, minHessianInLeaf: 0, minGain: 1e-300, bins: 3 },
  { minDataInLeaf: 100_000, depthMax: 1 },
  { rowSample: 0.01, columnSample: 0.01, learningRate: 1, rounds: 8 },
  { l1: 1e9, maxDelta: 1e-9, pathSmoothing: 1e9 },
];

test('impossible data and extreme settings still give finite predictions', async () => {
  for (const [name, data] of Object.entries(impossible()))
    for (const settings of extremeSettings)
      for (const objective of ['squared', 'logistic', 'poisson'] as const) {
        const out = predictionsOf(await fit({ ...settings, objective, rounds: 4 }, data), data.x);
        assert.ok(out.every(Number.isFinite), `${name}, ${JSON.stringify(settings)}, ${objective}`);
      }
});

test('targets near the largest and the smallest double are learned like any other', async () => {
  const data = toy(400, 'value');
  const plain = predictionsOf(await fit({ l2: 0, minHessianInLeaf: 0 }, data), data.x);
  for (const scale of [2 ** 990, 2 ** -900]) {
    const y = data.y.map((value) => value * scale);
    const out = predictionsOf(await fit({ l2: 0, minHessianInLeaf: 0 }, { ...data, y }), data.x);
    out.forEach((value, row) => assert.ok(Math.abs(value / scale - plain[row]) < 1e-6));
  }
});
