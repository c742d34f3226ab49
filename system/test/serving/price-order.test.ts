import { seeded } from '@tino/learn';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { TinoError } from '../../src/contract/index.js';
import type { Suggestion } from '../../src/contract/suggestions.js';
import { applicable, orderOf } from '../../src/serving/price/order.js';
import { decide, suggestions } from '../../src/serving/price/price.js';
import type { PriceDeclaration } from '../../src/workspace/types.js';
import type { TestHouse } from '../features/house.js';
import { openPrices, train } from '../training/decision-worlds.js';

const RATIO = 1.05;
const relations = [{ within: ['category'], by: 'size', ratio: RATIO, gap: 0 }];
const model = { name: 'item-price' };
const asking = { language: 'en' as const, scope: {} };
const start = Date.parse('2026-07-20T12:00:00Z');
let house: TestHouse;
let week = 0;
before(async () => {
  house = await openPrices();
  await train(house, 'item-price');
});
after(() => house.close());

/** All suggestions of a cycle of its own, while the declaration is a changed one. */
async function inCycle(
  changes: Partial<PriceDeclaration>,
  work: (said: Suggestion[]) => Promise<void>,
): Promise<void> {
  const { models } = house.workspace;
  const declared = models['item-price']!;
  house.clock.now = new Date(start + ++week * 7 * 86_400_000);
  const declaration = { ...(declared.declaration as PriceDeclaration), ...changes };
  models['item-price'] = { ...declared, declaration };
  try {
    await work((await suggestions({ house }, model, { limit: 50, ...asking })).items);
  } finally {
    models['item-price'] = declared;
  }
}

const size = ({ key }: Suggestion) => Number(key['item_id']);

/** What each size costs when only applied suggestions count; every relation is checked. */
function assertInOrder(said: readonly Suggestion[], applied: ReadonlyMap<string, number>): void {
  const inForce = new Map(said.map((one) => [size(one), applied.get(one.id) ?? one.current]));
  for (const upper of [2, 3, 4, 6, 7, 8]) {
    const [low, high] = [inForce.get(upper - 1)!, inForce.get(upper)!];
    assert.ok(high >= RATIO * low - 1e-9, `size ${upper} at ${high} over ${upper - 1} at ${low}`);
  }
}

test('whatever is approved, edited and refused in whatever sequence, the applied prices are in order', async () => {
  const rng = seeded('decisions');
  const told = { applied: 0, first: 0, order: 0 };
  for (let cycle = 0; cycle < 6; cycle++)
    await inCycle({ relations }, async (said) => {
      const applied = new Map<string, number>();
      let left = said.filter(({ state }) => state === 'waiting');
      for (let tries = 0; tries < 40 && left.length > 0; tries++) {
        const one = left[rng.below(left.length)]!;
        const way = rng.next();
        const price = Math.round(100 * one.current * (0.85 + 0.3 * rng.next())) / 100;
        const choice =
          way < 0.6
            ? { decision: 'approve' as const }
            : way < 0.85
              ? { decision: 'edit' as const, price }
              : { decision: 'refuse' as const, reason: 'no' };
        try {
          const done = await decide({ house }, model, one.id, choice, { by: 'ana', ...asking });
          if (done.state === 'applied') applied.set(one.id, done.decision!.price!);
          told.applied += Number(done.state === 'applied');
          left = left.filter(({ id }) => id !== one.id);
        } catch (error) {
          assert.ok(error instanceof TinoError, String(error));
          assert.ok(error.code === 'PRICE_ORDER' || error.code === 'PRICE_ORDER_FIRST', error.code);
          told[error.code === 'PRICE_ORDER' ? 'order' : 'first']++;
          // It names a neighbour and a price that is possible.
          assert.match(String(error.params['other']), /^Item \d$/);
          assert.match(String(error.params['limit']), /^[≤≥] \d+\.\d\d$/);
        }
        assertInOrder(said, applied);
      }
    });
  assert.ok(told.applied > 10 && told.order > 0, JSON.stringify(told));
});

