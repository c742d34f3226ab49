import assert from 'node:assert/strict';
import test from 'node:test';
import {
  backtest,
  brierOf,
  directionOf,
  forecasterOf,
  learnDirections,
  scoreDirections,
  seeded,
  seriesSet,
  wayOf,
  type Backtest,
  type DeadBand,
  type SeriesSet,
} from '../../src/index.js';

const band: DeadBand = { kind: 'percent', value: 2 };

/** Values around 100 of which a share of the move is foreseen. */
function foreseen(share: number, keys = 4, origins = 80, seed = 1): Backtest {
  const rng = seeded(seed);
  const cells = keys * origins;
  const predicted = new Float64Array(cells);
  const actual = Float64Array.from(predicted, (_, i) => {
    const signal = 5 * rng.normal();
    predicted[i] = 100 + share * signal;
    return 100 + share * signal + (1 - share) * 5 * rng.normal();
  });
  return {
    keys: Array.from({ length: keys }, (_, k) => `key ${k}`),
    horizon: 1,
    origins: Int32Array.from({ length: origins }, (_, o) => o),
    actual,
    predicted,
    current: new Float64Array(cells).fill(100),
    scales: new Float64Array(cells).fill(1),
  };
}

/** Histories of no use: what is foreseen is in the forecasts alone. */
const calm = (test: Backtest): SeriesSet =>
  seriesSet(
    test.keys.map((key) => ({ key, start: 0, values: test.origins.map(() => 100) })),
    12,
  );

test('a way is outside the dead band, in per cent or in money', () => {
  assert.equal(wayOf(100, 101.9, { kind: 'money', value: 2 }), 'flat');
  assert.equal(wayOf(50, 51.1, band), 'up');
  assert.equal(wayOf(-50, -51.1, band), 'down');
});

test('probabilities sum to one and happen as often as they say', () => {
  const world = foreseen(0.6, 6, 150);
  const { past } = learnDirections(world, calm(world), { step: 0, deadBand: band });
  const bins = Array.from({ length: 5 }, () => ({ said: 0, happened: 0, count: 0 }));
  for (const { probabilities, happened, origin } of past) {
    const { up, flat, down } = probabilities;
    assert.ok(Math.abs(up + flat + down - 1) < 1e-12 && Math.min(up, flat, down) >= 0);
    if (origin < 20) continue;
    const bin = bins[Math.min(4, Math.floor(5 * up))]!;
    bin.said += up;
    bin.happened += happened === 'up' ? 1 : 0;
    bin.count++;
  }
  for (const { said, happened, count } of bins)
    assert.ok(Math.abs(said - happened) < 3 * Math.sqrt(count), `${said} ${happened} of ${count}`);
});

test('what is foreseen is called and comes true; what is not is left open with the reason', () => {
  const world = foreseen(0.8);
  const skilled = learnDirections(world, calm(world), { step: 0, deadBand: band });
  const scores = scoreDirections(skilled.past);
  assert.ok(scores.calls > 100 && scores.hits / scores.calls > 0.7, JSON.stringify(scores));
  assert.ok(scores.brier < 0.8 * scores.brierClimate);
  const up = directionOf(skilled, calm(world), 'key 1', { current: 100, point: 108 });
  assert.deepEqual([up.called, up.reason], ['up', 'likely and proven']);
  const chance = foreseen(0);
  const blind = learnDirections(chance, calm(chance), { step: 0, deadBand: band });
  const none = scoreDirections(blind.past);
  assert.ok(none.calls < 0.05 * none.directions, JSON.stringify(none));
  assert.ok(none.brier < 1.03 * none.brierClimate, JSON.stringify(none));
  const fresh = directionOf(skilled, calm(world), 'never seen', { current: 100, point: 112 });
  assert.deepEqual([fresh.called, fresh.reason], [null, 'no past calls']);
  // Somewhere between flat and up neither is likely enough.
  const between = Array.from({ length: 20 }, (_, i) =>
    directionOf(skilled, calm(world), 'key 1', { current: 100, point: 101 + i / 10 }),
  ).filter(({ called }) => called === null);
  assert.ok(between.length > 0);
  for (const { reason } of between) assert.equal(reason, 'no way is likely enough');
});

