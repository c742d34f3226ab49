import assert from 'node:assert/strict';
import test from 'node:test';
import {
  createPosterior,
  decide,
  directMethod,
  doublyRobust,
  effectiveSampleSize,
  ips,
  kernelDecisions,
  loggedDecisions,
  recordDecision,
  seeded,
  shrunkDoublyRobust,
  snips,
  switchDoublyRobust,
  type DecisionRecord,
} from '../../src/index.js';
import { drawArm } from '../../src/price/vote.js';
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
  assert.equal(directMethod(small, options).value, 2);
  assert.equal(switchDoublyRobust(small, { ...options, weightMax: 1 }).value, 2);
  assert.equal(switchDoublyRobust(small, { ...options, weightMax: 2 }).value, 2);
  // Shrunk with λ = 2: 0.5 → 4/9, 2 → 2/3.
  const shrunk = shrunkDoublyRobust(
    { ...small, rewards: Float64Array.of(3, 0, 2, 1) },
    { ...options, lambda: 2 },
  );
  assert.ok(Math.abs(shrunk.value! - (2 + ((4 / 9) * 2 - 2 / 3 + 2 / 3) / 4)) < 1e-12);
  assert.equal(shrunkDoublyRobust(small, { ...options, lambda: 0 }).value, 2);
  assert.equal(
    shrunkDoublyRobust(small, { ...options, lambda: Infinity }).value,
    doublyRobust(small, options).value,
  );
  assert.equal(effectiveSampleSize(small), 25 / 8.5);
  const { overlap, weightMax } = ips(small, options);
  assert.deepEqual([overlap, weightMax], [1.25, 2]);
});

