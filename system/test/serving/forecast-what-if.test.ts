import { seeded } from '@tino/learn';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { forecastAnswerSchema, whatIfAnswerSchema } from '../../src/contract/index.js';
import { forecast } from '../../src/serving/forecast/forecast.js';
import { forecastWhatIf } from '../../src/serving/forecast/what-if.js';
import { plainText } from '../../src/serving/sentence.js';
import type { TestHouse } from '../features/house.js';
import { openSeries, openWorld, train } from '../training/decision-worlds.js';

const weeks = 150;
const lift = 1.6;
const dayOf = (week: number) =>
  new Date(Date.UTC(2023, 0, 2 + 7 * week)).toISOString().slice(0, 10);

/** Three shops; a week of promotion sells `lift` times as much; promotions are planned ahead. */
function promotedWorld(): Record<string, string> {
  const rng = seeded('promotions');
  const sales: string[] = [];
  const plans: string[] = [];
  for (let week = 0; week < weeks + 8; week++)
    for (const shop of [1, 2, 3]) {
      const promoted = rng.next() < 0.25;
      if (promoted) plans.push(`${shop},${dayOf(week)},1`);
      const mean = 100 * shop * (promoted ? lift : 1);
      if (week < weeks)
        sales.push(`${shop},${dayOf(week)},${(mean * (1 + 0.03 * rng.normal())).toFixed(2)}`);
    }
  return {
    'tino.config.ts': `
import { date, defineWorkspace, entity, integer, money, source } from '@tino/system';
export default defineWorkspace({
  name: 'promoted',
  sources: {
    sales: source({ files: 'data/sales.csv', key: ['shop_id', 'sold_on'],
      columns: { shop_id: integer(), sold_on: date(), revenue: money() }, eventTime: 'sold_on' }),
    plans: source({ files: 'data/plans.csv', key: ['shop_id', 'starts_on'],
      columns: { shop_id: integer(), starts_on: date(), promotion: integer() } }),
  },
  entities: { shop: entity('shop_id') },
});`,
    'models/revenue.ts': `
import { forecast, regression, theta } from '@tino/system';
export default forecast({
  entity: 'shop', series: 'series.sql', known: 'known.sql', key: ['shop_id'],
  step: 'week', how: 'sum', horizon: 4, calendar: ['pay_days'],
  candidates: [theta(), regression()], metric: 'wape', origins: 3, floor: 0,
  page: { title: { pt: 'Receita', en: 'Revenue' }, noun: { pt: ['loja', 'lojas'], en: ['shop', 'shops'] },
    labels: { promotion: { pt: 'Promoção', en: 'Promotion' } }, unit: 'money' },
});`,
    'series.sql': 'SELECT shop_id, sold_on AS at, revenue AS value FROM sales',
    'known.sql': `
SELECT s.shop_id, CAST(date_trunc('week', c.date) AS DATE) AS at,
  max(coalesce(p.promotion, 0)) AS promotion,
  sum(CASE WHEN c.is_pay_day THEN 1 ELSE 0 END) AS pay_days
FROM (SELECT DISTINCT shop_id FROM sales) s
JOIN calendar c ON c.date >= DATE '2023-01-01' AND c.date < :cutoff + INTERVAL '60' DAY
LEFT JOIN plans p ON p.shop_id = s.shop_id AND p.starts_on = c.date
GROUP BY s.shop_id, CAST(date_trunc('week', c.date) AS DATE)`,
    'data/sales.csv': `shop_id,sold_on,revenue\n${sales.join('\n')}\n`,
    'data/plans.csv': `shop_id,starts_on,promotion\n${plans.join('\n')}\n`,
  };
}

let house: TestHouse;
before(async () => {
  house = await openWorld(promotedWorld(), `${dayOf(weeks)}T12:00:00Z`);
  await train(house, 'revenue');
});
after(() => house.close());

const log = { add: () => {}, close: async () => {} };
const model = { name: 'revenue' };
const voice = { language: 'en' as const, scope: {}, filters: {} };
const ask = async (key?: Record<string, string>) =>
  forecastAnswerSchema.parse(await forecast({ house, log }, model, { ...voice, limit: 9, key }))
    .forecast;
const ifOnly = async (rest: Partial<Parameters<typeof forecastWhatIf>[2]>) =>
  whatIfAnswerSchema.parse(
    await forecastWhatIf({ house, log }, model, { ...voice, changes: [], ...rest }),
  );
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

