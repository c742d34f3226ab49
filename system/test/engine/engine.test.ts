import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { EngineError } from '../../src/engine/errors.js';
import { openEngine } from '../../src/engine/open.js';
import { disk } from '../../src/engine/place.js';
import type { Batch, CodedColumn, Engine, Session } from '../../src/engine/port.js';
import { identifier, literal } from '../../src/engine/quote.js';

let engine: Engine;
let session: Session;
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tino-engine-'));
  engine = await openEngine({ tempFolder: folder });
  session = await engine.session();
});

after(async () => {
  await engine.close();
  await rm(folder, { recursive: true });
});

const failure = async (work: Promise<unknown>): Promise<EngineError> => {
  const cause = await work.then(
    () => assert.fail('nothing failed'),
    (error: unknown) => error,
  );
  assert.ok(cause instanceof EngineError, String(cause));
  return cause;
};

describe('describe', () => {
  test('names the columns, our kinds and the types of the engine', async () => {
    const columns = await session.describe(
      `SELECT 1::BIGINT AS id, 2.50::DECIMAL(18,2) AS price, 'a' AS name, DATE '2020-01-01' AS day,
       TIMESTAMP '2020-01-01' AS at, true AS open, 1.5::DOUBLE AS share, [1] AS list`,
    );
    assert.deepEqual(
      columns.map(({ name, type }) => [name, type]),
      [
        ['id', 'integer'],
        ['price', 'decimal'],
        ['name', 'text'],
        ['day', 'date'],
        ['at', 'timestamp'],
        ['open', 'boolean'],
        ['share', 'number'],
        ['list', 'other'],
      ],
    );
    assert.equal(columns[1]!.sqlType, 'DECIMAL(18,2)');
  });

  test('tells the line and column of a mistake, counted in characters', async () => {
    const unknown = await failure(session.describe("SELECT 1,\n  'é', nope FROM range(3)"));
    assert.deepEqual([unknown.code, unknown.line, unknown.column], ['SQL_BIND', 2, 8]);
    const syntax = await failure(session.describe('SELECT\nFROM WHERE'));
    assert.deepEqual([syntax.code, syntax.line], ['SQL_SYNTAX', 2]);
    assert.doesNotMatch(syntax.message, /\.$/);
    assert.equal(
      (await failure(session.describe('CREATE TABLE x (a INT)'))).code,
      'SQL_NOT_A_QUERY',
    );
  });
});

