import { seeded, seriesSet, type Backtest } from '@tino/learn';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { forecast } from '../../src/serving/forecast/forecast.js';
import type { SeriesData } from '../../src/training/tasks/forecast/data.js';
import { agreementOf } from '../../src/training/tasks/forecast/agree.js';
import { emptyBacktest } from '../../src/training/tasks/forecast/rolling.js';
import { fitMembers, type FittedMember } from '../../src/training/tasks/forecast/fit.js';
import type { ForecastReport } from '../../src/training/tasks/forecast/report.js';
import { addUp, type Base } from '../../src/training/tasks/forecast/sums.js';
import type { ForecastDeclaration, Reconciliation } from '../../src/workspace/types.js';
import { packVersion } from '../../src/training/package.js';
import type { TestHouse } from '../features/house.js';
import { openSeries, train } from './decision-worlds.js';

const members = ['a', 'b', 'c'];
const data = {
  set: seriesSet(
    members.map((key) => ({ key, start: 0, values: [1, 2, 3] })),
    1,
  ),
  end: 2,
  keys: members.map((id) => ({ id })),
  attributes: members.map((id) => ({ kind: id === 'c' ? 'y' : 'x' })),
  cold: members.map(() => false),
} as unknown as SeriesData;

function added(reconcile: Reconciliation, values: number[], rest: Partial<Base> = {}): number[] {
  const declaration = {
    key: ['id'],
    levels: {},
    reconcile,
    ...rest.declaration,
  } as unknown as ForecastDeclaration;
  const own = Float64Array.from(values);
  addUp({
    data,
    members: [0, 1, 2],
    columns: 1,
    group: () => Float64Array.of(14),
    residuals: { keys: [], width: 4, values: new Float64Array(0) },
    ...rest,
    declaration,
    values: own,
  });
  return [...own].map((value) => Math.round(value * 1e9) / 1e9);
}

test('alike trusted, a total above its members lifts each by an equal part of the difference', () => {
  // S (S'S)⁻¹ S' y for one total of three: each member moves by the difference over four.
  assert.deepEqual(added('ols', [2, 4, 4]), [3, 5, 5]);
  assert.deepEqual(added('bottomUp', [2, 4, 4]), [2, 4, 4]);
});

test('by squared errors, a member without error stays, and one that errs gives way', () => {
  const residuals = {
    keys: ['["total","{}"]', 'a', 'b', 'c'],
    width: 4,
    values: Float64Array.from([1e-6, 2, 1e-6, 1e-6].flatMap((e) => [e, -e, e, -e])),
  };
  const [a, b, c] = added('wls', [2, 4, 4], { residuals });
  assert.ok(Math.abs(a! - 6) < 1e-6 && Math.abs(b! - 4) < 1e-6 && Math.abs(c! - 4) < 1e-6);
});

test('with a floor of 0 nothing that is reconciled is negative', () => {
  const group = () => Float64Array.of(0);
  const declaration = { floor: 0 } as ForecastDeclaration;
  const free = added('ols', [0.1, 4, 4], { group });
  const held = added('ols', [0.1, 4, 4], { group, declaration });
  assert.ok(free[0]! < 0);
  assert.ok(held.every((value) => value >= 0));
});

test('a member that was never judged is trusted as is usual for its size', () => {
  const residuals = {
    keys: ['["total","{}"]', 'a', 'b'],
    width: 4,
    values: Float64Array.of(1, -1, 1, -1, 1, 1, -1, -1, 1, -1, -1, 1),
  };
  const [a, b, c] = added('wls', [4, 4, 4], { residuals });
  assert.ok(Math.abs(a! - b!) < 1e-9);
  assert.ok(c! > 4 && Math.abs(c! - 4) < 2);
});

test('what agrees but errs more than sums of members is not used', () => {
  const windows = (errors: readonly number[]): Backtest => ({
    ...emptyBacktest(members, [0], 1),
    actual: Float64Array.of(10, 10, 10),
    predicted: Float64Array.from(errors, (error) => 10 + error),
  });
  const declaration = { key: ['id'], levels: {}, how: 'sum', metric: 'wape' };
  const seen = {
    now: data,
    declaration: declaration as unknown as ForecastDeclaration,
    fitted: [0],
  };
  const [worse, better, base] = [windows([2, 2, 2]), windows([1, 0, 0]), windows([1, 1, 0])];
  assert.deepEqual(agreementOf(worse, base, seen), { ratio: 3, used: false });
  assert.deepEqual(agreementOf(better, base, seen), { ratio: 0.5, used: true });
});

