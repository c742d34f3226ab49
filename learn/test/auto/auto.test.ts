import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  auto,
  boosting,
  frame,
  loadModel,
  metricOf,
  numberColumn,
  replayOf,
  seeded,
  type AutoModel,
  type Model,
  type Stop,
  type TrainingData,
} from '@tino/learn';
import { predictionsOf, toy } from '../toy.js';

const rng = () => seeded(5);
const trees = (rounds: number) => ({
  kind: 'boosting',
  params: { rounds, leaves: 4, learningRate: 0.2 },
});
const few = {
  candidates: [{ kind: 'ridge', params: { alpha: 1 } }, trees(20), trees(40)],
  folds: 3,
  repeats: 1,
};

/** Says stop when it has been asked so often. */
const stopAfter = (asked: number): Stop => ({
  get stopped() {
    return asked-- <= 0;
  },
});

const outcomes = ({ report }: AutoModel) => report.candidates.map(({ outcome }) => outcome);

test('everything is tried without a stop, and the report says so', async () => {
  const model = await auto(few).fit(toy(300, 'value'), { rng: rng() });
  assert.deepEqual(outcomes(model), Array(5).fill('tried'));
  assert.deepEqual(
    model.report.candidates.map(({ name }) => name),
    [
      'constant',
      'one column',
      'ridge alpha 1',
      'boosting rounds 20 leaves 4 learningRate 0.2',
      'boosting rounds 40 leaves 4 learningRate 0.2',
    ],
  );
  const [constant, , ridge] = model.report.candidates;
  assert.ok(ridge.score! < constant.score!);
  assert.equal(ridge.folds.length, 3);
  const shares = model.report.chosen.members.reduce((sum, { share }) => sum + share, 0);
  assert.ok(Math.abs(shares - 1) < 1e-12);
});

test('a stop skips what is left, says why, and the record makes the same model again', async () => {
  const data = toy(300, 'value');
  const stopped = await auto(few).fit(data, { rng: rng(), stop: stopAfter(30) });
  const found = outcomes(stopped);
  assert.ok(found.includes('tried') && found.includes('skipped'), found.join());
  const reasons = stopped.report.candidates.map(({ reason }) => reason);
  assert.ok(reasons.some((reason) => reason?.startsWith('stopped before')));
  const again = await auto({ ...few, replay: replayOf(stopped.report) }).fit(data, { rng: rng() });
  assert.deepEqual(again.report.chosen, stopped.report.chosen);
  assert.deepEqual(predictionsOf(again, data.x), predictionsOf(stopped, data.x));
});

test('stopped at once the constant is left', async () => {
  const data = toy(300, 'value');
  const model = await auto(few).fit(data, { rng: rng(), stop: { stopped: true } });
  assert.deepEqual(outcomes(model), ['tried', ...Array(4).fill('skipped')]);
  assert.deepEqual(model.report.chosen.members, [{ name: 'constant', share: 1 }]);
});

test('a stop that knows its time leaves some for the last fit, and bounds it', async () => {
  const data = toy(300, 'binary');
  const candidates = [{ kind: 'boosting', params: { ...trees(60).params, rounds: 200 } }];
  const settings = { task: 'classify', candidates, folds: 3, repeats: 1 } as const;
  const loss = (model: Model) => metricOf('logLoss').of(data.y, predictionsOf(model, data.x));
  /** The search takes little time; the last fit may ask so often. */
  const fit = (questions: number) => {
    let done = 0;
    let asked = 0;
    const spent = () => (done < 0.9 ? 0.1 : Math.min(1, ++asked / questions));
    return auto(settings).fit(data, {
      rng: rng(),
      progress: (part) => (done = part),
      stop: {
        get stopped() {
          return spent() >= 1;
        },
        get spent() {
          return spent();
        },
      },
    });
  };
  const whole = await fit(100_000);
  const part = await fit(30);
  assert.equal(whole.report.chosen.cutAfter, null);
  assert.ok(part.report.chosen.cutAfter! < 30);
  assert.deepEqual(part.report.candidates, whole.report.candidates);
  assert.ok(part.report.chosen.members.length <= whole.report.chosen.members.length);
  assert.ok(loss(part) > loss(whole));
  assert.ok(predictionsOf(part, data.x).every((p) => p > 0 && p < 1));
  const replay = replayOf(part.report);
  const again = await auto({ ...settings, replay }).fit(data, { rng: rng() });
  assert.deepEqual(again.bytes(), part.bytes());
});