describe('results', () => {
  test('numbers are Float64Array with NaN for NULL, dates are text', async () => {
    const batch = await session.columns(
      `SELECT * FROM (VALUES (1::BIGINT, 2.5::DECIMAL(18,2), DATE '2017-10-15', TIMESTAMP '2017-10-15 01:00:00.5', true, 'x'),
        (NULL, NULL, NULL, NULL, NULL, NULL)) ORDER BY 1 NULLS LAST`,
    );
    assert.equal(batch.rows, 2);
    assert.deepEqual(
      batch.columns.map(({ values }) => values),
      [
        Float64Array.of(1, Number.NaN),
        Float64Array.of(2.5, Number.NaN),
        ['2017-10-15', null],
        ['2017-10-15 01:00:00.5', null],
        [true, null],
        ['x', null],
      ],
    );
  });

  test('objects have null where the batch has NaN, and parameters keep their type', async () => {
    const rows = await session.all(
      'SELECT $1::DATE AS day, $2 + 1 AS n,  $3::VARCHAR AS s, $4::BOOLEAN AS b, NULL::DOUBLE AS none -- end',
      ['2018-01-02', 41, "o'clock", false],
    );
    assert.deepEqual(rows, [{ day: '2018-01-02', n: 42, s: "o'clock", b: false, none: null }]);
  });

  test('a sum of BIGINT and one of DECIMAL come back as numbers', async () => {
    const rows = await session.all(
      'SELECT sum(range) AS s, sum(0.01::DECIMAL(18,2)) AS d FROM range(100)',
    );
    assert.deepEqual(rows, [{ s: 4950, d: 1 }]);
  });

  test('batches keep the order of the query and together are the whole', async () => {
    const seen: number[] = [];
    let batches = 0;
    for await (const batch of session.rows('SELECT range AS i FROM range(10000) ORDER BY i DESC')) {
      seen.push(...(batch.columns[0]!.values as Float64Array));
      batches += 1;
    }
    assert.ok(batches > 1);
    assert.deepEqual(
      seen,
      Array.from({ length: 10_000 }, (_, i) => 9_999 - i),
    );
  });

  test('a coded result says what the plain one does, each text once, in order of appearance', async () => {
    const sql = `SELECT CASE WHEN i % 7 = 0 THEN NULL ELSE 'é ' || (i * 7919 % 13) END AS item,
        DATE '2020-01-01' + CAST(i % 5 AS INTEGER) AS day, 'k' || i AS own, i % 3 = 0 AS odd, i / 4 AS share, NULL AS none,
        [i % 2] AS list FROM range(5000) t(i); `;
    const { rows, columns } = await session.coded(sql);
    const plain = await session.columns(sql);
    assert.equal(rows, 5000);
    const told = columns.map((column) =>
      'values' in column
        ? column.values
        : Array.from(column.codes, (code) => (code < 0 ? null : column.levels[code])),
    );
    const numbers = (values: ArrayLike<unknown>) =>
      Float64Array.from(values, (value) => (value === null ? NaN : Number(value)));
    assert.deepEqual(
      told,
      plain.columns.map(({ type, values }) => (type === 'boolean' ? numbers(values) : values)),
    );
    assert.deepEqual(
      columns.map(({ name, type }) => [name, type]),
      plain.columns.map(({ name, type }) => [name, type]),
    );
    const item = columns[0] as CodedColumn & { codes: Int32Array; levels: string[] };
    assert.equal(item.levels.length, 13);
    assert.deepEqual([...new Set(item.codes)].filter((code) => code >= 0).slice(0, 3), [0, 1, 2]);
    const empty = await session.coded("SELECT 'a' AS x, 1 AS y WHERE false");
    assert.deepEqual([empty.rows, empty.columns.length], [0, 2]);
  });

  test('another call while rows are read is refused, and allowed after', async () => {
    for await (const batch of session.rows('SELECT 1 AS a')) {
      assert.equal(batch.rows, 1);
      assert.equal((await failure(session.all('SELECT 2'))).code, 'SESSION_BUSY');
    }
    assert.deepEqual(await session.all('SELECT 2 AS a'), [{ a: 2 }]);
  });

  test('an aborted statement stops and the session goes on', async () => {
    const controller = new AbortController();
    const read = async () => {
      const { signal } = controller;
      const big =
        'SELECT count(*) AS n FROM range(1000000000) a, range(100) b WHERE hash(a.range, b.range) % 7 = 3';
      for await (const batch of session.rows(big, [], { signal })) assert.fail(`${batch.rows}`);
    };
    const stopped = failure(read());
    setTimeout(() => controller.abort(), 50);
    assert.equal((await stopped).code, 'INTERRUPTED');
    assert.deepEqual(await session.all('SELECT 3 AS a'), [{ a: 3 }]);
  });

  test('calls made at once wait for each other', async () => {
    const answers = await Promise.all([1, 2, 3].map((n) => session.all(`SELECT ${n} AS n`)));
    assert.deepEqual(answers.flat(), [{ n: 1 }, { n: 2 }, { n: 3 }]);
  });
});

test('views of one session are not seen by another', async () => {
  const other = await engine.session();
  await session.define('mine', 'SELECT 1 AS a');
  await other.define('mine', 'SELECT 2 AS a');
  assert.deepEqual(await session.all('FROM mine'), [{ a: 1 }]);
  assert.deepEqual(await other.all('FROM mine'), [{ a: 2 }]);
  await session.define('apart', 'SELECT 1 AS a');
  assert.equal((await failure(other.all('FROM apart'))).code, 'SQL_BIND');
  other.close();
  assert.equal((await failure(other.all('SELECT 1'))).code, 'CLOSED');
});

test('a table made of Node arrays has the types asked for', async () => {
  const rows = 5_000;
  await session.load('loaded', [
    { name: 'id', type: 'integer', values: Float64Array.from({ length: rows }, (_, i) => i) },
    {
      name: 'price',
      type: 'decimal',
      sqlType: 'DECIMAL(18,2)',
      values: Float64Array.from({ length: rows }, (_, i) => (i === 3 ? Number.NaN : i / 100)),
    },
    { name: 'day', type: 'date', values: Array.from({ length: rows }, () => '2020-02-29') },
    {
      name: 'open',
      type: 'boolean',
      values: Array.from({ length: rows }, (_, i) => (i % 2 ? true : null)),
    },
  ]);
  assert.deepEqual(
    (await session.describe('FROM loaded')).map(({ sqlType }) => sqlType),
    ['BIGINT', 'DECIMAL(18,2)', 'DATE', 'BOOLEAN'],
  );
  assert.deepEqual(
    await session.all(
      'SELECT count(*) AS n, count(price) AS p, sum(price) AS s, max(day) AS d, count(open) AS o FROM loaded',
    ),
    [{ n: rows, p: rows - 1, s: 124_974.97, d: '2020-02-29', o: rows / 2 }],
  );
});