test('a part is kept while its recipe, its history and the code are the same; else it is fitted', async () => {
  const local = { recipe: { kind: 'theta', params: {} } } as never;
  const choices = ['a', 'b'].map((key) => ({
    key,
    rule: { name: 'theta', kind: 'local' as const, local },
    reason: '',
    losses: {},
  }));
  const effects = { rng: seeded(1), stop: { stopped: false } };
  const long = (shift: number): SeriesData => ({
    ...data,
    set: seriesSet(
      members.map((key) => ({
        key,
        start: 0,
        values: Array.from({ length: 12 }, (_, t) => t + (key === 'b' ? shift : 0)),
      })),
      1,
    ),
  });
  const fit = (shift: number, code: string, before: readonly FittedMember[]) =>
    fitMembers(choices, { data: long(shift), seed: 1, code, before }, effects);
  const first = await fit(1, 'old', []);
  const again = await fit(2, 'old', first);
  const afresh = await fit(2, 'old', []);
  const kept = (fitted: readonly FittedMember[]) => fitted.map(({ bytes }) => bytes === null);
  assert.deepEqual(kept(again), [true, false]);
  assert.deepEqual(kept(await fit(1, 'old', first)), [true, true]);
  assert.deepEqual(kept(await fit(1, 'new', first)), [false, false]);
  assert.deepEqual(
    again.map(({ hash }) => hash),
    afresh.map(({ hash }) => hash),
  );
});

let house: TestHouse;
let first: Awaited<ReturnType<typeof train>>;
/** Shops grow; their buyers go from one product to another: a sum is steadier than its parts. */
function tradedSales(months: number): string {
  const rng = seeded('traded');
  const rows = ['shop_id,product_id,sold_on,revenue'];
  for (let t = 0; t < months; t++)
    for (const shop of [1, 2]) {
      const level = (1 + 0.01 * t) * (1 + 0.3 * Math.sin((2 * Math.PI * t) / 12));
      const went = 300 * rng.normal();
      const day = new Date(Date.UTC(2022, t, 5)).toISOString().slice(0, 10);
      [went, -went, 0].forEach((moved, i) => {
        const value = 1000 * shop * level * (1 + 0.01 * rng.normal()) + moved;
        rows.push(`${shop},${i + 1},${day},${Math.max(0, value).toFixed(2)}`);
      });
    }
  return `${rows.join('\n')}\n`;
}

before(async () => {
  house = await openSeries(48, `reconcile: 'mint',`, tradedSales(48));
  first = await train(house, 'revenue');
});
after(() => house.close());

const ask = (level?: string) =>
  forecast(
    { house, log: { add: () => {}, close: async () => {} } },
    { name: 'revenue' },
    { limit: 50, filters: {}, language: 'en', scope: {}, level },
  );

test('a family with groups of its own adds up at every level', async () => {
  const [all, shops, categories] = [await ask(), await ask('shop'), await ask('category')];
  const total = all.forecast.points[0]!.value;
  for (const { members: parts } of [all, shops, categories])
    assert.ok(Math.abs(parts.reduce((sum, one) => sum + one.points[0]!.value, 0) - total) < 0.06);
});

test('the report has each level beside its sums and the last season', async () => {
  const [row] = await house.state.query<{ hash: string }>(
    'SELECT hash FROM run_artifacts WHERE run = $1 AND name = $2',
    [first.run.id, 'report.json'],
  );
  const text = new TextDecoder().decode(await house.artifacts.get(row!.hash));
  const { levels, agreement } = JSON.parse(text) as ForecastReport;
  assert.deepEqual(
    levels.map(({ level }) => level),
    ['member', 'shop', 'category'],
  );
  assert.ok(agreement!.used && agreement!.ratio < 1, String(agreement!.ratio));
  for (const { score, naive, valueAdded, bottomUp } of levels) {
    assert.notEqual(bottomUp, score);
    assert.ok(Math.abs(valueAdded - (1 - score / naive)) < 1e-12);
  }
});

test('same data and seed, same bytes, also with groups', async () => {
  const again = await train(house, 'revenue');
  const bytes = ({ trained }: typeof first) => Buffer.from(packVersion(trained.package));
  assert.ok(bytes(again).equals(bytes(first)));
});

test('training one shop again keeps the groups', async () => {
  const { trained } = await train(house, 'revenue', { key: { shop_id: '1' }, seed: 2 });
  const groups = (of: typeof trained) =>
    Object.keys(of.package.sections).filter((name) => name.startsWith('group'));
  assert.deepEqual(groups(trained), groups(first.trained));
});
