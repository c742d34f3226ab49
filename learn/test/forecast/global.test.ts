import assert from 'node:assert/strict';
import test from 'node:test';
import {
  forecasterOf,
  seeded,
  seriesSet,
  type Covariates,
  type ForecastModel,
  type SeriesSet,
} from '../../src/index.js';
import { someSeries } from './some-series.js';

const recipe = { kind: 'global', params: { rounds: 120, leaves: 7, minDataInLeaf: 5 } };
const fit = (set: SeriesSet, params = {}) =>
  forecasterOf({ ...recipe, params: { ...recipe.params, ...params } }).fit(set, { rng: seeded(1) });

function forecast(model: ForecastModel, set: SeriesSet, horizon: number): Float64Array {
  const out = new Float64Array(set.keys.length * horizon);
  model.forecast(set, horizon, out);
  return out;
}

/** Every third step is promoted and sells 40 more. */
function promoted(set: SeriesSet, knownUntil: number, kind: 'known' | 'past' = 'known'): SeriesSet {
  const covariates: Covariates = {
    names: ['promotion'],
    kinds: [kind],
    at: (_, step) => (step > knownUntil ? NaN : step % 3 === 0 ? 1 : 0),
  };
  const values = set.values.slice();
  for (let i = 0; i < set.keys.length; i++)
    for (let t = set.offsets[i]!; t < set.offsets[i + 1]!; t++)
      if ((set.starts[i]! + t - set.offsets[i]!) % 3 === 0) values[t]! += 40;
  return { ...set, values, covariates };
}

test('a known promotion is forecast where it will be', async () => {
  const set = promoted(someSeries(9, 60), 1000);
  const out = forecast(await fit(set), set, 6);
  const lifts = Array.from({ length: 9 }, (_, i) => {
    const own = out.subarray(i * 6, i * 6 + 6);
    // The history ends at step 83, so steps 84 and 87 are promoted.
    return (own[0]! + own[3]!) / 2 - (own[1]! + own[2]! + own[4]! + own[5]!) / 4;
  });
  for (const lift of lifts) assert.ok(lift > 20 && lift < 55, `${lift}`);
});

test('a horizon without its known covariate is an error that names it', async () => {
  const set = promoted(someSeries(3, 60), 85);
  const model = await fit(set);
  assert.equal(forecast(model, set, 2).length, 6);
  assert.throws(
    () => forecast(model, set, 3),
    /promotion of series series 0 is not known at step 86/,
  );
  const { covariates: _, ...without } = set;
  assert.throws(() => forecast(model, without, 1), /promotion \(known\) is missing/);
  assert.throws(() => forecast(model, promoted(set, 1000, 'past'), 1), /promotion \(known\)/);
});

test('a past covariate of the future is an error that names it, and is never looked at for a forecast', async () => {
  const set = promoted(someSeries(3, 60), 83, 'past');
  const model = await fit(set, { block: 4 });
  assert.equal(forecast(model, set, 4).length, 12);
  assert.throws(
    () => forecast(model, promoted(someSeries(3, 60), 85, 'past'), 4),
    /promotion of series series 0 has a value at step 84, .* declared past/,
  );
});

/** Promoted at steps that neither phase nor lags tell. */
function sometimesPromoted(set: SeriesSet): SeriesSet {
  const rng = seeded(5);
  const days = Array.from({ length: 84 }, () => Number(rng.next() < 0.3));
  const values = set.values.slice();
  for (let i = 0; i < set.keys.length; i++)
    for (let t = set.offsets[i]!; t < set.offsets[i + 1]!; t++)
      values[t]! += 40 * days[set.starts[i]! + t - set.offsets[i]!]!;
  const at = (_: number, step: number) => days[step] ?? NaN;
  return { ...set, values, covariates: { names: ['promotion'], kinds: ['known'], at } };
}

for (const strategy of ['recursive', 'direct', 'multiOutput'])
  for (const anchor of ['mean', 'last', 'season', 'both'])
    test(`${strategy} from ${anchor}: a known promotion at a step moves the forecast of that step`, async () => {
      const horizon = 4;
      const shared = { strategy, anchor, block: horizon, rounds: 60 };
      const set = sometimesPromoted(someSeries(6, 60));
      const model = await fit(set, shared);
      const plan = (promotedAt: number): SeriesSet => ({
        ...set,
        covariates: {
          ...set.covariates!,
          at: (series, step, covariate) =>
            step > 83
              ? Number(step === 83 + promotedAt)
              : set.covariates!.at(series, step, covariate),
        },
      });
      const none = forecast(model, plan(0), horizon);
      for (let step = 1; step <= horizon; step++) {
        const promotedThen = forecast(model, plan(step), horizon);
        for (let i = 0; i < 6; i++) {
          const lift = promotedThen[i * horizon + step - 1]! - none[i * horizon + step - 1]!;
          assert.ok(lift > 10, `step ${step} of series ${i} moved by ${lift}`);
          for (let before = 0; before < step - 1; before++)
            assert.equal(promotedThen[i * horizon + before], none[i * horizon + before]);
        }
      }
    });

