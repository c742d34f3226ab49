import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { seeded, type Rng } from '@tino/learn';
import { priceEvaluationSchema } from '../../src/contract/price-evaluation.js';
import type { Suggestion } from '../../src/contract/suggestions.js';
import { checkWorkspace } from '../../src/features/index.js';
import { evaluatePrices } from '../../src/serving/price/evaluation.js';
import { heldOut, isHeldCycle } from '../../src/serving/price/hold-out.js';
import type { Result } from '../../src/serving/price/results.js';
import { upliftOf } from '../../src/serving/price/uplift.js';
import { decide, suggestions } from '../../src/serving/price/price.js';
import { plainText } from '../../src/serving/sentence.js';
import { heldCycles, heldGroups } from '../../src/workspace/declare.js';
import { modelSchema } from '../../src/workspace/schema.js';
import type {
  HeldCycles,
  HeldGroups,
  HoldOut,
  PriceDeclaration,
} from '../../src/workspace/types.js';
import { effects, type TestHouse } from '../features/house.js';
import { openPrices, replaceFiles, train, truth } from '../training/decision-worlds.js';

let house: TestHouse;
const model = { name: 'item-price' };
const asking = { language: 'en' as const, scope: {} };
const DAY = 86_400_000;
before(async () => {
  house = await openPrices();
  await train(house, 'item-price');
});
after(() => house.close());

function declare(changes: Partial<PriceDeclaration>): void {
  const { models } = house.workspace;
  const standing = models['item-price']!;
  const declaration = { ...(standing.declaration as PriceDeclaration), ...changes };
  models['item-price'] = { ...standing, declaration };
}
const page = () => suggestions({ house }, model, { limit: 50, ...asking });

test('held cycles are known before anything is sold, keep their share, and surprise', () => {
  for (const share of [0.05, 0.1, 1 / 3, 0.5, 0.8]) {
    const held = Array.from({ length: 600 }, (_, cycle) => isHeldCycle('m', 'r1', cycle, share));
    const found = held.filter(Boolean).length / held.length;
    assert.ok(Math.abs(found - share) < 0.01, `${found} for ${share}`);
  }
  const half = (unit: string, name = 'm') =>
    Array.from({ length: 400 }, (_, cycle) => isHeldCycle(name, unit, 2900 + cycle, 0.5));
  assert.deepEqual(half('r1'), half('r1'));
  const alike = (a: boolean[], b: boolean[]) => a.filter((one, i) => one === b[i]).length / 400;
  for (const other of [half('r2'), half('r1', 'n'), half('r1').map((_, i, own) => own[i + 1]!)])
    assert.ok(Math.abs(alike(half('r1'), other) - 0.5) < 0.2, `${alike(half('r1'), other)}`);
});

// Cost 10: units are a tenth of the profit.
const resultOf = (
  own: Pick<Result, 'key' | 'state' | 'cycle' | 'arm'>,
  profit: number,
  expected: number,
): Result => ({
  ...own,
  suggested: 20,
  current: 20,
  cost: 10,
  posterior: {
    referencePrice: 20,
    context: [],
    mean: [Math.log(expected / 70), -2],
    covariance: [],
    noise: 0.1,
    observations: 0,
  },
  price: 20,
  units: profit / 10,
  days: 7,
});

const UPLIFT = 12;
/** Three in four suggestions are applied and bring 16; the rest change nothing. */
const worth = (rng: Rng) =>
  rng.next() < 0.75
    ? { state: 'applied' as const, gain: UPLIFT / 0.75 }
    : { state: 'kept' as const, gain: 0 };

/** Restaurants that differ in size and fortune, over some weeks; the belief of then errs by item. */
function restaurants(
  seed: string,
  holdOut: HeldCycles | HeldGroups,
  size: { groups: number; weeks: number },
): Result[] {
  const rng = seeded(seed);
  const names = Array.from({ length: size.groups }, (_, g) => `r${g}`);
  const { hold, share } = holdOut;
  const by = holdOut.by ?? null;
  const groups = hold === 'groups' ? heldOut(seed, names, share) : new Set<string>();
  const tide = Array.from({ length: size.weeks }, () => 5 * rng.normal());
  return names.flatMap((name) => {
    const fortune = 12 * rng.normal();
    const items = [0, 1, 2].map(() => 300 + 60 * rng.normal());
    return tide.flatMap((level, cycle) => {
      const unit = by === null ? '' : name;
      const held = hold === 'groups' ? groups.has(name) : isHeldCycle(seed, unit, cycle, share);
      const luck = 8 * rng.normal();
      return items.map((usual, i) => {
        const { state, gain } = held ? { state: 'hold-out' as const, gain: 0 } : worth(rng);
        const own = { key: `${name} ${i}`, state, cycle, arm: { hold, by, unit, held } };
        const profit = usual + fortune + luck + level + cycle + gain + 10 * rng.normal();
        return resultOf(own, profit, usual + 6 * rng.normal());
      });
    });
  });
}

