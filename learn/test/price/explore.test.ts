import assert from 'node:assert/strict';
import test from 'node:test';
import {
  chooseLinearThompson,
  createLinUcb,
  createPosterior,
  createRegressionPosterior,
  decide,
  decideBatch,
  epsilonGreedy,
  fadePosterior,
  newcomerPrior,
  regressionMean,
  seeded,
  squareCb,
  updateLinUcb,
  updatePosterior,
  updateRegressionPosterior,
  type ArmDecision,
  type DemandPosterior,
  type RegressionPosterior,
  type Rng,
} from '../../src/index.js';
import { cholesky, solveFactored } from '../../src/price/solve.js';

const prior = {
  referencePrice: 20,
  units: 30,
  unitsError: 0.5,
  elasticity: -1.5,
  elasticityError: 0.7,
};

test('every policy draws with the propensities that it logs', () => {
  const belief = [
    [1, 0.2],
    [1, 0.5],
    [1, 0.8],
  ].reduce(
    (standing, x) => updateRegressionPosterior(standing, x, 1 + x[1]!),
    createRegressionPosterior({ mean: [0, 0], error: 1, noise: 0.5 }),
  );
  const arms = [0, 0.3, 0.6, 0.9].map((x) => [1, x]);
  const policies: Record<string, (rng: Rng) => ArmDecision> = {
    greedy: (rng) => epsilonGreedy([0.2, 0.5, 0.1, 0.4], { epsilon: 0.3, rng }),
    squareCb: (rng) => squareCb([0.2, 0.5, 0.1, 0.4], { gamma: 20, rng }),
    linear: (rng) => chooseLinearThompson(belief, arms, { draws: 40, rng }),
  };
  const trials = 4000;
  for (const [name, policy] of Object.entries(policies)) {
    const rng = seeded(name);
    const surplus = new Float64Array(4);
    for (let trial = 0; trial < trials; trial++) {
      const { arm, propensities } = policy(rng);
      const sum = propensities.reduce((total, share) => total + share, 0);
      assert.ok(Math.abs(sum - 1) < 1e-12 && propensities.every((share) => share > 0), name);
      propensities.forEach((share, i) => (surplus[i]! += ((i === arm ? 1 : 0) - share) / trials));
    }
    surplus.forEach((value) => assert.ok(Math.abs(value) < 0.03, `${name} ${value}`));
  }
});

test('inverse gap weighting is its closed form, and the gap decides', () => {
  const { propensities } = squareCb([1, 3, 2], { gamma: 4, rng: seeded(1) });
  const expected = [1 / (3 + 8), 1 - 1 / 11 - 1 / 7, 1 / (3 + 4)];
  propensities.forEach((share, i) => assert.ok(Math.abs(share - expected[i]!) < 1e-12));
  assert.throws(() => squareCb([], { gamma: 1, rng: seeded(1) }), /no arm/);
  assert.throws(() => squareCb([1], { gamma: -1, rng: seeded(1) }), /gamma is -1/);
});

test('the conjugate posterior equals ridge regression, and finds the noise', () => {
  const rng = seeded(3);
  const truth = [2, -1, 0.5];
  let belief = createRegressionPosterior({ mean: [0, 0, 0], error: 2, noise: 1 });
  const gram = Float64Array.from({ length: 9 }, (_, i) => (i % 4 === 0 ? 0.25 : 0));
  const moments = new Float64Array(3);
  for (let row = 0; row < 400; row++) {
    const x = [1, rng.normal(), rng.next()];
    const reward = x.reduce((sum, value, i) => sum + value * truth[i]!, 0.3 * rng.normal());
    belief = updateRegressionPosterior(belief, x, reward);
    for (let i = 0; i < 3; i++) {
      moments[i]! += reward * x[i]!;
      for (let j = 0; j < 3; j++) gram[i * 3 + j]! += x[i]! * x[j]!;
    }
  }
  const { coefficients, noise } = regressionMean(belief);
  solveFactored(cholesky(gram, 3), moments).forEach((value, i) =>
    assert.ok(Math.abs(value - coefficients[i]!) < 1e-9),
  );
  assert.ok(Math.abs(noise - 0.3) < 0.03, `${noise}`);
  const travelled = JSON.parse(JSON.stringify(belief)) as RegressionPosterior;
  assert.deepEqual(
    updateRegressionPosterior(travelled, [1, 2, 3], 4),
    updateRegressionPosterior(belief, [1, 2, 3], 4),
  );
  assert.throws(() => updateRegressionPosterior(belief, [1], 2), /1 features, expected 3/);
  assert.throws(() => updateRegressionPosterior(belief, [1, 2, 3], NaN), /reward is NaN/);
});

