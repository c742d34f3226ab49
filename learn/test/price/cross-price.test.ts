import assert from 'node:assert/strict';
import test from 'node:test';
import { crossElasticities, frame, numberColumn, seeded } from '../../src/index.js';
import { poisson } from './market.js';

const effects: Record<string, Record<string, number>> = {
  lager: { pilsner: 0.9 },
  pilsner: { lager: 0.9 },
  nachos: { lager: -0.7 },
};

/** Three drinks and snacks of one category; `steady` never changes its price. */
function market(seed: number, periods = 150) {
  const rng = seeded(seed);
  const names = ['lager', 'pilsner', 'nachos', 'water'];
  const rows = names.length * periods;
  const price = new Float64Array(rows);
  const units = new Float64Array(rows);
  const period = new Float64Array(rows);
  const item: string[] = [];
  const at = (name: string, t: number) => names.indexOf(name) * periods + t;
  for (const name of names)
    for (let t = 0; t < periods; t++) {
      price[at(name, t)] = 10 * Math.exp(0.12 * rng.normal());
      period[at(name, t)] = t;
      item.push(name);
    }
  for (const name of names)
    for (let t = 0; t < periods; t++) {
      let log = Math.log(60) - 2 * Math.log(price[at(name, t)]! / 10) + 0.1 * rng.normal();
      for (const [other, effect] of Object.entries(effects[name] ?? {}))
        log += effect * Math.log(price[at(other, t)]! / 10);
      units[at(name, t)] = poisson(Math.exp(log), rng);
    }
  const controls = frame([numberColumn('trend', period)]);
  return { price, units, controls, item, category: item.map(() => 'bar'), period };
}

test('substitutes and complements are found, and what is neither is not claimed', () => {
  let inside = 0;
  let count = 0;
  const kinds = new Map<string, number>();
  for (let seed = 0; seed < 10; seed++) {
    const { period, ...history } = market(seed);
    for (const found of crossElasticities(history, { period })) {
      const truth = effects[found.item]?.[found.other] ?? 0;
      count++;
      if (found.lower <= truth && truth <= found.upper) inside++;
      const key = `${Math.sign(truth)} ${found.kind}`;
      kinds.set(key, (kinds.get(key) ?? 0) + 1);
    }
  }
  assert.equal(count, 120);
  assert.ok(inside / count > 0.84 && inside / count < 0.97, `${inside} of ${count}`);
  assert.ok(kinds.get('1 substitute')! > 14 && kinds.get('-1 complement')! > 6);
  assert.equal(kinds.get('1 complement') ?? 0, 0);
  assert.ok(kinds.get('0 unknown')! > 0.8 * 90, `${kinds.get('0 unknown')} of 90`);
});

test('pairs whose price does not move, or moves with the own, are left out', () => {
  const { period, ...history } = market(1, 60);
  const still = { ...history, price: history.price.slice() };
  for (let t = 0; t < 60; t++) still.price[60 + t] = 12;
  const names = crossElasticities(still, { period }).flatMap(({ item, other }) => [item, other]);
  assert.ok(names.length > 0 && !names.includes('pilsner'));
  const tied = { ...history, price: history.price.slice() };
  for (let t = 0; t < 60; t++) tied.price[60 + t] = 1.3 * tied.price[t]!;
  const pairs = crossElasticities(tied, { period }).map(({ item, other }) => `${item} ${other}`);
  assert.ok(!pairs.includes('lager pilsner') && pairs.includes('lager water'));
  assert.throws(() => crossElasticities(history, { period: [1] }), /period has 1 rows/);
});