test('a menu that was planned together can be approved whole: what waits for a neighbour is named', async () => {
  const rng = seeded('whole');
  let after = 0;
  for (let cycle = 0; cycle < 3; cycle++)
    await inCycle({ relations }, async (said) => {
      let left = said.filter(({ state }) => state === 'waiting');
      const applied = new Map<string, number>();
      while (left.length > 0) {
        const again: Suggestion[] = [];
        for (const one of left.toSorted(() => rng.next() - 0.5))
          try {
            await decide(
              { house },
              model,
              one.id,
              { decision: 'approve' },
              { by: 'ana', ...asking },
            );
            applied.set(one.id, one.price);
          } catch (error) {
            assert.equal((error as TinoError).code, 'PRICE_ORDER_FIRST');
            again.push(one);
            after++;
          }
        assert.ok(again.length < left.length, 'one can always be approved');
        left = again;
      }
      assertInOrder(said, applied);
    });
  assert.ok(after > 0, 'some had to wait for a neighbour');
});

test('what applies by itself keeps the order too, with few changes a day as well', async () => {
  let moved = 0;
  for (const [maximumPercent, changesPerDay] of [
    [50, 1],
    [50, 3],
    [8, 50],
  ] as const) {
    const approval = {
      mode: 'automatic' as const,
      maximumMoney: 50,
      maximumPercent,
      changesPerDay,
    };
    await inCycle({ relations, approval }, (said) => {
      const applied = said.filter(({ state }) => state === 'applied');
      assert.ok(applied.length <= changesPerDay);
      assertInOrder(said, new Map(applied.map(({ id, price }) => [id, price])));
      moved += applied.length;
      return Promise.resolve();
    });
  }
  assert.ok(moved >= 4, `${moved}`);
});

test('a suggestion that outlived its cycle cannot be decided any more', async () => {
  let old: Suggestion | undefined;
  await inCycle({}, (said) => {
    old = said.find(({ state }) => state === 'waiting');
    return Promise.resolve();
  });
  house.clock.now = new Date(start + ++week * 7 * 86_400_000);
  const late = decide({ house }, model, old!.id, { decision: 'approve' }, { by: 'ana', ...asking });
  await assert.rejects(late, {
    code: 'ALREADY_DECIDED',
    params: { id: old!.id, state: 'expired' },
  });
});

test('random chains: what is picked is in order, and nothing that could follow is left', () => {
  const rng = seeded('chains');
  for (let round = 0; round < 300; round++) {
    const n = 2 + rng.below(6);
    const prices = Array.from({ length: n }, () => 10);
    const wanted = Array.from({ length: n }, () => 10);
    for (let i = 1; i < n; i++) {
      prices[i] = Math.ceil(100 * prices[i - 1]! * (RATIO + 0.1 * rng.next())) / 100;
      wanted[i] = Math.ceil(100 * wanted[i - 1]! * (RATIO + 0.2 * rng.next())) / 100;
    }
    const items = new Map(
      prices.map((price, i) => [
        `${i}`,
        {
          text: `${i}`,
          key: { id: `${i}` },
          name: `${i}`,
          category: 'one',
          price,
          cost: 1,
          since: null,
          attributes: { size: i },
        },
      ]),
    );
    const changes = wanted
      .map((price, i) => ({ key: `${i}`, price }))
      .toSorted(() => rng.next() - 0.5);
    const all = applicable(changes, orderOf({ relations }, items, new Map()), Infinity);
    assert.equal(all.size, n, 'from one order to another there is always a way');
    const few = applicable(changes, orderOf({ relations }, items, new Map()), 2);
    assert.equal(few.size, Math.min(2, n));
    const inForce = prices.map((price, i) => (few.has(`${i}`) ? wanted[i]! : price));
    for (let i = 1; i < n; i++) assert.ok(inForce[i]! >= RATIO * inForce[i - 1]! - 1e-9);
  }
});

test('an order that is broken already may be mended step by step, never broken more', () => {
  const item = (text: string, price: number, rank: number) => ({
    text,
    key: { id: text },
    name: text,
    category: 'one',
    price,
    cost: 1,
    since: null,
    attributes: { size: rank },
  });
  const items = new Map([item('small', 20, 1), item('large', 15, 2)].map((one) => [one.text, one]));
  const order = orderOf({ relations }, items, new Map());
  assert.equal(order.brokenBy('large', 17), undefined);
  order.apply('large', 17);
  assert.equal(order.brokenBy('small', 18), undefined);
  const broken = order.brokenBy('small', 21);
  assert.deepEqual(broken && [broken.other, broken.otherPrice, broken.limit], [
    'large',
    17,
    { side: '≤', price: 16.19 },
  ]);
});