test('what fades follows a market that changed; the upper bound fades too', () => {
  const follow = (keep: number) => {
    const rng = seeded(4);
    let belief = createRegressionPosterior({ mean: [0], error: 3, noise: 0.5 });
    let bound = createLinUcb(1);
    for (let t = 0; t < 300; t++) {
      const reward = (t < 200 ? 1 : 4) + 0.3 * rng.normal();
      belief = updateRegressionPosterior(belief, [1], reward, { keep });
      bound = updateLinUcb(bound, [1], reward, { keep });
    }
    return [regressionMean(belief).coefficients[0]!, bound.moments[0]! / bound.gram[0]![0]!];
  };
  follow(0.95).forEach((level) => assert.ok(Math.abs(level - 4) < 0.3, `${level}`));
  follow(1).forEach((level) => assert.ok(level < 2.5, `${level}`));
});

test('a faded demand ends in its prior, and forgetting nothing changes nothing', () => {
  const start = createPosterior({ ...prior, noiseObservations: 3 });
  const learnt = updatePosterior(updatePosterior(start, { price: 18, units: 55 }), {
    price: 23,
    units: 20,
  });
  const same = fadePosterior(learnt, start, 1);
  same.mean.forEach((value, i) => assert.ok(Math.abs(value - learnt.mean[i]!) < 1e-9));
  let faded: DemandPosterior = learnt;
  for (let week = 0; week < 200; week++) faded = fadePosterior(faded, start, 0.9);
  faded.mean.forEach((value, i) => assert.ok(Math.abs(value - start.mean[i]!) < 1e-6));
  faded.covariance
    .flat()
    .forEach((value, i) => assert.ok(Math.abs(value - start.covariance.flat()[i]!) < 1e-6));
  assert.throws(() => fadePosterior(learnt, start, 0), /keep is 0/);
  const other = createPosterior({ ...prior, referencePrice: 10 });
  assert.throws(() => fadePosterior(learnt, other, 0.5), /of another belief/);
});

test('the noise of demand is learned with it', () => {
  const rng = seeded(5);
  let belief = createPosterior({ ...prior, units: 250, noise: 0.3, noiseObservations: 4 });
  for (let day = 0; day < 400; day++) {
    const price = 16 + rng.below(9);
    const mean = 300 * (price / 20) ** -2;
    belief = updatePosterior(belief, {
      price,
      units: Math.round(mean * Math.exp(0.2 * rng.normal())),
    });
  }
  assert.ok(Math.abs(belief.noise - 0.04) < 0.012, `${belief.noise}`);
  assert.ok(Math.abs(belief.mean[1]! + 2) < 0.2, `${belief.mean[1]}`);
  assert.throws(() => createPosterior({ ...prior, noiseObservations: 0 }), /noiseObservations/);
});

test('a newcomer starts from its category, spread as the category spreads', () => {
  const known = Array.from({ length: 12 }, (_, i) => ({
    category: i % 2 === 0 ? 'mains' : 'drinks',
    posterior: createPosterior({
      ...prior,
      units: i % 2 === 0 ? 10 : 60,
      elasticity: (i % 2 === 0 ? -1 : -2.5) + 0.1 * ((i % 5) - 2),
      elasticityError: 0.2,
    }),
  }));
  const mains = newcomerPrior(known, { category: 'mains', referencePrice: 30 })!;
  const drinks = newcomerPrior(known, { category: 'drinks', referencePrice: 8 })!;
  assert.ok(Math.abs(mains.elasticity + 1) < 0.25 && Math.abs(drinks.elasticity + 2.5) < 0.25);
  assert.ok(mains.units < 20 && drinks.units > 40);
  assert.equal(createPosterior(mains).referencePrice, 30);
  const stranger = newcomerPrior(known, { category: 'desserts', referencePrice: 12 })!;
  assert.ok(stranger.elasticityError > mains.elasticityError);
  assert.equal(
    newcomerPrior(known.slice(0, 2), { category: 'mains', referencePrice: 3 }),
    undefined,
  );
});

test('a batch decides each item by its own stream', () => {
  const requests = ['a', 'b', 'c'].map((id) => ({
    id,
    posterior: createPosterior(prior),
    grid: [17, 20, 23],
    cost: 8,
    draws: 100,
  }));
  const all = decideBatch(requests, seeded(9));
  assert.deepEqual(decideBatch(requests.toReversed(), seeded(9)).toReversed(), all);
  assert.deepEqual(decideBatch(requests.slice(1, 2), seeded(9)), all.slice(1, 2));
});

test('regret grows slower than its square root would by the bound of the bench', () => {
  const grid = [14, 16, 18, 20, 22, 24];
  const profit = (price: number) => 40 * (price / 20) ** -2.4 * (price - 9);
  const best = Math.max(...grid.map(profit));
  const rng = seeded(10);
  let belief = createPosterior({ ...prior, noise: 0.05, noiseObservations: 5 });
  let regret = 0;
  const at = new Map<number, number>();
  for (let round = 1; round <= 3000; round++) {
    const { price } = decide({ posterior: belief, grid, cost: 9, draws: 30, exploration: 0, rng });
    regret += best - profit(price);
    const units = Math.round(40 * (price / 20) ** -2.4 * Math.exp(0.2 * rng.normal()));
    belief = updatePosterior(belief, { price, units });
    if (round === 300 || round === 3000) at.set(round, regret);
  }
  const slope = Math.log10(at.get(3000)! / at.get(300)!);
  assert.ok(slope < 0.55, `${slope}`);
});