test('a search that knows its time ends before the time does', async () => {
  const stop = { stopped: false, spent: 0.95 };
  const model = await auto(few).fit(toy(300, 'value'), { rng: rng(), stop });
  assert.deepEqual(outcomes(model), ['tried', ...Array(4).fill('skipped')]);
});

test('boosters without rounds are compared by one member, and fitted with all', async () => {
  const data = toy(300, 'value');
  const one = { kind: 'boosting', params: { leaves: 4 } };
  const model = await auto({ ...few, candidates: [one] }).fit(data, { rng: rng() });
  const { members } = model.report.chosen;
  const same = await boosting(one.params).fit(data, {
    rng: rng().fork(`${members[0].name}, whole`),
  });
  assert.deepEqual(predictionsOf(model, data.x), predictionsOf(same, data.x));
});

test('the report is kept in the bytes', async () => {
  const model = await auto(few).fit(toy(120, 'value'), { rng: rng() });
  assert.deepEqual((loadModel(model.bytes()) as AutoModel).report, model.report);
});

test('a candidate that fails is told, the others go on', async () => {
  const broken = { kind: 'boosting', params: { monotone: { moon: 1 } } };
  const model = await auto({ ...few, candidates: [broken, ...few.candidates] }).fit(
    toy(120, 'value'),
    { rng: rng() },
  );
  const failed = model.report.candidates.find(({ outcome }) => outcome === 'failed');
  assert.match(failed?.reason ?? '', /monotone names column moon/);
  assert.equal(outcomes(model).filter((outcome) => outcome === 'tried').length, 5);
});

/** Few positives, one column that says a little, and many that say nothing: late orders. */
function lateOrders(rows: number, seed: number): TrainingData {
  const draw = seeded(seed);
  const normal = () => Float64Array.from({ length: rows }, () => draw.normal());
  const promised = normal();
  const y = Float64Array.from(promised, (value) =>
    draw.next() < 1 / (1 + Math.exp(2.8 + 0.5 * value)) ? 1 : 0,
  );
  const noise = Array.from({ length: 12 }, (_, c) => numberColumn(`noise ${c}`, normal()));
  return { x: frame([...noise, numberColumn('promised', promised)]), y };
}

test('on a weak signal with few positives small models win over trees', async () => {
  const train = lateOrders(1500, 1);
  const held = lateOrders(8000, 2);
  const area = (p: Float64Array) => metricOf('rocAuc').of(held.y, p);
  const model = await auto({
    task: 'classify',
    metric: 'rocAuc',
    repeats: 1,
    candidates: [
      { kind: 'logistic', params: { l2: 150 } },
      { kind: 'logistic', params: { l2: 1 } },
      trees(100),
    ],
  }).fit(train, { rng: rng() });
  const booster = await boosting({ objective: 'logistic' }).fit(train, { rng: rng() });
  const column = held.x.columns[12];
  assert.ok(column.kind === 'number');
  const alone = area(Float64Array.from(column.values, (value) => -value));
  const found = area(predictionsOf(model, held.x));
  assert.ok(found > alone - 0.02, `${found} beside ${alone} of one column`);
  assert.ok(found > area(predictionsOf(booster, held.x)) + 0.03);
});

