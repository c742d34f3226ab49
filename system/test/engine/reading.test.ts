import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openEngine } from '../../src/engine/open.js';
import type { Engine, Session } from '../../src/engine/port.js';

let engine: Engine;
let session: Session;
before(async () => {
  engine = await openEngine();
  session = await engine.session();
});
after(() => engine.close());

const allowed: [sql: string, tables: string[]][] = [
  ['SELECT a FROM orders', ['orders']],
  ['FROM orders SELECT a', ['orders']],
  ['WITH x AS (SELECT * FROM orders) SELECT * FROM x JOIN items USING (id)', ['items', 'orders']],
  ['WITH orders AS (SELECT * FROM orders) SELECT * FROM orders', ['orders']],
  [
    'WITH a AS (FROM orders), b AS (FROM a) SELECT * FROM b UNION ALL SELECT * FROM c',
    ['c', 'orders'],
  ],
  ['WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 5) FROM r', []],
  ['SELECT * FROM (WITH z AS (SELECT 1) FROM z) JOIN z ON true', ['z']],
  [
    'SELECT * FROM t WHERE EXISTS (SELECT 1 FROM u) ORDER BY (SELECT max(z) FROM v)',
    ['t', 'u', 'v'],
  ],
  ['SELECT * FROM t, LATERAL (SELECT * FROM y WHERE y.k = t.k)', ['t', 'y']],
  ['SELECT sum(x) FILTER (WHERE y IN (SELECT y FROM w)) OVER (PARTITION BY z) FROM t', ['t', 'w']],
  ['SELECT * FROM t CROSS JOIN range(3) r, unnest([1, 2]) u', ['t']],
  ['VALUES (1), (2)', []],
  ['SELECT age(a, b), days_between(a, b) FROM t', ['t']],
  ['SELECT "current_dates", t.today FROM "Minha Tabela" t', ['Minha Tabela']],
];

for (const [sql, tables] of allowed) {
  test(`reads ${sql}`, async () => {
    const reading = await session.tables(sql);
    assert.deepEqual([reading.tables, reading.refusals], [tables, []]);
  });
}

const refused: [sql: string, why: RegExp][] = [
  ["SELECT * FROM query('SELECT * FROM secret')", /table function query/],
  ["SELECT * FROM query_table('secret')", /table function query_table/],
  ["SELECT * FROM 'orders.csv'", /looks like a file/],
  ['SELECT * FROM "s3://bucket/x"', /looks like a file/],
  ["SELECT * FROM read_csv('orders.csv')", /table function read_csv/],
  ["SELECT * FROM glob('*')", /table function glob/],
  ['SELECT current_date', /reads the clock/],
  ['SELECT a FROM t WHERE sold_at < CURRENT_TIMESTAMP', /reads the clock/],
  ['SELECT now() - sold_at FROM t', /reads the clock/],
  ['SELECT today()', /reads the clock/],
  ['SELECT main.now()', /reads the clock/],
  ['SELECT (SELECT list_transform([1], x -> get_current_timestamp()))', /reads the clock/],
  ['SELECT age(sold_at) FROM t', /reads the clock/],
  ['SELECT random()', /random/],
  ['SELECT * FROM t TABLESAMPLE 10%', /random sample/],
  ['SELECT * FROM t USING SAMPLE 5 ROWS', /random sample/],
  ["SELECT getenv('HOME')", /surroundings/],
  ["SELECT getvariable('cutoff')", /surroundings/],
  ["SELECT current_setting('threads')", /surroundings/],
  ['SELECT * FROM main.orders', /names the schema/],
  ['SELECT * FROM memory.main.orders', /names the schema/],
  ['SELECT * FROM t AT (VERSION => 3)', /AT another time/],
  ['PIVOT t ON a USING sum(b)', /not a SELECT/],
  ['SELECT * FROM (PIVOT t ON a USING sum(b))', /not a SELECT/],
  ['SELECT 1; SELECT 2', /2 statements/],
  ['', /0 statements/],
  ['CREATE TABLE x AS SELECT 1', /not a SELECT/],
  ["COPY t TO 'x'", /not a SELECT/],
  ['DESCRIBE orders', /describes the database/],
  ['SHOW TABLES', /describes the database/],
  ['SELEC 1', /does not parse/],
];

for (const [sql, why] of refused) {
  test(`refuses ${sql}`, async () => {
    assert.match((await session.tables(sql)).refusals.join('\n'), why);
  });
}

test('names the functions called', async () => {
  const { functions } = await session.tables('SELECT sum(a + b), lower(c) FROM range(3)');
  assert.deepEqual(functions, ['lower', 'range', 'sum']);
});
