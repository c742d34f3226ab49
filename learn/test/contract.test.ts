import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  auto,
  boosting,
  calibrated,
  classPrior,
  elasticNet,
  encoded,
  ensemble,
  estimatorOf,
  hazard,
  loadModel,
  logistic,
  mean,
  median,
  metricOf,
  numberColumn,
  poisson,
  ridge,
  seeded,
  stacked,
  takeRows,
  transformedTarget,
  type Effects,
  type Estimator,
  type Explanation,
  type Frame,
  type TrainingData,
} from '@tino/learn';
import { predictionsOf, toy, type ToyTarget } from './toy.js';

interface Entry {
  estimator: Estimator;
  target: ToyTarget;
  /** Loses to nothing, so it is not asked to win. */
  baseline?: true;
}

const small = { rounds: 20, leaves: 8, minDataInLeaf: 5 };
const value = (estimator: Estimator): Entry => ({ estimator, target: 'value' });
const positive = (estimator: Estimator): Entry => ({ estimator, target: 'positive' });
const binary = (estimator: Estimator): Entry => ({ estimator, target: 'binary' });
const classes = (estimator: Estimator): Entry => ({ estimator, target: 'classes' });

const quick = { folds: 3, repeats: 1 };
const autoCandidates = (kind: string) => [
  { kind, params: {} },
  { kind: 'boosting', params: { ...small, ...(kind === 'poisson' && { objective: kind }) } },
];

