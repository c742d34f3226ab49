import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { toldResults } from '../../src/serving/price/results.js';
import { upliftOf } from '../../src/serving/price/uplift.js';
import { freshState, type Fresh } from '../store/fresh.js';

let fresh: Fresh;
before(async () => {
  fresh = await freshState();
});
after(() => fresh.remove());

// Cost 10, old price 20, one unit a day expected at it: 70 a week.
const posterior = {
  referencePrice: 20,
  context: [],
  mean: [0, -2],
  covariance: [],
  noise: 0.1,
  observations: 0,
};
const detail = { proposal: { cost: 10 }, posterior };

async function tell(
  id: string,
  group: 'applied' | 'hold-out' | 'waiting',
  price: number,
  units: number,
) {
  await fresh.state.query(
    `INSERT INTO suggestions (id, model, key, price, current, state, detail) VALUES ($1, 'm', $1, $2, 20, $3, $4::jsonb)`,
    [id, price, group, JSON.stringify(detail)],
  );
  await fresh.state.query(
    `INSERT INTO outcomes (id, suggestion, model, key, at, detail) VALUES ($1, $1, 'm', $1, now(), $2::jsonb)`,
    [id, JSON.stringify({ price, units, days: 7, day: '2026-10-31' })],
  );
}

test('the uplift waits for both groups, then is the difference of what each brought above its expectation', async () => {
  const all = async () => upliftOf(await toldResults(fresh.state, 'm'), 0.5);
  for (let i = 0; i < 8; i++) await tell(`applied ${i}`, 'applied', 25, i % 2 === 0 ? 7 : 9);
  assert.deepEqual(await all(), {
    value: null,
    lower: null,
    upper: null,
    treated: 8,
    heldOut: 0,
    needed: 8,
    design: 'item-weeks',
  });
  for (let i = 0; i < 8; i++) await tell(`held ${i}`, 'hold-out', 20, i % 2 === 0 ? 6 : 8);
  await tell('undecided', 'waiting', 30, 1000);
  const { value, lower, upper, treated, heldOut, design } = await all();
  assert.equal(design, 'items');
  // Applied: 8 × 15 − 70 = 50 on average; held out: 7 × 10 − 70 = 0.
  assert.ok(Math.abs(value! - 50) < 1e-9);
  assert.ok(lower! < value! && value! < upper!);
  assert.deepEqual([treated, heldOut], [8, 8]);
});

test('outcomes outside of what a caller sees do not count', async () => {
  const told = await toldResults(fresh.state, 'm');
  const { treated, heldOut } = upliftOf(
    told.filter(({ key }) => key.startsWith('held')),
    0.5,
  );
  assert.deepEqual([treated, heldOut], [0, 8]);
});