/** How often the interval of 95 % has the truth, and the mean of what is found. */
function coverage(simulations: number, resultsOf: (seed: string) => Result[], holdOut: HoldOut) {
  let [inside, mean] = [0, 0];
  for (let s = 0; s < simulations; s++) {
    const { value, lower, upper } = upliftOf(resultsOf(`simulation ${s}`), holdOut);
    assert.ok(value !== null);
    mean += value / simulations;
    if (lower! <= UPLIFT && UPLIFT <= upper!) inside++;
  }
  return { share: inside / simulations, mean };
}

test('each way to hold out finds a known uplift, as often as its interval promises', () => {
  const groups = heldGroups({ by: 'restaurant_id', share: 0.3 });
  const alone = heldCycles({ by: 'restaurant_id', share: 0.5 });
  const together = heldCycles({ share: 0.5 });
  const cases: [HoldOut, (seed: string) => Result[]][] = [
    [groups, (seed) => restaurants(seed, groups, { groups: 40, weeks: 4 })],
    [alone, (seed) => restaurants(seed, alone, { groups: 6, weeks: 16 })],
    [together, (seed) => restaurants(seed, together, { groups: 3, weeks: 40 })],
    [
      0.3,
      (seed) =>
        restaurants(seed, groups, { groups: 60, weeks: 3 })
          .filter(({ key }) => key.endsWith(' 0'))
          // A single item: only what was applied is told of, so all of the truth is in it.
          .map(({ arm, units, state, ...own }) => ({
            ...own,
            arm: null,
            state: arm!.held ? 'hold-out' : 'applied',
            units:
              state === 'applied'
                ? units + (UPLIFT - UPLIFT / 0.75) / 10
                : state === 'kept'
                  ? units + UPLIFT / 10
                  : units,
          })),
    ],
  ];
  for (const [holdOut, resultsOf] of cases) {
    const { share, mean } = coverage(150, resultsOf, holdOut);
    const which = JSON.stringify(holdOut);
    assert.ok(Math.abs(share - 0.95) <= 0.05, `${share} of ${which}`);
    assert.ok(Math.abs(mean - UPLIFT) < 1, `${mean} of ${which}`);
  }
});

test('few groups and cycles are refused in words, and another experiment does not count', () => {
  const holdOut = heldGroups({ by: 'restaurant_id', share: 0.3 });
  const few = restaurants('few', holdOut, { groups: 10, weeks: 8 });
  assert.deepEqual(upliftOf(few, holdOut), {
    value: null,
    lower: null,
    upper: null,
    treated: 7,
    heldOut: 3,
    needed: 8,
    design: 'groups',
  });
  for (const other of [heldGroups({ by: 'city', share: 0.3 }), heldCycles({ share: 0.3 }), 0.3]) {
    const { treated, heldOut: held } = upliftOf(few, other);
    assert.deepEqual([treated, held], [0, 0]);
  }
});

test('a declaration of another shape is refused', () => {
  const { page, ...standing } = house.workspace.models['item-price']!.declaration;
  // Put there when it was loaded.
  const { currency: _, ...declared } = page;
  const parse = (holdOut: unknown) =>
    modelSchema.safeParse({ ...standing, page: declared, holdOut }).success;
  for (const good of [
    0,
    0.2,
    heldGroups({ by: 'shop_id', share: 0.2 }),
    heldCycles({ share: 0.5 }),
  ])
    assert.ok(parse(good), JSON.stringify(good));
  for (const bad of [
    1,
    -0.1,
    { hold: 'groups', share: 0.2 },
    { hold: 'cycles', share: 0.01 },
    { hold: 'weeks', share: 0.5 },
  ])
    assert.ok(!parse(bad), JSON.stringify(bad));
});

