import assert from 'node:assert/strict';
import test from 'node:test';
import {
  createPosterior,
  seeded,
  updatePosterior,
  updateTogether,
  type DemandPosterior,
} from '../../src/index.js';
import { cholesky, solveFactored } from '../../src/price/solve.js';

const rng = seeded('menu');
const menu = Array.from({ length: 4 }, () => ({
  posterior: createPosterior({
    referencePrice: 20,
    units: 20 + 30 * rng.next(),
    unitsError: 0.2 + rng.next(),
    elasticity: -1 - rng.next(),
    elasticityError: 0.3 + rng.next(),
    noise: 0.05,
  }),
  outcome: { price: 15 + 10 * rng.next(), units: 10 + rng.below(60) },
}));

/** The mean of every item's belief given all outcomes, by the regression of all at once. */
function jointly(sharedError: number): number[][] {
  const n = 2 * menu.length + 1;
  const precision = new Float64Array(n * n);
  const moments = new Float64Array(n);
  precision[n * n - 1] = 1 / sharedError ** 2;
  menu.forEach(({ posterior: { mean, covariance, noise }, outcome: { price, units } }, i) => {
    mean.forEach((value, k) => {
      precision[(2 * i + k) * (n + 1)]! += 1 / covariance[k]![k]!;
      moments[2 * i + k]! += value / covariance[k]![k]!;
    });
    const x = new Float64Array(n);
    [x[2 * i], x[2 * i + 1], x[n - 1]] = [1, Math.log(price / 20), 1];
    const weight = 1 / (noise + 1 / (units + 0.5));
    for (let a = 0; a < n; a++) {
      moments[a]! += weight * x[a]! * Math.log(units + 0.5);
      for (let b = 0; b < n; b++) precision[a * n + b]! += weight * x[a]! * x[b]!;
    }
  });
  const all = solveFactored(cholesky(precision, n), moments);
  return menu.map((_, i) => [all[2 * i]!, all[2 * i + 1]!]);
}

test('beliefs after a common movement equal the joint regression of all items', () => {
  for (const sharedError of [0.05, 0.3, 2])
    updateTogether(menu, { sharedError }).forEach(({ mean }, i) =>
      mean.forEach((value, k) =>
        assert.ok(Math.abs(value - jointly(sharedError)[i]![k]!) < 1e-9, `${sharedError}`),
      ),
    );
});

test('without a common movement each learns as it does alone, whatever the order', () => {
  const alone = menu.map(({ posterior, outcome }) => updatePosterior(posterior, outcome));
  assert.deepEqual(updateTogether(menu, { sharedError: 0 }), alone);
  const turned = updateTogether(menu.toReversed()).toReversed();
  updateTogether(menu).forEach(({ mean }, i) =>
    mean.forEach((value, k) => assert.ok(Math.abs(value - turned[i]!.mean[k]!) < 1e-12)),
  );
  assert.deepEqual(updateTogether([]), []);
  assert.throws(() => updateTogether(menu, { sharedError: -1 }), /sharedError is -1/);
});

test('a season that nobody modelled does not pass for an answer to prices', () => {
  const market = seeded('season');
  const start = createPosterior({
    referencePrice: 20,
    units: 60,
    unitsError: 0.1,
    elasticity: -1.5,
    elasticityError: 0.8,
    noise: 0.05,
  });
  let together: DemandPosterior[] = Array.from({ length: 12 }, () => start);
  let apart = together;
  for (let week = 0; week < 30; week++) {
    const season = 0.4 * Math.sin(week / 4);
    const outcomes = together.map(() => {
      // Prices follow the season a little, as owners let them.
      const price = 20 * Math.exp(0.3 * season + 0.15 * market.normal());
      const mean = 60 * (price / 20) ** -2 * Math.exp(season);
      return { price, units: Math.round(mean * Math.exp(0.1 * market.normal())) };
    });
    together = updateTogether(
      together.map((posterior, i) => ({ posterior, outcome: outcomes[i]! })),
    );
    apart = apart.map((posterior, i) => updatePosterior(posterior, outcomes[i]!));
  }
  const error = (beliefs: readonly DemandPosterior[]) =>
    Math.sqrt(beliefs.reduce((sum, { mean }) => sum + (mean[1]! + 2) ** 2, 0) / beliefs.length);
  assert.ok(error(together) < 0.3, `together ${error(together)}`);
  assert.ok(error(apart) > 2 * error(together), `apart ${error(apart)}`);
});