test('noise alone leaves the constant', async () => {
  const draw = seeded(3);
  const x = toy(200, 'binary').x;
  const y = Float64Array.from({ length: 200 }, () => (draw.next() < 0.3 ? 1 : 0));
  const model = await auto({ task: 'classify', repeats: 1 }).fit({ x, y }, { rng: rng() });
  assert.deepEqual(model.report.chosen.members, [{ name: 'constant', share: 1 }]);
});

test('an ensemble is chosen where a line and trees know different things', async () => {
  const draw = seeded(9);
  const make = (rows: number) => {
    const columns = ['a', 'b', 'c'].map((name) =>
      numberColumn(
        name,
        Float64Array.from({ length: rows }, () => 4 * draw.next() - 2),
      ),
    );
    const [a, b, c] = columns;
    const y = a.values.map(
      (value, row) =>
        2 * value + b.values[row] + 1.5 * Math.sign(c.values[row]) + 0.8 * draw.normal(),
    );
    return { x: frame(columns), y };
  };
  const train = make(300);
  const held = make(2000);
  const candidates = [{ kind: 'ridge', params: {} }, trees(60)];
  const model = await auto({ candidates, folds: 5, repeats: 1 }).fit(train, { rng: rng() });
  assert.equal(model.report.chosen.rule, 'ensemble');
  const error = metricOf('rmse').of(held.y, predictionsOf(model, held.x));
  const alone = await boosting(trees(60).params).fit(train, { rng: rng() });
  assert.ok(error < metricOf('rmse').of(held.y, predictionsOf(alone, held.x)));
  const { base, contributions, raw } = model.explain!(held.x, 7);
  const sum = contributions.reduce((total, value) => total + value, base);
  assert.ok(Math.abs(sum - raw) < 1e-9);
  assert.ok(Math.abs(raw - predictionsOf(model, held.x)[7]) < 1e-9);
});

test('folds without a positive say nothing, and the others decide', async () => {
  const train = lateOrders(500, 1);
  const y = train.x.columns[12].kind === 'number' ? train.x.columns[12].values : train.y;
  // Positives live in three groups of twelve, so that some folds have none.
  const groups = Int32Array.from({ length: 500 }, (_, row) => row % 12);
  const positive = Float64Array.from(y, (value, row) => (groups[row] < 3 && value < 0 ? 1 : 0));
  const model = await auto({
    task: 'classify',
    metric: 'rocAuc',
    folds: 5,
    repeats: 1,
    candidates: [{ kind: 'logistic', params: {} }],
  }).fit({ x: train.x, y: positive, groups }, { rng: rng() });
  const [constant, , line] = model.report.candidates;
  assert.ok(constant.folds.includes(null) && constant.score === 0.5);
  assert.ok(line.score! > 0.6);
  assert.notEqual(model.report.chosen.members[0].name, 'constant');
});

test('calibration uses what the search held out', async () => {
  const data = toy(800, 'binary');
  const held = toy(4000, 'binary', 'held');
  const settings = { task: 'classify', candidates: [trees(200)], folds: 4, repeats: 1 } as const;
  const loss = async (calibrate: 'none' | 'platt') =>
    metricOf('logLoss').of(
      held.y,
      predictionsOf(await auto({ ...settings, calibrate }).fit(data, { rng: rng() }), held.x),
    );
  assert.ok((await loss('platt')) < (await loss('none')));
});

test('what makes no sense is refused', async () => {
  assert.throws(() => auto({ metric: 'rocAuc' }), /rocAuc, which does not measure how to regress/);
  assert.throws(() => auto({ calibrate: 'platt' }), /which is for classifiers/);
  assert.throws(() => auto({ searchRows: 3 }), /searchRows is 3/);
  const offset = new Float64Array(60);
  await assert.rejects(
    auto(few).fit({ ...toy(60, 'value'), offset }, { rng: rng() }),
    /auto takes no offset/,
  );
  const candidates = [few.candidates[0], few.candidates[0]];
  await assert.rejects(
    auto({ candidates }).fit(toy(60, 'value'), { rng: rng() }),
    /candidate ridge alpha 1 is named twice/,
  );
});