test('a series whose own calls failed is not called though others are', () => {
  const skilled = foreseen(0.8);
  const half = skilled.actual.length / 4;
  for (let i = 0; i < half; i++) skilled.actual[i] = 200 - skilled.actual[i]!;
  const learned = learnDirections(skilled, calm(skilled), { step: 0, deadBand: band });
  const said = ['key 0', 'key 2'].map((key) =>
    directionOf(learned, calm(skilled), key, { current: 100, point: 115 }),
  );
  assert.deepEqual(
    said.map(({ called }) => called),
    [null, 'up'],
  );
  assert.equal(said[0]!.reason, 'past calls did not beat chance');
});

test('no direction knows an outcome that was not over', () => {
  const plain = foreseen(0.5, 3, 40);
  const late: Backtest = { ...plain, actual: plain.actual.slice() };
  for (let k = 0; k < 3; k++) late.actual.fill(1e4, k * 40 + 30, (k + 1) * 40);
  const options = { step: 0, deadBand: band };
  const [a, b] = [plain, late].map((one) =>
    learnDirections(one, calm(one), options)
      .past.filter(({ origin }) => origin <= 30)
      .map(({ probabilities, called }) => ({ probabilities, called })),
  );
  assert.deepEqual(a, b);
  assert.throws(
    () => learnDirections(plain, calm(plain), { step: 1, deadBand: band }),
    /step is 1, .* below 1/,
  );
});

test('a season is called by its own forecast, a random walk hardly ever', async () => {
  const rng = seeded(9);
  const walk: number[] = [100];
  for (let t = 1; t < 160; t++) walk.push(walk[t - 1]! * Math.exp(0.05 * rng.normal()));
  const wave = Array.from({ length: 160 }, (_, t) => 100 + 20 * Math.sin((2 * Math.PI * t) / 12));
  const scoreOf = async (values: number[]) => {
    const set = seriesSet([{ key: 'a', start: 0, values }], 12);
    const plan = { horizon: 2, origins: 60, step: 1 };
    const naive = forecasterOf({ kind: 'seasonalNaive', params: {} });
    const result = await backtest(naive, set, plan, { rng: seeded(1) });
    return scoreDirections(learnDirections(result, set, { step: 1, deadBand: band }).past);
  };
  const skilled = await scoreOf(wave);
  assert.ok(skilled.calls > 30 && skilled.hits / skilled.calls > 0.95, JSON.stringify(skilled));
  const lucky = await scoreOf(walk);
  assert.ok(lucky.calls <= 6, JSON.stringify(lucky));
});

test('the Brier score of certainty is 0 when right and 2 when wrong', () => {
  const sure = { up: 1, flat: 0, down: 0 };
  assert.deepEqual([brierOf(sure, 'up'), brierOf(sure, 'down')], [0, 2]);
});

test('a gap to the series that moved alike is a hint, and it is closed in the right way', async () => {
  const rng = seeded(12);
  let common = Math.log(100);
  const prices: number[][] = [[], []];
  const apart = [0, 0];
  for (let t = 0; t < 420; t++) {
    common += 0.08 * rng.normal();
    for (const i of [0, 1]) {
      apart[i] = 0.05 * rng.normal();
      prices[i]!.push(Math.exp(common + apart[i]!));
    }
  }
  const both = prices.map((values, i) => ({ key: `town ${i}`, start: 0, values }));
  const scoreOf = async (list: typeof both) => {
    const set = seriesSet(list, 12);
    const naive = forecasterOf({ kind: 'naive', params: {} });
    const plan = { horizon: 1, origins: 300, step: 1 };
    const result = await backtest(naive, set, plan, { rng: seeded(1) });
    const options = { step: 0, deadBand: band, multiplicative: true };
    const { past, partners } = learnDirections(result, set, options);
    const { brier, brierClimate } = scoreDirections(past.filter(({ origin }) => origin >= 50));
    return { skill: 1 - brier / brierClimate, partners };
  };
  const together = await scoreOf(both);
  assert.deepEqual(together.partners, { 'town 0': 'town 1', 'town 1': 'town 0' });
  const alone = await scoreOf(both.slice(0, 1));
  assert.ok(
    together.skill > 0.01 && together.skill > alone.skill + 0.01,
    `${together.skill} ${alone.skill}`,
  );
});