test('it learns over series what none could alone, in blocks and one step at a time', async () => {
  const long = someSeries(12, 72, 3);
  const set: SeriesSet = {
    ...long,
    values: long.values.slice(),
    offsets: long.offsets,
  };
  for (const block of [1, 4, 12]) {
    const out = forecast(await fit(set, { block }), set, 12);
    let error = 0;
    out.forEach((value, at) => {
      const level = 50 + 20 * (Math.floor(at / 12) % 3);
      const t = 72 + (at % 12);
      const truth = level * (1 + 0.2 * Math.sin((2 * Math.PI * t) / 12)) + 0.3 * t;
      error += Math.abs(value / truth - 1) / out.length;
    });
    assert.ok(error < 0.06, `block ${block}: ${error}`);
  }
});

test('drivers add up: within a block two forecasts differ by what drives them', async () => {
  const set = someSeries(6, 60);
  const model = await fit(set, { anchor: 'last', block: 4 });
  const out = forecast(model, set, 8);
  for (const [one, other] of [
    [1, 4],
    [5, 8],
  ] as const) {
    const [a, b] = [one, other].map((step) => model.drivers!(set, 2, step));
    const sum = (drivers: typeof a) =>
      drivers!.reduce((total, { contribution }) => total + contribution, 0);
    const difference = out[2 * 8 + other - 1]! - out[2 * 8 + one - 1]!;
    assert.ok(Math.abs(sum(b) - sum(a) - difference) < 1e-9);
    const sizes = a!.map(({ contribution }) => Math.abs(contribution));
    assert.deepEqual(
      sizes,
      sizes.toSorted((x, y) => y - x),
    );
  }
});

test('a name that is taken is refused', async () => {
  const set = someSeries(3, 40);
  const columns = set.statics!.columns.map((column) => ({ ...column, name: 'lag_1' }));
  await assert.rejects(fit({ ...set, statics: { rows: 3, columns } }), /lag_1 appears twice/);
});

test('a feast that moves between steps is found where its covariate says', async () => {
  // A bump around a day that comes a third of a step later each year.
  const feast = (t: number) => {
    const year = Math.round(t / 12);
    return 12 * year + year / 3 - t;
  };
  const list = Array.from({ length: 12 }, (_, i) => ({
    key: `${i}`,
    start: 0,
    values: Array.from(
      { length: 58 },
      (__, t) => (10 + i) * (5 + Math.max(0, 4 - 2 * Math.abs(feast(t)))),
    ),
  }));
  const covariates: Covariates = {
    names: ['to_feast'],
    kinds: ['known'],
    at: (_, step) => (Math.abs(feast(step)) <= 4 ? feast(step) : 99),
  };
  const set = { ...seriesSet(list, 12), covariates };
  const shared = { anchor: 'season', block: 6, rounds: 10 };
  const errorOf = async (params: Record<string, unknown>) => {
    const out = forecast(await fit(set, params), set, 6);
    return out.reduce((sum, value, at) => {
      const [i, t] = [Math.floor(at / 6), 58 + (at % 6)];
      return sum + Math.abs(value - (10 + i) * (5 + Math.max(0, 4 - 2 * Math.abs(feast(t)))));
    }, 0);
  };
  const plain = await errorOf(shared);
  const aligned = await errorOf({ ...shared, aligned: 'to_feast' });
  assert.ok(aligned < 0.6 * plain, `${aligned} ${plain}`);
  await assert.rejects(
    fit(set, { aligned: 'nothing' }),
    /aligned by nothing, .* there are to_feast/,
  );
});

test('a series that had sold for a cent and then sells does not spoil the others', async () => {
  const series = Array.from({ length: 9 }, (_, k) => {
    const rng = seeded(k);
    const wave = (t: number) => 1 + 0.3 * Math.sin((2 * Math.PI * t) / 12);
    const values = Array.from(
      { length: 60 },
      (__, t) => 100 * (k + 1) * wave(t) + 5 * rng.normal(),
    );
    return { key: `${k}`, start: 0, values };
  });
  const cent = Array.from({ length: 60 }, (_, t) => (t === 40 ? 0.01 : t < 59 ? 0 : 500));
  const [without, beside] = [series, [...series, { key: 'cent', start: 0, values: cent }]].map(
    (all) => seriesSet(all, 12),
  );
  const params = { minDataInLeaf: 20 };
  const plain = forecast(await fit(without!, params), without!, 6);
  const spoilt = forecast(await fit(beside!, params), beside!, 6);
  plain.forEach((value, i) => assert.ok(Math.abs(spoilt[i]! / value - 1) < 0.3, `${spoilt[i]}`));
});
