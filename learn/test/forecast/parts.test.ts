import assert from 'node:assert/strict';
import test from 'node:test';
import {
  forecastParts,
  forecasterOf,
  seasonalHabit,
  seeded,
  seriesSet,
  whatIf,
  type ForecastModel,
  type SeriesSet,
} from '../../src/index.js';
import { someSeries } from './some-series.js';

const effects = { rng: seeded(1) };
const HORIZON = 6;

/** Weekly-like series moved by a promotion and by a holiday, both known ahead. */
function promoted(): SeriesSet {
  const rng = seeded(6);
  const at = (_: number, step: number, covariate: number) =>
    covariate === 0 ? (step % 5 === 2 ? 1 : 0) : step % 9 === 4 ? 1 : 0;
  const list = Array.from({ length: 6 }, (_, i) => ({
    key: `series ${i}`,
    start: 0,
    values: Array.from(
      { length: 120 },
      (__, t) => 100 + 40 * at(i, t, 0) - 30 * at(i, t, 1) + 2 * rng.normal(),
    ),
  }));
  const covariates = { names: ['promotion', 'holiday'], kinds: ['known', 'known'] as const, at };
  return { ...seriesSet(list, 4), covariates };
}

async function fitGlobal(set: SeriesSet): Promise<ForecastModel> {
  const params = { rounds: 60, leaves: 8, minDataInLeaf: 5, learningRate: 0.2 };
  return forecasterOf({ kind: 'global', params }).fit(set, effects);
}

test('the parts of a forecast sum to it, whatever the model', async () => {
  for (const kind of ['seasonalNaive', 'ets', 'theta', 'naive']) {
    const set = someSeries(3, 60);
    const model = await forecasterOf({ kind, params: {} }).fit(set, effects);
    const whole = new Float64Array(3 * HORIZON);
    model.forecast(set, HORIZON, whole);
    const parts = forecastParts(model, set, 1, HORIZON);
    assert.deepEqual([...parts.forecast], [...whole.subarray(HORIZON, 2 * HORIZON)]);
    parts.forecast.forEach((value, h) => {
      const { trend, season, calendar, covariates, remainder } = parts;
      const sum = trend[h]! + season[h]! + calendar[h]! + covariates[h]! + remainder[h]!;
      assert.ok(Math.abs(sum - value) < 1e-9 * Math.abs(value), `${kind} ${h}: ${sum} ${value}`);
    });
    // The season of the series is a sine of a fifth of its level.
    if (kind !== 'naive') assert.ok(Math.max(...parts.remainder.map(Math.abs)) < 6, kind);
    assert.ok(Math.max(...parts.season.map(Math.abs)) > 5);
  }
});

test('what a promotion and a holiday move is told apart', async () => {
  const set = promoted();
  const parts = forecastParts(await fitGlobal(set), set, 2, HORIZON, { calendar: ['holiday'] });
  for (let h = 0; h < HORIZON; h++) {
    const step = 120 + h;
    const [promotion, holiday] = [step % 5 === 2, step % 9 === 4];
    assert.ok(promotion ? parts.covariates[h]! > 25 : Math.abs(parts.covariates[h]!) < 8, `${h}`);
    assert.ok(holiday ? parts.calendar[h]! < -15 : Math.abs(parts.calendar[h]!) < 8, `${h}`);
  }
});

test('another plan is laid beside the first', async () => {
  const set = promoted();
  const model = await fitGlobal(set);
  const { planned, changed, difference } = whatIf(model, set, HORIZON, ({ key, step, name }, was) =>
    key === 'series 0' && step === 120 && name === 'promotion' ? 1 : was,
  );
  assert.ok(difference[0]! > 20, `${difference[0]}`);
  assert.ok(Math.abs(changed[0]! - planned[0]! - difference[0]!) < 1e-9);
  assert.ok(difference.subarray(HORIZON).every((value) => value === 0));
  const bare = someSeries(1, 40);
  const naive = await forecasterOf({ kind: 'naive', params: {} }).fit(bare, effects);
  assert.throws(() => whatIf(naive, bare, 2, (_, was) => was), /no covariate is known ahead/);
});

test('when it goes up, and how strong the season is', () => {
  const rng = seeded(2);
  const monthly = (amplitude: number) =>
    Float64Array.from(
      { length: 96 },
      (_, t) => 100 + amplitude * Math.cos((2 * Math.PI * t) / 12) + rng.normal(),
    );
  const strong = seasonalHabit(monthly(20), 0, 12);
  assert.ok(strong.strength! > 0.95);
  for (const phase of [8, 9, 10]) assert.ok(strong.rising.includes(phase), `${strong.rising}`);
  for (const phase of [2, 3, 4]) assert.ok(strong.falling.includes(phase), `${strong.falling}`);
  assert.ok(!strong.rising.some((phase) => strong.falling.includes(phase)));
  const none = seasonalHabit(monthly(0), 0, 12);
  assert.ok(none.strength! < 0.5 && none.rising.length + none.falling.length <= 3);
  assert.equal(seasonalHabit(monthly(5).subarray(0, 20), 0, 12).strength, null);
  assert.equal(seasonalHabit(new Float64Array(30).fill(NaN), 0, 12).strength, null);
});