test('a forecast is the sum of its parts, and knows what was odd about its points', async () => {
  for (const one of [await ask({ shop_id: '2' }), await ask()]) {
    const { trend, season, calendar, covariates, remainder } = one.parts!;
    one.points.forEach(({ value }, h) => {
      const whole = trend[h]! + season[h]! + calendar[h]! + covariates[h]! + remainder[h]!;
      assert.ok(Math.abs(whole - value) < 0.02, `${whole} is not ${value}`);
    });
  }
  const { hygiene, valueAdded } = await ask({ shop_id: '2' });
  // The rows were read long after their newest week was over.
  assert.equal(hygiene!.points, weeks);
  assert.ok(valueAdded! > 0.2);
});

test('a planned promotion shows what it moves, where it is planned', async () => {
  const { plan, parts } = await ask({ shop_id: '2' });
  const promotion = plan.find(({ column }) => column === 'promotion')!;
  assert.equal(promotion.name, 'Promotion');
  assert.deepEqual(
    plan.map(({ column, calendar }) => [column, calendar]),
    [
      ['promotion', false],
      ['pay_days', true],
    ],
  );
  promotion.values.forEach((value, h) => {
    if (value === 0) assert.equal(promotion.effect[h], 0);
    else assert.ok(Math.abs(promotion.effect[h]! - 200 * (lift - 1)) < 30);
    assert.ok(Math.abs(parts!.covariates[h]! - promotion.effect[h]!) < 1e-3);
  });
});

test('a promotion at one step moves the forecast there, by what promotions do, and no other', async () => {
  const { points } = await ask({ shop_id: '3' });
  const none = await ifOnly({
    key: { shop_id: '3' },
    changes: [{ column: 'promotion', value: 0 }],
  });
  const at = points[2]!.at;
  const changes = [
    { column: 'promotion', value: 0 },
    { column: 'promotion', at, value: 1 },
  ];
  const one = await ifOnly({ key: { shop_id: '3' }, changes });
  one.points.forEach(({ at: when, changed, planned, difference }, h) => {
    assert.ok(Math.abs(difference - (changed - planned)) < 0.02);
    assert.equal(planned, points[h]!.value);
    const gain = changed - none.points[h]!.changed;
    if (when === at) assert.ok(Math.abs(gain - 300 * (lift - 1)) < 45, String(gain));
    else assert.equal(gain, 0);
  });
  assert.deepEqual(one.plan[0]!.changed, [0, 0, 1, 0]);
  assert.match(plainText(one.sentence), /^3: with the new plan/);
});

test('a plan changed for all is the sum of what it does for each', async () => {
  const changes = [{ column: 'promotion', value: 1 }];
  const all = await ifOnly({ changes });
  const each = await Promise.all(
    ['1', '2', '3'].map((shop) => ifOnly({ key: { shop_id: shop }, changes })),
  );
  assert.equal(all.members, 3);
  assert.ok(Math.abs(all.total.changed - sum(each.map(({ total }) => total.changed))) < 0.1);
  const seen = await ifOnly({ changes, scope: { shop_id: ['1'] } });
  assert.equal(seen.total.changed, each[0]!.total.changed);
});

test('what cannot be planned is one clear error', async () => {
  const changes = [{ column: 'promotion', value: 1 }];
  await assert.rejects(ifOnly({ changes: [{ column: 'weather', value: 1 }] }), {
    code: 'BAD_REQUEST',
  });
  await assert.rejects(ifOnly({ changes: [{ column: 'promotion', at: '2020-01-06', value: 1 }] }), {
    code: 'BAD_REQUEST',
  });
  await assert.rejects(ifOnly({ changes, key: { shop_id: '9' } }), { code: 'UNKNOWN_KEY' });
  await assert.rejects(ifOnly({ changes, key: { shop_id: '2' }, scope: { shop_id: ['1'] } }), {
    code: 'UNKNOWN_KEY',
  });
  await assert.rejects(ifOnly({ changes, horizon: 9 }), { code: 'HORIZON_TOO_LONG' });
  const plain = await openSeries(24);
  await train(plain, 'revenue');
  await assert.rejects(forecastWhatIf({ house: plain, log }, model, { ...voice, changes }), {
    code: 'NOTHING_KNOWN_AHEAD',
  });
  await plain.close();
});