test('a column that the items do not have is told by check', async () => {
  declare({ holdOut: heldGroups({ by: 'restaurant', share: 0.5 }) });
  const problems = await checkWorkspace(house, effects);
  const found = problems.filter(({ code }) => code === 'SQL_COLUMNS');
  assert.ok(found.length >= 1);
  assert.match(found[0]!.message, /restaurant/);
  declare({ holdOut: heldGroups({ by: 'shop_id', share: 0.5 }) });
  assert.deepEqual(await checkWorkspace(house, effects), []);
  declare({ holdOut: 0 });
});

test('a whole shop keeps its prices, says so, and cannot be decided', async () => {
  house.clock.now = new Date(house.clock.now.getTime() + 14 * DAY);
  declare({ holdOut: heldGroups({ by: 'shop_id', share: 0.5 }) });
  const { items } = await page();
  const held = items.filter(({ state }) => state === 'hold-out');
  assert.equal(new Set(held.map(({ key }) => key['shop_id'])).size, 1);
  assert.equal(held.length, truth.items / 2);
  assert.ok(held.every(({ price, current }) => price === current));
  assert.match(plainText(held[0]!.sentence), /Hold-out group by shop_id: price kept/);
  await assert.rejects(
    decide({ house }, model, held[0]!.id, { decision: 'approve' }, { by: 'ana', ...asking }),
    { code: 'ALREADY_DECIDED' },
  );
  const { measured, sentences } = priceEvaluationSchema.parse(
    await evaluatePrices(house, 'item-price', asking),
  );
  assert.equal(measured.design, 'groups');
  assert.match(
    plainText(sentences.at(-1)!),
    /^Too early.*0 whole groups with the policy and 0 held out, 8/,
  );
});

/** The week of a cycle as the till has it, one row an item, then the next cycle. */
async function sell(said: readonly Suggestion[], cycle: number): Promise<void> {
  const day = new Date(house.clock.now.getTime() + DAY).toISOString().slice(0, 10);
  const rng = seeded(`till ${cycle}`);
  const rows = said.map(({ key, state, price, current }) => {
    const charged = state === 'waiting' ? price : current;
    const usual = 10 + Number(key['item_id']);
    const units = 60 * (charged / usual) ** truth.elasticity * Math.exp(0.02 * rng.normal());
    return `${key['shop_id']},${key['item_id']},${day},${Math.round(units)},${charged.toFixed(2)}`;
  });
  const file = await readFile(join(house.workspace.folder, 'data/sales.csv'), 'utf8');
  house.clock.now = new Date(house.clock.now.getTime() + 7 * DAY);
  await replaceFiles(house, { 'data/sales.csv': `${file.trim()}\n${rows.join('\n')}\n` });
}

test('a switchback of shops measures what the sales say, in words', async () => {
  house.clock.now = new Date(house.clock.now.getTime() + 7 * DAY);
  declare({ holdOut: heldCycles({ by: 'shop_id', share: 0.5 }) });
  const gains: number[] = [];
  for (let cycle = 0; cycle < 12; cycle++) {
    const { items } = await page();
    for (const shop of ['1', '2']) {
      const own = items.filter(({ key }) => key['shop_id'] === shop);
      const held = own.filter(({ state }) => state === 'hold-out').length;
      assert.ok(held === 0 || held === own.length, `${held} of shop ${shop}`);
      if (held > 0) continue;
      // By the truth, of every item of the shop: what was left alone brought nothing.
      for (const { key, state, price, current, cost } of own) {
        const units = (at: number) => 60 * (at / (10 + Number(key['item_id']))) ** truth.elasticity;
        const moved = units(price) * (price - cost) - units(current) * (current - cost);
        gains.push(state === 'waiting' ? moved : 0);
      }
    }
    for (const { id, state } of items)
      if (state === 'waiting')
        await decide({ house }, model, id, { decision: 'approve' }, { by: 'ana', ...asking });
    await sell(items, cycle);
  }
  const { measured, sentences } = priceEvaluationSchema.parse(
    await evaluatePrices(house, 'item-price', asking),
  );
  assert.equal(measured.design, 'cycles');
  assert.ok(measured.treated >= 8 && measured.heldOut >= 8 && measured.treated <= gains.length);
  const known = gains.reduce((sum, one) => sum + one, 0) / gains.length;
  assert.ok(
    measured.lower! <= known && known <= measured.upper!,
    `${known}: ${JSON.stringify(measured)}`,
  );
  assert.match(
    plainText(sentences.at(-1)!),
    /^Measured by switching between cycles drawn at random: a cycle of moves was worth .* above the cycles in which prices stayed/,
  );
});
