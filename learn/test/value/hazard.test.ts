import assert from 'node:assert/strict';
import test from 'node:test';
import {
  ageColumn,
  chanceWithin,
  frame,
  kaplanMeier,
  loadModel,
  logistic,
  numberColumn,
  personPeriods,
  seeded,
  survivalAt,
  survivalOf,
} from '@tino/learn';

/** Customers who leave with a chance that falls after the first months and with their engagement. */
function lives(count: number, seed: number) {
  const rng = seeded(seed);
  const engaged = Float64Array.from({ length: count }, () => rng.below(2));
  const chance = (row: number, age: number) =>
    (age < 3 ? 0.2 : 0.1) * (engaged[row] === 1 ? 0.3 : 1);
  const durations = new Float64Array(count);
  const ended = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const watched = 3 + rng.below(10);
    while (durations[row] < watched && ended[row] === 0) {
      if (rng.next() < chance(row, durations[row])) ended[row] = 1;
      else durations[row]++;
    }
    if (ended[row] === 0) durations[row]--;
  }
  return { x: frame([numberColumn('engaged', engaged)]), durations, ended, chance };
}

test('the hazard by period and customer comes back from simulated lives', async () => {
  const { x, durations, ended, chance } = lives(4000, 1);
  const data = personPeriods(x, { durations, ended }, { periodsMax: 8 });
  assert.equal(
    data.x.rows,
    durations.reduce((sum, last) => sum + last + 1, 0),
  );
  assert.equal(
    data.y.reduce((a, b) => a + b),
    ended.reduce((a, b) => a + b),
  );
  const model = loadModel((await logistic().fit(data, { rng: seeded(1) })).bytes());
  const alive = survivalOf(model, x, new Float64Array(x.rows), 6);
  for (const row of [0, 1, 2, 3, 4, 5]) {
    let truth = 1;
    for (let age = 0; age < 6; age++) {
      truth *= 1 - chance(row, age);
      assert.ok(Math.abs(alive[row * 6 + age] - truth) < 0.04, `${alive[row * 6 + age]} ${truth}`);
    }
  }
  const later = survivalOf(model, x, new Float64Array(x.rows).fill(5), 1);
  assert.ok(later[0] > alive[0]);
  await assert.rejects(
    async () => survivalOf(await logistic().fit({ x, y: ended }, { rng: seeded(1) }), x, [], 1),
    /ages has 0 rows/,
  );
  assert.equal(data.x.columns.at(-1)!.name, ageColumn);
  assert.throws(
    () => personPeriods(x, { durations: durations.map((d) => d + 0.5), ended }),
    /whole number of periods/,
  );
});

test('Kaplan and Meier of a hand-made table, and the chance to come back', () => {
  const curve = kaplanMeier({ durations: [1, 2, 2, 3, 5, 5], ended: [1, 1, 0, 1, 1, 0] });
  assert.deepEqual([...curve.times], [1, 2, 3, 5]);
  const expected = [
    5 / 6,
    (5 / 6) * (4 / 5),
    (5 / 6) * (4 / 5) * (2 / 3),
    (5 / 6) * (4 / 5) * (1 / 3),
  ];
  curve.survival.forEach((share, i) => assert.ok(Math.abs(share - expected[i]) < 1e-12));
  assert.deepEqual([...curve.atRisk], [6, 5, 3, 2]);
  assert.equal(survivalAt(curve, 0.5), 1);
  assert.equal(survivalAt(curve, 4), curve.survival[2]);
  assert.equal(curve.watched, 5);
  assert.ok(Math.abs(chanceWithin(curve, 2, 1) - 1 / 3) < 1e-12);
  assert.throws(() => kaplanMeier({ durations: [1], ended: [2] }), /ended 0 is 2/);
  assert.throws(() => kaplanMeier({ durations: [-1], ended: [1] }), /duration 0 is -1/);
});

test('gaps between purchases without memory: silence changes nothing', () => {
  const rng = seeded(3);
  const gaps = Float64Array.from({ length: 20_000 }, () => -30 * Math.log(1 - rng.next()));
  const ended = gaps.map((gap) => (gap < 90 ? 1 : 0));
  const curve = kaplanMeier({ durations: gaps.map((gap) => Math.min(gap, 90)), ended });
  for (const since of [0, 10, 40])
    assert.ok(Math.abs(chanceWithin(curve, since, 30) - (1 - Math.exp(-1))) < 0.02);
});