/** A new estimator adds a line here. */
const estimators: Record<string, Entry> = {
  mean: { ...value(mean()), baseline: true },
  median: { ...value(median()), baseline: true },
  'class prior': { ...binary(classPrior()), baseline: true },
  'class prior of three': { ...classes(classPrior({ classes: 3 })), baseline: true },
  ridge: value(ridge()),
  'ridge, alpha by folds': value(ridge({ cv: 5 })),
  'elastic net': value(elasticNet()),
  poisson: positive(poisson()),
  logistic: binary(logistic()),
  hazard: binary(hazard({ age: 'age', period: 0.5, periodsMax: 6 })),
  'logistic of three': classes(logistic({ classes: 3 })),
  'boosting squared': value(boosting(small)),
  'boosting absolute': value(boosting({ ...small, objective: 'absolute' })),
  'boosting huber': value(boosting({ ...small, objective: 'huber' })),
  'boosting quantile': value(boosting({ ...small, objective: 'quantile' })),
  'boosting poisson': positive(boosting({ ...small, objective: 'poisson' })),
  'boosting gamma': positive(boosting({ ...small, objective: 'gamma' })),
  'boosting tweedie': positive(boosting({ ...small, objective: 'tweedie' })),
  'boosting logistic': binary(boosting({ ...small, objective: 'logistic' })),
  'boosting softmax': classes(boosting({ ...small, objective: 'softmax', classes: 3 })),
  'boosting softmax, classes balanced': classes(
    boosting({ ...small, objective: 'softmax', classes: 3, classWeights: 'balanced' }),
  ),
  'boosting, goss': value(boosting({ ...small, sampling: 'goss', gossTop: 0.3, gossRest: 0.4 })),
  'boosting, one sample for three rounds': value(
    boosting({ ...small, rowSample: 0.7, rowSampleEvery: 3 }),
  ),
  'boosting, DART': value(boosting({ ...small, dropRate: 0.2, dropSkip: 0 })),
  'boosting logistic, stopped early by ROC AUC': binary(
    boosting({ ...small, objective: 'logistic', metric: 'rocAuc', earlyStoppingRounds: 5 }),
  ),
  'boosting, three members stopped early': value(
    boosting({ ...small, rowSample: 0.8, earlyStoppingRounds: 5, members: 3 }),
  ),
  'boosting, linear leaves': value(boosting({ ...small, leafModel: 'linear' })),
  'boosting, ordered categories': value(
    boosting({ ...small, rounds: 30, categories: 'ordered', orderedFrom: 2 }),
  ),
  'boosting, columns by node': value(boosting({ ...small, columnSampleByNode: 0.6 })),
  'boosting, interactions': value(
    boosting({ ...small, interactions: [['area', 'city'], ['age']] }),
  ),
  'boosting, leaves held back': value(
    boosting({ ...small, rounds: 40, l1: 1, maxDelta: 2, pathSmoothing: 2 }),
  ),
  'boosting, symmetric trees': value(boosting({ ...small, growth: 'symmetric' })),
  'boosting in order': value(boosting({ ...small, rounds: 40, boostingOrder: 'ordered' })),
  'boosting in order, two classes': binary(
    boosting({
      ...small,
      objective: 'logistic',
      growth: 'symmetric',
      boostingOrder: 'ordered',
    }),
  ),
  'boosting, symmetric and monotone': value(
    boosting({ ...small, growth: 'symmetric', monotone: { area: 1, age: -1 } }),
  ),
  'boosting, sampled': value(boosting({ ...small, rowSample: 0.7, columnSample: 0.7 })),
  'boosting, stopped early': value(boosting({ ...small, earlyStoppingRounds: 3 })),
  'boosting, monotone': value(boosting({ ...small, monotone: { area: 1, age: -1 } })),
  'calibrated by Platt': binary(
    calibrated(boosting({ ...small, objective: 'logistic' }), { folds: 3 }),
  ),
  'calibrated by beta': binary(calibrated(logistic(), { method: 'beta', folds: 3 })),
  'calibrated, isotonic': binary(calibrated(logistic(), { method: 'isotonic', folds: 3 })),
  'calibrated, three classes': classes(calibrated(logistic({ classes: 3 }), { folds: 3 })),
  'calibrated by temperature': binary(calibrated(logistic(), { method: 'temperature', folds: 3 })),
  'calibrated by temperature, three classes': classes(
    calibrated(logistic({ classes: 3 }), { method: 'temperature', folds: 3 }),
  ),
  'logarithm by ridge': positive(transformedTarget(ridge(), 'log')),
  'logarithm by boosting': positive(transformedTarget(boosting(small), 'log')),
  'encoded by target': value(encoded(ridge())),
  'encoded by target, three classes': classes(encoded(logistic({ classes: 3 }), { classes: 3 })),
  'encoded by indicators': binary(encoded(logistic(), { encoding: 'oneHot', levelsMax: 4 })),
  'encoded by frequency': value(
    encoded(boosting({ ...small, leaves: 16 }), { encoding: 'frequency' }),
  ),
  'auto of values': value(auto({ candidates: autoCandidates('ridge'), ...quick })),
  'auto of two classes': binary(
    auto({ task: 'classify', candidates: autoCandidates('logistic'), ...quick }),
  ),
  'auto of three classes': classes(
    auto({ task: 'classify', classes: 3, candidates: autoCandidates('logistic'), ...quick }),
  ),
  'auto of counts': positive(
    auto({ metric: 'poissonDeviance', candidates: autoCandidates('poisson'), ...quick }),
  ),
  'ensemble of values': value(ensemble({ members: autoCandidates('ridge'), folds: 3 })),
  'ensemble of three classes': classes(
    ensemble({ task: 'classify', classes: 3, members: autoCandidates('logistic'), folds: 3 }),
  ),
  'stacked values': value(stacked({ members: autoCandidates('ridge'), folds: 3 })),
  'stacked two classes': binary(
    stacked({ task: 'classify', members: autoCandidates('logistic'), folds: 3 }),
  ),
  'stacked three classes': classes(
    stacked({ task: 'classify', classes: 3, members: autoCandidates('logistic'), folds: 3 }),
  ),
  'stacked counts': positive(
    stacked({ metric: 'poissonDeviance', members: autoCandidates('poisson'), folds: 3 }),
  ),
  'one column': value(
    estimatorOf({ kind: 'oneColumn', params: {} }, { task: 'regress', classes: 2 }),
  ),
  'recipe of boosting': binary(
    estimatorOf({ kind: 'boosting', params: small }, { task: 'classify', classes: 2 }),
  ),
};

const metricFor: Record<ToyTarget, string> = {
  value: 'mae',
  positive: 'poissonDeviance',
  binary: 'logLoss',
  classes: 'logLoss',
};
const baselineFor = (target: ToyTarget) =>
  target === 'value'
    ? median()
    : target === 'positive'
      ? mean()
      : classPrior({ classes: target === 'binary' ? 2 : 3 });

