import assert from 'node:assert/strict';
import test from 'node:test';
import {
  chooseLinUcb,
  createLinUcb,
  createPosterior,
  decide,
  epsilonGreedy,
  loadPosterior,
  posteriorBytes,
  replay,
  seeded,
  updateLinUcb,
  updatePosterior,
  type DemandPosterior,
  type PriceOutcome,
} from '../../src/index.js';
import { cholesky, inverseFactored, solveFactored } from '../../src/price/solve.js';

const prior = {
  referencePrice: 20,
  units: 30,
  unitsError: 0.5,
  elasticity: -1.5,
  elasticityError: 0.7,
  context: ['weekend'],
  noise: 0.05,
};
const grid = [16, 18, 20, 22, 24];

function outcomes(count: number, elasticity: number, seed: number): PriceOutcome[] {
  const rng = seeded(seed);
  return Array.from({ length: count }, (_, t) => {
    const price = grid[rng.below(5)]!;
    const weekend = t % 7 > 4 ? 1 : 0;
    const mean = 40 * (price / 20) ** elasticity * Math.exp(0.4 * weekend);
    return { price, units: Math.round(mean * Math.exp(0.2 * rng.normal())), context: { weekend } };
  });
}

const learn = (start: DemandPosterior, seen: readonly PriceOutcome[]) =>
  seen.reduce(updatePosterior, start);

test('one outcome at a time equals the regression of all at once', () => {
  const start = createPosterior(prior);
  const seen = outcomes(30, -2, 1);
  const end = learn(start, seen);
  const precision = new Float64Array(9);
  const moments = new Float64Array(3);
  for (let i = 0; i < 3; i++) {
    precision[i * 4] = 1 / start.covariance[i]![i]!;
    moments[i] = start.mean[i]! / start.covariance[i]![i]!;
  }
  for (const { price, units, context } of seen) {
    const x = [1, Math.log(price / 20), context!['weekend']!];
    const weight = 1 / (0.05 + 1 / (units + 0.5));
    for (let i = 0; i < 3; i++) {
      moments[i]! += weight * x[i]! * Math.log(units + 0.5);
      for (let j = 0; j < 3; j++) precision[i * 3 + j]! += weight * x[i]! * x[j]!;
    }
  }
  const factor = cholesky(precision, 3);
  solveFactored(factor, moments).forEach((value, i) =>
    assert.ok(Math.abs(value - end.mean[i]!) < 1e-9),
  );
  inverseFactored(factor, 3).forEach((value, i) =>
    assert.ok(Math.abs(value - end.covariance.flat()[i]!) < 1e-9),
  );
  assert.equal(start.observations, 0);
  assert.ok(Math.abs(end.mean[1]! + 2) < 0.4);
});

test('a posterior survives bytes and JSON, and goes on learning the same', () => {
  const posterior = learn(createPosterior(prior), outcomes(10, -2, 2));
  const loaded = loadPosterior(posteriorBytes(posterior));
  assert.deepEqual(loaded, posterior);
  const travelled = JSON.parse(JSON.stringify(posterior)) as DemandPosterior;
  const more = outcomes(5, -2, 3);
  assert.deepEqual(learn(loaded, more), learn(posterior, more));
  assert.deepEqual(learn(travelled, more), learn(posterior, more));
});

test('propensities sum to one, are what arms are drawn with, and replay from the seed', () => {
  const posterior = learn(createPosterior(prior), outcomes(4, -2, 4));
  const rng = seeded(5);
  const request = { posterior, grid, cost: 9, context: { weekend: 0 }, draws: 300 };
  const counts = new Float64Array(5);
  const expected = new Float64Array(5);
  const trials = 3000;
  for (let trial = 0; trial < trials; trial++) {
    const decision = decide({ ...request, draws: 60, rng });
    const sum = decision.propensities.reduce((total, value) => total + value, 0);
    assert.ok(Math.abs(sum - 1) < 1e-12 && decision.propensities.every((value) => value > 0));
    counts[decision.arm]! += 1 / trials;
    decision.propensities.forEach((value, arm) => (expected[arm]! += value / trials));
  }
  counts.forEach((share, arm) => assert.ok(Math.abs(share - expected[arm]!) < 0.03));
  const decision = decide({ ...request, rng });
  assert.deepEqual(replay(request, decision.seed), decision);
});

test('it learns where the profit is, and goes on trying a little', () => {
  const rng = seeded(6);
  let posterior = createPosterior({ ...prior, elasticity: -1 });
  const truth = -3;
  let last = 0;
  for (let day = 0; day < 250; day++) {
    const decision = decide({ posterior, grid, cost: 9, context: { weekend: 0 }, draws: 200, rng });
    const units = Math.round(40 * (decision.price / 20) ** truth * Math.exp(0.2 * rng.normal()));
    posterior = updatePosterior(posterior, {
      price: decision.price,
      units,
      context: { weekend: 0 },
    });
    last = decision.propensities[0]!;
  }
  // With elasticity −3 and a cost of 9 the best price is 13.5: the lowest of the grid.
  assert.ok(last > 0.9, `${last}`);
  assert.throws(() => decide({ posterior, grid: [], cost: 9, rng }), /grid is empty/);
  assert.throws(() => decide({ posterior, grid, cost: 9, rng }), /context weekend is undefined/);
});

test('baselines: greedy with its share of chance, and the upper bound that learns a line', () => {
  const greedy = epsilonGreedy([0.1, 0.5, 0.2], { epsilon: 0.3, rng: seeded(1) });
  assert.deepEqual(
    [...greedy.propensities].map((value) => Number(value.toFixed(6))),
    [0.1, 0.8, 0.1],
  );
  let state = createLinUcb(2);
  const arms = [
    [1, 0],
    [0, 1],
    [0.7, 0.7],
  ];
  const rng = seeded(2);
  const picks = new Float64Array(3);
  for (let round = 0; round < 300; round++) {
    const { arm } = chooseLinUcb(state, arms, 0.5);
    picks[arm]!++;
    state = updateLinUcb(
      state,
      arms[arm]!,
      0.2 * arms[arm]![0]! + arms[arm]![1]! + 0.1 * rng.normal(),
    );
  }
  assert.ok(picks[1]! > 200, picks.join());
});
