import { optimiseMenu, seeded, type PricedItem } from '@tino/learn';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openDesk } from '../../src/serving/price/desk.js';
import { relationsOf } from '../../src/serving/price/menu.js';
import { suggest, suggestions } from '../../src/serving/price/price.js';
import { highsSolver } from '../../src/serving/price/solver.js';
import type { PriceDeclaration } from '../../src/workspace/types.js';
import type { TestHouse } from '../features/house.js';
import { openPrices, openWorld, priceWorld, train } from '../training/decision-worlds.js';

let house: TestHouse;
const model = { name: 'item-price' };
const asking = { language: 'en' as const, scope: {} };
const start = Date.parse('2026-07-20T12:00:00Z');
let week = 0;
before(async () => {
  house = await openPrices();
  await train(house, 'item-price');
});
after(() => house.close());

/** All suggestions of a cycle of its own under a changed declaration. */
async function under(changes: Partial<PriceDeclaration>) {
  const { models } = house.workspace;
  const declared = models['item-price']!;
  house.clock.now = new Date(start + ++week * 7 * 86_400_000);
  const declaration = { ...(declared.declaration as PriceDeclaration), ...changes };
  models['item-price'] = { ...declared, declaration };
  try {
    return (await suggestions({ house }, model, { limit: 50, ...asking })).items;
  } finally {
    models['item-price'] = declared;
  }
}
const item = ({ key }: { key: Record<string, string> }) => Number(key['item_id']);

test('sizes stay in order, tests around the price included', async () => {
  for (let cycle = 0; cycle < 3; cycle++) {
    const said = await under({
      relations: [{ within: ['category'], by: 'size', ratio: 1.05, gap: 0 }],
    });
    for (const members of [
      said.filter((one) => item(one) <= 4),
      said.filter((one) => item(one) > 4),
    ]) {
      const sorted = members.toSorted((a, b) => item(a) - item(b));
      for (let i = 1; i < sorted.length; i++)
        assert.ok(sorted[i]!.price >= 1.05 * sorted[i - 1]!.price - 1e-9);
    }
  }
});

test('no more prices change in a cycle than declared, and those that stay say why', async () => {
  const free = await under({});
  assert.ok(free.filter(({ price, current }) => price !== current).length > 3);
  const few = await under({ changesMax: 2 });
  assert.ok(few.filter(({ price, current }) => price !== current).length <= 2);
  const held = few.filter(({ binding }) => binding.rule === 'changesMax');
  assert.ok(held.length >= 3, `${held.length}`);
  for (const { price, current, trail } of held) {
    assert.equal(price, current);
    assert.ok(trail.some(({ rule }) => rule === 'changesMax'));
  }
});

test('one suggestion alone is that of the whole menu', async () => {
  const { models } = house.workspace;
  const declared = models['item-price']!;
  house.clock.now = new Date(start + ++week * 7 * 86_400_000);
  const declaration = { ...(declared.declaration as PriceDeclaration), changesMax: 2 };
  models['item-price'] = { ...declared, declaration };
  const alone = await suggest({ house }, model, { key: { shop_id: '2', item_id: '5' }, ...asking });
  const { items } = await suggestions({ house }, model, { limit: 50, ...asking });
  models['item-price'] = declared;
  assert.deepEqual(
    items.find((one) => item(one) === 5),
    alone,
  );
  assert.ok(items.filter(({ price, current }) => price !== current).length <= 2);
});

test('rules that contradict each other hold what they bind', async () => {
  const said = await under({
    relations: [{ within: ['category'], by: 'size', ratio: 3, gap: 0 }],
  });
  for (const one of said) {
    assert.equal(one.price, one.current);
    assert.equal(one.binding.rule, 'conflict');
  }
});

test('new and regulated items stay', async () => {
  const said = await under({
    exclude: [
      { exclude: 'new', days: 28 },
      { exclude: 'attribute', name: 'regulated', values: [true] },
    ],
  });
  const bindingOf = (wanted: number) => said.find((one) => item(one) === wanted)!.binding.rule;
  assert.deepEqual([bindingOf(3), bindingOf(2)], ['newItem', 'excluded']);
  assert.ok(
    said.filter(({ binding }) => ['newItem', 'excluded'].includes(binding.rule)).length === 2,
  );
});

test('what moves by itself keeps to its band and to the cap of the day', async () => {
  const approval = { mode: 'automatic' as const, maximumPercent: 50, maximumMoney: 50 };
  const capped = await under({ approval: { ...approval, changesPerDay: 2 } });
  assert.equal(capped.filter(({ state }) => state === 'applied').length, 2);
  assert.ok(capped.some(({ state }) => state === 'waiting'));
  const banded = await under({ approval: { ...approval, band: { low: 14, high: 100 } } });
  for (const { state, price, current } of banded.filter(({ state }) => state !== 'kept'))
    assert.equal(state, Math.min(price, current) < 14 ? 'waiting' : 'applied');
});

