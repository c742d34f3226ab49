import assert from 'node:assert/strict';
import test from 'node:test';
import { doublyRobust, effectiveSampleSize, ips, seeded, snips } from '../../src/index.js';
import { drawArm } from '../../src/price/thompson.js';
import { missing, readRows } from '../forecast/real-data.js';

const truth = [0.2, 0.5, 0.35];
const target = [0.1, 0.7, 0.2];
const logged = Float64Array.of(0.5, 0.2, 0.3);
const value = 0.1 * 0.2 + 0.7 * 0.5 + 0.2 * 0.35;

function log(rows: number, seed: number) {
  const rng = seeded(seed);
  const arms = Int32Array.from({ length: rows }, () => drawArm(logged, rng));
  const of = (values: ArrayLike<number>) => Float64Array.from(arms, (arm) => values[arm]!);
  return {
    rewards: Float64Array.from(arms, (arm) => (rng.next() < truth[arm]! ? 1 : 0)),
    propensities: of(logged),
    target: of(target),
    modelled: { logged: of(truth), expected: new Float64Array(rows).fill(value) },
  };
}

test('estimates equal their closed forms on a log counted by hand', () => {
  const small = {
    rewards: Float64Array.of(1, 0, 2, 1),
    propensities: Float64Array.of(0.5, 0.25, 0.5, 1),
    target: Float64Array.of(0.25, 0.5, 1, 0.5),
    modelled: { logged: Float64Array.of(1, 1, 1, 1), expected: Float64Array.of(2, 2, 2, 2) },
  };
  // Weights 0.5, 2, 2, 0.5.
  const options = { effectiveMin: 1 };
  assert.equal(ips(small, options).value, (0.5 + 0 + 4 + 0.5) / 4);
  assert.equal(snips(small, options).value, 5 / 5);
  assert.equal(doublyRobust(small, options).value, 2 + (0 - 2 + 2 + 0) / 4);
  assert.equal(effectiveSampleSize(small), 25 / 8.5);
});

test('all three find the value of another policy, inside their intervals as often as said', () => {
  for (const estimate of [ips, snips, doublyRobust]) {
    let inside = 0;
    let mean = 0;
    for (let seed = 0; seed < 100; seed++) {
      const found = estimate(log(600, seed));
      assert.ok(found.value !== null);
      mean += found.value / 100;
      if (found.lower <= value && value <= found.upper) inside++;
    }
    assert.ok(Math.abs(mean - value) < 0.015, `${estimate.name} ${mean}`);
    assert.ok(inside >= 88, `${estimate.name} ${inside}`);
  }
});

test('a log that says little about the policy is refused, an impossible one too', () => {
  const thin = log(40, 1);
  const refused = ips({ ...thin, target: thin.target.map((share) => (share > 0.5 ? 1 : 0)) });
  assert.ok(refused.value === null && /at least 30 are needed/.test(refused.reason));
  assert.throws(
    () => snips({ ...thin, propensities: new Float64Array(40) }),
    /propensity of decision 0 is 0/,
  );
});

const random = 'open_bandit_sample/random/men/men.csv.gz';
const thompson = 'open_bandit_sample/bts/men/men.csv.gz';

test(
  'fashion log: Thompson sampling judged on itself is its own click rate',
  {
    skip: missing(random) || missing(thompson),
  },
  () => {
    for (const file of [random, thompson]) {
      const rows = readRows(file);
      const rewards = Float64Array.from(rows, (row) => Number(row[4]));
      const propensities = Float64Array.from(rows, (row) => Number(row[5]));
      const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
      const same = snips({ rewards, propensities, target: propensities });
      assert.ok(Math.abs(same.value! - mean) < 1e-12);
      const uniform = propensities.map(() => 1 / 34);
      const even = snips({ rewards, propensities, target: uniform });
      assert.ok(even.value !== null && even.value > 0 && even.value < 0.02);
    }
  },
);