test('a table of bad columns is refused with the column named', async () => {
  const load = (values: (string | number)[], type: 'integer' | 'date') =>
    failure(session.load('bad', [{ name: 'a', type, values }]));
  assert.match((await load([1.5], 'integer')).message, /column a is integer and holds 1.5/);
  assert.match((await load([1, 'x'], 'integer')).message, /mixes number and string/);
  assert.equal((await load(['2019-02-30'], 'date')).code, 'SQL_VALUE');
});

test('sums of doubles are the same in every run', async () => {
  const sql = `SELECT range % 1009 AS k, sum(sin(range) * 1e6) AS s FROM range(200000) GROUP BY k ORDER BY k`;
  const sums = async () => {
    const own = await openEngine();
    const batch = await (await own.session()).columns(sql);
    await own.close();
    return batch.columns[1]!.values;
  };
  assert.deepEqual(await sums(), await sums());
});

test('macros mean what they say', async () => {
  assert.deepEqual(
    await session.all(
      `SELECT days_between('2020-02-28', '2020-03-01') AS d, ratio(1, 0) AS r, ratio(1, 4) AS q,
       hours_between(TIMESTAMP '2020-01-01 10:00', TIMESTAMP '2020-01-01 11:30') AS h,
       percentile(range, 0.5) AS p FROM range(4)`,
    ),
    [{ d: 2, r: null, q: 0.25, h: 1.5, p: 1.5 }],
  );
});

describe('write', () => {
  test('a file is synced, renamed and its folder synced, in that order', async () => {
    const events: string[] = [];
    const watched = await openEngine(
      {},
      {
        sync: async (path) => (
          events.push(`sync ${path.includes('.out.') ? 'beside' : 'folder'}`),
          disk.sync(path)
        ),
        rename: async (from, to) => (
          events.push(`rename to ${to.slice(folder.length)}`),
          disk.rename(from, to)
        ),
      },
    );
    const written = await (
      await watched.session()
    ).write('SELECT range AS i FROM range(10)', join(folder, 'w'), { name: 'out' });
    assert.deepEqual(events, ['sync beside', 'rename to /w/out.parquet', 'sync folder']);
    assert.deepEqual([written.rows, written.files], [10, [join(folder, 'w', 'out.parquet')]]);
    assert.ok(written.bytes > 0);
    await watched.close();
  });

  test('what was written attaches, and a failed write leaves what was there', async () => {
    const place = join(folder, 'again');
    const { files } = await session.write('SELECT 1 AS a', place);
    const refused = await failure(
      session.write("SELECT CAST('x' || range AS INT) AS a FROM range(9)", place),
    );
    assert.equal(refused.code, 'SQL_VALUE');
    assert.deepEqual(await readdir(place), ['part.parquet']);
    await session.attach('again', files);
    assert.deepEqual(await session.all('FROM again'), [{ a: 1 }]);
    assert.equal((await failure(session.attach('none', []))).code, 'NO_FILES');
  });

  test('partitions become folders, written once', async () => {
    const sql = 'SELECT range AS i, range % 2 AS half FROM range(10)';
    const { files, rows } = await session.write(sql, folder, {
      name: 'parts',
      partitionBy: ['half'],
    });
    assert.deepEqual([files.length, rows], [2, 10]);
    assert.match(
      (await failure(session.write(sql, folder, { name: 'parts', partitionBy: ['half'] }))).message,
      /exists/,
    );
  });
});

test('names and values are quoted', async () => {
  const name = 'we"ird; name';
  const text = "it's; -- \\";
  const batch: Batch = await session.columns(
    `SELECT ${literal(text)} AS ${identifier(name)}, ${literal(Number.NaN)}::DOUBLE`,
  );
  assert.equal(batch.columns[0]!.name, name);
  assert.deepEqual(batch.columns[0]!.values, [text]);
});
