import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boosting,
  ensemble,
  frame,
  metricOf,
  numberColumn,
  poisson,
  ridge,
  seeded,
  stacked,
  type Estimator,
} from '@tino/learn';
import { greedyShares } from '../../src/ensemble/greedy.js';
import { ensembleModel, explainsOn } from '../../src/ensemble/model.js';
import { fromScale, toScale, type Scale } from '../../src/ensemble/blend.js';
import { predictionsOf, toy } from '../toy.js';

const rmse = metricOf('rmse');

test('two members whose errors cancel share equally', () => {
  const draw = seeded(1);
  const y = Float64Array.from({ length: 400 }, () => draw.normal());
  const error = y.map(() => draw.normal());
  const said = [
    y.map((value, row) => value + error[row]),
    y.map((value, row) => value - error[row]),
    y.map(() => 5 + draw.normal()),
  ];
  const shares = greedyShares(
    { said, y, outputs: 1, scale: 'identity', metric: rmse },
    { rng: seeded(2), bags: 20 },
  );
  assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-12);
  assert.ok(shares[2] < 0.05 && shares[0] > 0.3 && shares[1] > 0.1, `${shares}`);
});

test('the shares never do worse than the best member on the rows they were chosen on', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const draw = seeded(seed);
    const y = Float64Array.from({ length: 60 }, () => draw.normal());
    const said = Array.from({ length: 5 }, (_, m) =>
      y.map((value) => value + (0.5 + 0.2 * m) * draw.normal()),
    );
    const input = { said, y, outputs: 1, scale: 'identity', metric: rmse } as const;
    const shares = greedyShares(input, { rng: draw, bags: 1, steps: 20 });
    const blended = y.map((_, row) =>
      said.reduce((sum, values, m) => sum + shares[m] * values[row], 0),
    );
    const best = Math.min(...said.map((values) => rmse.of(y, values)));
    assert.ok(rmse.of(y, blended) <= best + 1e-12);
  }
});

test('scales go there and back', () => {
  for (const scale of ['identity', 'logit', 'log', 'probability'] as Scale[])
    for (const value of [0.001, 0.3, 0.999])
      assert.ok(Math.abs(fromScale(scale, toScale(scale, value)) - value) < 1e-12);
});

test('members on other scales are blended, and explain nothing', async () => {
  const data = toy(200, 'positive');
  const members = [
    await ridge().fit(data, { rng: seeded(1) }),
    await poisson().fit(data, { rng: seeded(1) }),
  ];
  assert.equal(explainsOn(members, 'identity', data.x), false);
  const model = ensembleModel({
    members,
    shares: Float64Array.of(0.25, 0.75),
    scale: 'identity',
    explains: false,
  });
  assert.equal(model.explain, undefined);
  const [a, b] = members.map((member) => predictionsOf(member, data.x));
  predictionsOf(model, data.x).forEach((value, row) =>
    assert.ok(Math.abs(value - (0.25 * a[row] + 0.75 * b[row])) < 1e-9),
  );
});

/** A slope that a line knows, and steps that trees know. */
function lineAndSteps(rows: number, seed: number) {
  const draw = seeded(seed);
  const [a, b, c] = ['a', 'b', 'c'].map((name) =>
    numberColumn(
      name,
      Float64Array.from({ length: rows }, () => 4 * draw.next() - 2),
    ),
  );
  const y = a.values.map(
    (value, row) =>
      2 * value + b.values[row] + 1.5 * Math.sign(c.values[row]) + 0.8 * draw.normal(),
  );
  return { x: frame([a, b, c]), y };
}

const trees = { rounds: 60, leaves: 4, learningRate: 0.2 };
const members = [
  { kind: 'ridge', params: {} },
  { kind: 'boosting', params: trees },
];

test('a blend beats each of its members where they know different things', async () => {
  const train = lineAndSteps(300, 9);
  const held = lineAndSteps(2000, 10);
  const errorOf = async (estimator: Estimator) =>
    rmse.of(held.y, predictionsOf(await estimator.fit(train, { rng: seeded(5) }), held.x));
  const alone = Math.min(await errorOf(ridge()), await errorOf(boosting(trees)));
  assert.ok((await errorOf(ensemble({ members }))) < alone);
  assert.ok((await errorOf(stacked({ members }))) < alone);
});

test('the useless member of a stack weighs little', async () => {
  const data = toy(400, 'value');
  const noise = { kind: 'mean', params: {} };
  const one = await stacked({ members: [members[0]] }).fit(data, { rng: seeded(1) });
  const two = await stacked({ members: [members[0], noise] }).fit(data, { rng: seeded(1) });
  const held = toy(400, 'value', 'held');
  const [a, b] = [one, two].map((model) => rmse.of(held.y, predictionsOf(model, held.x)));
  assert.ok(b < 1.02 * a, `${b} beside ${a}`);
});

test('what a blend cannot use is refused', async () => {
  assert.throws(() => ensemble({ folds: 1 }), /folds is 1/);
  assert.throws(() => ensemble({ steps: 0 }), /steps is 0/);
  assert.throws(() => stacked({ l2: -1 }), /l2 is -1/);
  assert.throws(() => stacked({ metric: 'rocAuc' }), /rocAuc, which does not measure how to/);
  await assert.rejects(
    ensemble({ members }).fit(
      { ...toy(60, 'value'), offset: new Float64Array(60) },
      { rng: seeded(1) },
    ),
    /takes no offset/,
  );
});
