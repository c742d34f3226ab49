import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metricOf, poisson, ridge, seeded } from '@tino/learn';
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