/** The frame's numbers rounded to single precision, in columns of either. */
function inPrecision(x: Frame, precision: 'single' | 'double'): Frame {
  const columns = x.columns.map((column) => {
    if (column.kind !== 'number') return column;
    const single = Float32Array.from(column.values);
    return { ...column, values: precision === 'single' ? single : Float64Array.from(single) };
  });
  return { rows: x.rows, columns };
}

const effects = (extra: Partial<Effects> = {}): Effects => ({ rng: seeded(7), ...extra });

for (const [name, { estimator, target, baseline }] of Object.entries(estimators)) {
  const data = toy(300, target);
  const fresh = toy(200, target, 'fresh').x;

  test(`${name}: the same seed gives the same bytes, and inputs stay as they were`, async () => {
    const before = structuredClone(data);
    const one = await estimator.fit(data, effects());
    const two = await estimator.fit(data, effects());
    assert.deepEqual(one.bytes(), two.bytes());
    predictionsOf(one, data.x);
    assert.deepEqual(data, before);
  });

  test(`${name}: a saved model predicts the same, a damaged one is refused`, async () => {
    const model = await estimator.fit(data, effects());
    const bytes = model.bytes();
    const again = loadModel(bytes);
    assert.equal(again.kind, model.kind);
    assert.equal(again.outputs, model.outputs);
    assert.deepEqual(again.columns, model.columns);
    assert.deepEqual(predictionsOf(again, fresh), predictionsOf(model, fresh));
    assert.deepEqual(again.bytes(), bytes);
    const damaged = bytes.slice();
    damaged[damaged.length - 1]! ^= 1;
    assert.throws(() => loadModel(damaged), /damaged/);
    assert.throws(() => loadModel(bytes.slice(0, 10)), /not a TINO file/);
  });

  test(`${name}: missing values and unknown levels get a finite prediction`, async () => {
    const model = await estimator.fit(data, effects());
    const emptied: Frame = {
      rows: fresh.rows,
      columns: fresh.columns.map((column) =>
        column.kind === 'number'
          ? { ...column, values: column.values.map(() => NaN) }
          : { ...column, levels: ['moon'], codes: column.codes.map(() => 0) },
      ),
    };
    for (const x of [emptied, fresh]) {
      const out = predictionsOf(model, x);
      assert.ok(out.every(Number.isFinite));
      if (target === 'binary') assert.ok(out.every((p) => p >= 0 && p <= 1));
      if (target === 'classes')
        for (let row = 0; row < x.rows; row++)
          assert.ok(Math.abs(out[3 * row]! + out[3 * row + 1]! + out[3 * row + 2]! - 1) < 1e-9);
    }
  });

  test(`${name}: a row of weight zero is as good as absent`, async () => {
    const weights = Float64Array.from({ length: 300 }, (_, row) => (row % 3 === 0 ? 0 : 1));
    const kept = Array.from({ length: 300 }, (_, row) => row).filter((row) => row % 3 !== 0);
    const whole = await estimator.fit({ ...data, weights }, effects());
    const part = await estimator.fit(
      {
        x: takeRows(data.x, kept),
        y: Float64Array.from(kept, (row) => data.y[row]!),
        weights: new Float64Array(kept.length).fill(1),
      },
      effects(),
    );
    assert.deepEqual(predictionsOf(whole, fresh), predictionsOf(part, fresh));
  });

  test(`${name}: columns and levels are read by name, in any order`, async () => {
    const model = await estimator.fit(data, effects());
    const turned: Frame = {
      rows: fresh.rows,
      columns: [
        numberColumn('stranger', new Float64Array(fresh.rows)),
        ...[...fresh.columns].reverse().map((column) =>
          column.kind === 'number'
            ? column
            : {
                ...column,
                levels: [...column.levels].reverse(),
                codes: column.codes.map((code) =>
                  code < 0 ? -1 : column.levels.length - 1 - code,
                ),
              },
        ),
      ],
    };
    assert.deepEqual(predictionsOf(model, turned), predictionsOf(model, fresh));
  });

  test(`${name}: numbers of single precision are read as the doubles that they are`, async () => {
    const [single, double] = [inPrecision(data.x, 'single'), inPrecision(data.x, 'double')];
    const model = await estimator.fit({ ...data, x: double }, effects());
    assert.deepEqual(
      (await estimator.fit({ ...data, x: single }, effects())).bytes(),
      model.bytes(),
    );
    assert.deepEqual(predictionsOf(model, single), predictionsOf(model, double));
  });

  test(`${name}: one row, and a target that never moves, give that target`, async () => {
    const wanted = target === 'binary' || target === 'classes' ? 1 : 4;
    for (const rows of [1, 60]) {
      const x = takeRows(
        data.x,
        Array.from({ length: rows }, (_, row) => row),
      );
      const model = await estimator.fit({ x, y: new Float64Array(rows).fill(wanted) }, effects());
      const out = predictionsOf(model, fresh);
      const said = target === 'classes' ? out.filter((_, i) => i % 3 === 1) : out;
      // The smoothed targets of a calibrator may keep a certain class a little short of certain.
      assert.ok(said.every((found) => Math.abs(found - wanted) < 0.01));
    }
  });

  test(`${name}: an explanation sums to the raw score, and its link gives the prediction`, async () => {
    const model = await estimator.fit(data, effects());
    const out = predictionsOf(model, fresh);
    if (!model.explain) return assert.ok(model.outputs > 1);
    const isotonic = name.includes('isotonic') || name.includes('beta');
    for (let row = 0; row < 20; row++) {
      const found: Explanation = model.explain(fresh, row);
      const { base, contributions, raw, link } = found;
      assert.equal(contributions.length, model.columns.length);
      const sum = contributions.reduce((a, b) => a + b, base);
      assert.ok(Math.abs(sum - raw) < 1e-9 * (1 + Math.abs(raw)));
      const said =
        link === 'identity' ? raw : link === 'log' ? Math.exp(raw) : 1 / (1 + Math.exp(-raw));
      if (!isotonic) assert.ok(Math.abs(said - out[row]!) < 1e-9 * (1 + Math.abs(said)));
    }
  });

  test(`${name}: importance is shares of columns`, async () => {
    const model = await estimator.fit(data, effects());
    const shares = model.importance!();
    assert.equal(shares.length, model.columns.length);
    if (baseline) return;
    assert.ok(Math.abs(shares.reduce((a, b) => a + b, 0) - 1) < 1e-9);
    const noise = model.columns.findIndex((column) => column.name === 'noise');
    const city = model.columns.findIndex((column) => column.name === 'city');
    assert.ok(shares[city]! > (shares[noise] ?? 0));
  });

  test(`${name}: bad input is refused with the row and the value`, async () => {
    const wrong = (change: Partial<TrainingData>, says: RegExp) =>
      assert.rejects(estimator.fit({ ...data, ...change }, effects()), says);
    const y = data.y.slice();
    y[17] = NaN;
    await wrong({ y }, /y of row 17 is NaN/);
    const weights = new Float64Array(300).fill(1);
    weights[5] = -1;
    await wrong({ weights }, /weight of row 5 is -1/);
    await wrong({ weights: new Float64Array(300) }, /no row to train on/);
    await wrong({ y: data.y.slice(1) }, /y has 299 rows, the frame has 300/);
  });

  test(`${name}: a stop ends the fit early with a model that works`, async () => {
    const model = await estimator.fit(data, effects({ stop: { stopped: true } }));
    assert.ok(predictionsOf(loadModel(model.bytes()), fresh).every(Number.isFinite));
    let asked = 0;
    const later = {
      get stopped() {
        return ++asked > 5;
      },
    };
    const part = await estimator.fit(data, effects({ stop: later }));
    assert.ok(predictionsOf(part, fresh).every(Number.isFinite));
  });

  if (!baseline)
    test(`${name}: beats its baseline on rows it has not seen`, async () => {
      const metric = metricOf(metricFor[target]);
      const held = toy(500, target, 'held out');
      const score = async (one: Estimator) =>
        metric.of(
          held.y,
          predictionsOf(await one.fit(data, effects()), held.x),
          undefined,
          target === 'classes' ? 3 : 2,
        );
      assert.ok((await score(estimator)) < 0.9 * (await score(baselineFor(target))));
    });
}
