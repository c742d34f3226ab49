/** A workspace of one seller table and its orders, small enough to follow by hand. */
export const config = `
import { classify, days, date, defineWorkspace, entity, money, category, source, text, timestamp } from '@tino/system';
export default defineWorkspace({
  name: 'shop', zone: 'America/Sao_Paulo',
  sources: {
    orders: source({
      files: 'data/orders.csv', key: 'order_id', eventTime: 'bought_at', rejectsMax: 0.2,
      columns: {
        order_id: text(), seller_id: text(), bought_at: timestamp(), price: money({ min: 0 }),
        approved_at: timestamp({ knownAt: 'approved_at' }),
        delivered_at: timestamp({ knownAt: 'delivered_at' }),
        score: category({ knownAt: 'delivered_at' }),
        promised: date(),
      },
    }),
    sellers: source({ files: 'data/sellers.csv', key: 'seller_id', columns: { seller_id: text(), state: category() } }),
  },
  entities: { seller: entity('seller_id'), order: entity('order_id') },
});
`;

export const page = `page: { title: { pt: 'a', en: 'a' }, noun: { pt: ['a', 'a'], en: ['a', 'a'] }, unit: 'probability' }`;

export const churn = `
import { classify, days, logistic, monthlyCutoffs } from '@tino/system';
export default classify({
  entity: 'seller', spine: 'features/spines/sellers.sql', cutoffs: monthlyCutoffs({ from: '2018-02-01' }),
  label: 'labels/no-order.sql', horizon: days(28), features: ['seller_orders'],
  candidates: [logistic()], metric: 'rocAuc', ${page},
});
`;

export const late = `
import { classify, days, eventSpine, logistic } from '@tino/system';
export default classify({
  entity: 'order', spine: eventSpine({ sql: 'features/spines/orders.sql', source: 'orders', at: 'approved_at' }),
  label: 'labels/late.sql', horizon: days(10), features: ['seller_daily'], ignore: ['seller_id'],
  candidates: [logistic()], metric: 'rocAuc', ${page},
});
`;

export const orders = `order_id,seller_id,bought_at,price,approved_at,delivered_at,score,promised
o1,s1,2018-01-05 10:00:00,100.00,2018-01-05 11:00:00,2018-01-10 09:00:00,5,2018-01-12
o2,s1,2018-01-31 23:59:59,50.50,2018-02-01 08:00:00,2018-02-03 12:00:00,1,2018-02-02
o3,s2,2018-02-01 00:00:00,10.00,2018-02-01 09:00:00,2018-02-20 10:00:00,4,2018-02-10
o4,s1,2018-02-15 12:00:00,70.00,,,,2018-02-25
o5,s2,2018-03-10 12:00:00,30.00,2018-03-10 13:00:00,2018-03-12 10:00:00,3,2018-03-20
o6,s3,2018-04-20 12:00:00,20.00,2018-04-20 13:00:00,,,2018-04-30
`;

export const sellers = `seller_id,state\ns1,SP\ns2,RJ\ns3,MG\n`;

export const shop: Record<string, string> = {
  'tino.config.ts': config,
  'models/churn.ts': churn,
  'models/late.ts': late,
  'features/seller_orders.sql': `-- entity: seller
SELECT seller_id, count(*) AS orders, sum(price) AS revenue, count(delivered_at) AS delivered,
  max(score) AS best, days_between(max(bought_at), :cutoff) AS days_since
FROM orders GROUP BY seller_id`,
  'features/seller_daily.sql': `-- entity: seller
-- build: day
SELECT seller_id, count(*) AS orders_before FROM orders GROUP BY seller_id`,
  'features/spines/sellers.sql':
    'SELECT DISTINCT o.seller_id, s.state FROM orders o JOIN sellers s USING (seller_id)',
  'features/spines/orders.sql': `SELECT order_id, approved_at AS at, seller_id, price, delivered_at IS NOT NULL AS arrived FROM orders`,
  'labels/no-order.sql': `SELECT s.seller_id, CASE WHEN count(o.order_id) = 0 THEN 1 ELSE 0 END AS label
FROM spine s LEFT JOIN orders o ON o.seller_id = s.seller_id GROUP BY s.seller_id`,
  'labels/late.sql': `SELECT order_id, CASE WHEN delivered_at IS NULL THEN NULL WHEN CAST(delivered_at AS DATE) > promised THEN 1 ELSE 0 END AS label FROM orders`,
  'data/orders.csv': orders,
  'data/sellers.csv': sellers,
};