test('all find the value of another policy, inside their intervals as often as said', () => {
  const switched = (given: ReturnType<typeof log>) => switchDoublyRobust(given, { weightMax: 5 });
  const shrunk = (given: ReturnType<typeof log>) => shrunkDoublyRobust(given, { lambda: 20 });
  for (const estimate of [ips, snips, doublyRobust, switched, shrunk]) {
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

/** Items sold for many weeks, some of which sell more than others whatever the price. */
function itemLog(items: number, weeks: number, seed: number) {
  const plain = log(items * weeks, seed);
  const rng = seeded(`luck ${seed}`);
  const luck = Array.from({ length: items }, () => 0.4 * rng.normal());
  const cluster = Array.from({ length: items * weeks }, (_, row) => Math.floor(row / weeks));
  return {
    ...plain,
    rewards: plain.rewards.map((reward, row) => reward + luck[cluster[row]!]!),
    cluster,
  };
}

test('weeks of one item are not as many items: intervals that count items hold the truth', () => {
  const runs = 400;
  for (const estimate of [ips, snips, doublyRobust]) {
    const inside = { counted: 0, ignored: 0 };
    for (let seed = 0; seed < runs; seed++) {
      const { cluster, ...plain } = itemLog(15, 30, seed);
      const pair = [
        estimate({ ...plain, cluster }, { level: 0.9 }),
        estimate(plain, { level: 0.9 }),
      ];
      (['counted', 'ignored'] as const).forEach((name, i) => {
        const found = pair[i]!;
        assert.ok(found.value !== null);
        if (found.lower <= value && value <= found.upper) inside[name]++;
      });
    }
    const [counted, ignored] = [inside.counted / runs, inside.ignored / runs];
    assert.ok(Math.abs(counted - 0.9) <= 0.04, `${estimate.name} ${counted} of 0.9`);
    assert.ok(ignored < 0.8, `${estimate.name} without clusters ${ignored}`);
  }
});

test('a cluster of each decision is no cluster but for the quantile, and one cluster says nothing', () => {
  const plain = log(500, 3);
  const own = { ...plain, cluster: plain.rewards.map((_, row) => row) };
  const [a, b] = [doublyRobust(plain), doublyRobust({ ...own, cluster: [...own.cluster] })];
  assert.ok(a.value !== null && b.value !== null && a.value === b.value);
  assert.ok(Math.abs((b.upper - b.value) / (a.upper - a.value) - 1) < 0.005);
  const one = ips({ ...plain, cluster: Array.from({ length: 500 }, () => 'only') });
  assert.ok(one.value === null && /of one cluster/.test(one.reason));
  assert.throws(() => ips({ ...plain, cluster: ['a'] }), /clusters 500, 500, 500, 500, 1/);
});

test('a log that says little about the policy is refused, an impossible one too', () => {
  const thin = log(40, 1);
  const refused = ips({ ...thin, target: thin.target.map((share) => (share > 0.5 ? 1 : 0)) });
  assert.ok(refused.value === null && /at least 30 are needed/.test(refused.reason));
  const rarely = { ...log(400, 2), target: new Float64Array(400).fill(0.05) };
  const missed = snips(rarely);
  assert.ok(missed.value === null && /tried \d+ % of what this policy/.test(missed.reason));
  assert.throws(() => directMethod({ ...thin, modelled: undefined! }), /needs modelled rewards/);
  assert.throws(() => switchDoublyRobust(thin, { weightMax: -1 }), /weightMax is -1/);
  assert.throws(() => ips({ ...thin, target: new Float64Array(3) }), /have 40 rows/);
  assert.throws(
    () => snips({ ...thin, propensities: new Float64Array(40) }),
    /propensity of decision 0 is 0/,
  );
});

/** Prices drawn by Thompson sampling from a fixed belief, with what they brought. */
function priceLog(rows: number, elasticity: number) {
  const rng = seeded(11);
  const grid = [16, 17, 18, 19, 20, 21, 22, 23, 24];
  const cost = 9;
  const posterior = createPosterior({
    referencePrice: 20,
    units: 30,
    unitsError: 0.3,
    elasticity: -1.8,
    elasticityError: 0.8,
  });
  const profit = (price: number) => 30 * (price / 20) ** elasticity * (price - cost);
  const records: DecisionRecord[] = [];
  const outcomes: { id: string; reward: number }[] = [];
  for (let row = 0; row < rows; row++) {
    const decision = decide({ posterior, grid, cost, draws: 60, exploration: 0.2, rng });
    const id = `${row}`;
    const record = { id, grid, cost, objective: 'margin' as const, policy: 'thompson 1' };
    records.push(recordDecision(decision, record));
    outcomes.push({ id, reward: profit(decision.price) * (1 + 0.1 * rng.normal()) });
  }
  return { records, outcomes, profit, grid };
}

test('a log of prices tells what other policies would have earned, late outcomes left out', () => {
  const { records, outcomes, profit, grid } = priceLog(3000, -1.5);
  const wanted = () => grid.map((price) => (price === 22 ? 0.8 : 0.025));
  const value = grid.reduce((sum, price) => sum + (price === 22 ? 0.8 : 0.025) * profit(price), 0);
  const modelled = ({ prices }: DecisionRecord) => prices.map((price) => 1.2 * profit(price));
  const known = loggedDecisions(records, outcomes.slice(500), wanted, modelled);
  assert.equal(known.rewards.length, 2500);
  const robust = doublyRobust(known);
  assert.ok(robust.value !== null && robust.lower < value && value < robust.upper);
  assert.ok(Math.abs(directMethod(known).value! - 1.2 * value) < 1e-6);
  assert.throws(
    () => loggedDecisions(records, outcomes, () => [1]),
    /decision 0 1 shares that sum to 1, expected 9/,
  );
});

test('prices near the wanted one count by how near they are', () => {
  const { records, outcomes, profit } = priceLog(3000, -1.5);
  for (const price of [20, 24]) {
    const near = snips(kernelDecisions(records, outcomes, () => price, 0.06));
    assert.ok(near.value !== null && Math.abs(near.value / profit(price) - 1) < 0.03);
    assert.ok(Math.abs(near.overlap - 1) < 0.15);
  }
  const far = snips(kernelDecisions(records, outcomes, () => 40, 0.06));
  assert.equal(far.value, null);
  assert.throws(() => kernelDecisions(records, outcomes, () => 20, 0), /bandwidth is 0/);
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