test('a circle of relations goes to the solver, which finds what the tree finds', async () => {
  const rng = seeded(8);
  const items: PricedItem[] = Array.from({ length: 6 }, (_, i) => ({
    id: `${i}`,
    price: 20 + 2 * i,
    cost: 6 + 4 * rng.next(),
    demand: {
      referencePrice: 20,
      units: 30 + 50 * rng.next(),
      unitsError: 0.1,
      elasticity: -0.8 - 2 * rng.next(),
      elasticityError: 0.2,
    },
  }));
  const chain = [1, 2, 3, 4, 5].map((i) => ({ lower: `${i - 1}`, upper: `${i}` }));
  const options = { relations: chain, changesMax: 4, grid: { steps: 9 } };
  const tree = await optimiseMenu(items, options);
  const circle = [...chain, { lower: '0', upper: '5' }];
  const solved = await optimiseMenu(items, { ...options, relations: circle, solver: highsSolver });
  assert.ok(tree.prices !== null && solved.prices !== null);
  assert.deepEqual([tree.method, solved.method], ['tree', 'solver']);
  const gain = (prices: { gain: { expected: number } }[]) =>
    prices.reduce((sum, one) => sum + one.gain.expected, 0);
  assert.ok(Math.abs(gain(tree.prices) - gain(solved.prices)) < 1e-6 * gain(tree.prices));
  const pinned = items.map((one, i) => ({ ...one, price: 30 - 3 * i }));
  const none = await optimiseMenu(pinned, {
    ...options,
    relations: circle,
    changesMax: 1,
    solver: highsSolver,
  });
  assert.ok(none.prices === null && none.conflict.between.length > 0);
});

test('orders are by group and rank; what has neither is in none', () => {
  const of = (text: string, product: string | null, size: number | null) => ({
    text,
    key: { id: text },
    name: text,
    category: 'drinks',
    price: 10,
    cost: 2,
    since: null,
    attributes: { product, size },
  });
  const all = [of('a', 'juice', 2), of('b', 'juice', 1), of('c', null, 1), of('d', 'juice', null)];
  const order = { within: ['product'], by: 'size', ratio: 1.2, gap: 0.5 };
  assert.deepEqual(relationsOf([order], all), [{ lower: 'b', upper: 'a', ratio: 1.2, gap: 0.5 }]);
  assert.throws(() => relationsOf([{ ...order, by: 'product' }], all), /product/);
});

test('a price that brings guests to another item is found with what it brings', async () => {
  const files = priceWorld(`crossEffects: true, exploration: { policy: 'none' },`);
  // Item 2 sells more when item 4, of its kind and shop, is dearer.
  const [head, ...lines] = files['data/sales.csv']!.trim().split('\n');
  const rows = lines.map((line) => line.split(','));
  const dear = new Map(rows.flatMap(([, id, day, , price]) => (id === '4' ? [[day, price]] : [])));
  const moved = rows.map((row) => {
    if (row[1] !== '2') return row.join(',');
    const factor = (Number(dear.get(row[2])) / 14) ** 2;
    return row.with(3, String(Math.round(Number(row[3]) * factor))).join(',');
  });
  const sales = `${[head, ...moved].join('\n')}\n`;
  const crossed = await openWorld({ ...files, 'data/sales.csv': sales }, '2026-07-20T12:00:00Z');
  try {
    await train(crossed, 'item-price');
    const { crossEffects } = await openDesk(crossed, 'item-price');
    const id = (text: string) => (JSON.parse(text) as Record<string, string>)['item_id'];
    const found = crossEffects.find(({ item, other }) => id(item) === '2' && id(other) === '4');
    assert.ok(
      found && found.elasticity > 1 && found.elasticity < 2.5,
      JSON.stringify(crossEffects),
    );
    const { models } = crossed.workspace;
    const declared = models['item-price']!;
    const priceOf4 = async (week: number, crossEffects: boolean) => {
      crossed.clock.now = new Date(start + week * 7 * 86_400_000);
      const declaration = { ...(declared.declaration as PriceDeclaration), crossEffects };
      models['item-price'] = { ...declared, declaration };
      const { items } = await suggestions({ house: crossed }, model, { limit: 50, ...asking });
      return items.find((one) => item(one) === 4)!.price;
    };
    const [together, alone] = [await priceOf4(1, true), await priceOf4(2, false)];
    assert.ok(together > 1.1 * alone, `${together} beside ${alone}`);
  } finally {
    await crossed.close();
  }
});
