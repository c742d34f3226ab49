import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { InsightAnswer, InsightsAnswer } from '../../src/contract/index.js';
import { insightFeed } from '../../src/insight/feed.js';
import { insightMembers, insightTable } from '../../src/insight/members.js';
import { plainText } from '../../src/serving/sentence.js';
import { checkWorkspace } from '../../src/features/index.js';
import { build } from '../../src/verbs/build.js';
import { insights } from '../../src/verbs/insights.js';
import { effects, type TestHouse } from '../features/house.js';
import { openChain } from './world.js';

let house: TestHouse;
let feed: InsightsAnswer;
before(async () => {
  house = await openChain();
  const report = await build(house, {}, effects);
  assert.equal(report.insights[0]!.state, 'looked');
  feed = await insightFeed(house, { language: 'en', role: 'viewer' });
});
after(() => house.close());

const one = (name: string, what: string): InsightAnswer => {
  const found = feed.items.find((item) => item.name === name && item.what === what);
  assert.ok(found, `${name} ${what} among ${feed.items.map((item) => item.what).join(', ')}`);
  return found;
};

/** DuckDB over the file itself: the second opinion. */
const asked = async (sql: string): Promise<Record<string, number>> => {
  const file = join(house.workspace.folder, 'data', 'lines.csv');
  const [row] = await house.engines.use(async (engine) => {
    const session = await engine.session();
    try {
      return await session.all(
        `WITH lines AS (SELECT *, day >= DATE '2026-10-02' AS recent FROM read_csv('${file}')) ${sql}`,
      );
    } finally {
      session.close();
    }
  });
  return Object.fromEntries(Object.entries(row!).map(([name, value]) => [name, Number(value)]));
};

const near = (found: Readonly<Record<string, number>>, right: Record<string, number>) => {
  for (const [name, value] of Object.entries(right))
    assert.ok(
      Math.abs(found[name]! - value) <= 1e-9 * Math.max(1, Math.abs(value)),
      `${name}: ${found[name]}, SQL says ${value}`,
    );
};

describe('what was done to the chain is found, and SQL counts the same', () => {
  test('sales fell in BA', async () => {
    const found = one('revenue', 'totalFell');
    assert.deepEqual(found.parts, [{ column: 'state', level: 'BA' }]);
    near(
      found.figures,
      await asked(`SELECT sum(amount) FILTER (NOT recent) AS before, sum(amount) FILTER (recent) AS after,
        sum(CASE WHEN recent THEN amount ELSE -amount END) AS change FROM lines WHERE state = 'BA'`),
    );
    assert.ok(found.figures['lower']! < found.figures['change']!);
    assert.ok(found.figures['upper']! < 0, 'surely below 0');
    assert.match(plainText(found.sentence), /^Revenue where State is BA fell by R\$/);
    assert.equal(found.action, 'Call');
    const { people } = await asked(
      `SELECT count(DISTINCT client_id) AS people FROM lines WHERE state = 'BA'`,
    );
    assert.equal(found.people, people);
  });

  test('the app is late to PE', async () => {
    const found = one('late', 'rateHigher');
    assert.deepEqual(found.parts.map(({ column, level }) => `${column}=${level}`).sort(), [
      'channel=app',
      'state=PE',
    ]);
    near(
      found.figures,
      await asked(`SELECT count(DISTINCT basket) FILTER (here) AS rows,
        count(DISTINCT basket) FILTER (here AND late) AS happened,
        count(DISTINCT basket) FILTER (here AND late) / count(DISTINCT basket) FILTER (here) AS rate,
        count(DISTINCT basket) FILTER (NOT here AND late)
          / count(DISTINCT basket) FILTER (NOT here) AS "rateElsewhere"
        FROM (SELECT *, state = 'PE' AND channel = 'app' AS here FROM lines)`),
    );
    assert.ok(found.money.effect < 0, 'each one costs');
  });

  test('who takes coffee takes filters', async () => {
    const found = one('baskets', 'together');
    const [first, next] = found.parts.map(({ level }) => level);
    assert.deepEqual([first, next].sort(), ['coffee', 'filters']);
    near(
      found.figures,
      await asked(`, b AS (SELECT basket, bool_or(item = '${first}') AS f, bool_or(item = '${next}') AS n
          FROM lines GROUP BY basket)
        SELECT count(*) FILTER (f AND n) AS count, count(*) FILTER (f AND n) / count(*) FILTER (f) AS confidence,
          count(*) FILTER (f AND n) * count(*) / (count(*) FILTER (f) * count(*) FILTER (n)) AS lift FROM b`),
    );
  });

  test('headlines', async () => {
    const headline = (name: string) => feed.headlines.find((each) => each.name === name)!.figures;
    const revenue = headline('revenue');
    near(
      revenue,
      await asked(`SELECT sum(amount) FILTER (NOT recent) AS before, sum(amount) FILTER (recent) AS after,
        count(DISTINCT client_id) FILTER (recent) AS units FROM lines`),
    );
    const { price, volume, mix, launched, dropped, change } = revenue;
    assert.ok(Math.abs(price! + volume! + mix! + launched! + dropped! - change!) < 1e-6);
    near(
      headline('late'),
      await asked(
        `SELECT count(DISTINCT basket) AS rows, count(DISTINCT basket) FILTER (late) AS happened FROM lines`,
      ),
    );
  });
});

test('each has what, how sure, money, what to do, and whom: as many as its list', async () => {
  assert.ok(feed.items.length >= 3);
  for (const { id, sentence, q, sure, money, action, list, people } of feed.items) {
    assert.ok(plainText(sentence).length > 20 && sure.length > 0 && action.length > 0);
    assert.ok(q <= 0.05 && money.lower <= money.effect && money.effect <= money.upper);
    const { total } = await insightMembers(house, id, { limit: 1 });
    assert.equal(list!.count, total);
    assert.match(list!.says, new RegExp(`^${total} clients with `));
    assert.ok(people > 0);
  }
  const { pairs } = feed.headlines.find(({ name }) => name === 'baskets')!;
  assert.deepEqual(
    pairs!.map(({ kind, count }) => [kind, count]),
    [['together', one('baskets', 'together').figures['count']]],
  );
});

test('the list of a fall holds those who bought less, the largest first', async () => {
  const { id } = one('revenue', 'totalFell');
  const { items, total } = await insightMembers(house, id, { limit: 5 });
  assert.equal(items.length, 5);
  const { fell, most } = await asked(`SELECT count(*) AS fell, min(change) AS most FROM (
    SELECT sum(CASE WHEN recent THEN amount ELSE -amount END) AS change FROM lines
    WHERE state = 'BA' GROUP BY client_id) WHERE change < 0`);
  assert.equal(total, fell);
  near(items[0]!.figures, { change: most! });
  const table = await insightTable(house, id);
  assert.deepEqual(
    table.columns.map(({ name }) => name),
    ['client_id', 'before', 'after', 'change'],
  );
  assert.equal(table.count, total);
});

test('the list of a pair holds who has the first and not the second', async () => {
  const found = one('baskets', 'together');
  const [first, next] = found.parts.map(({ level }) => level);
  const { total } = await insightMembers(house, found.id, { limit: 1 });
  const { people } = await asked(`SELECT count(*) AS people FROM (
    SELECT bool_or(item = '${first}') AND NOT bool_or(item = '${next}') AS half
    FROM lines GROUP BY client_id) WHERE half`);
  assert.equal(total, people);
});

test('nothing is told twice: unchanged data are not looked at, changed data make no news of old findings', async () => {
  const [same] = await insights(house, {}, effects);
  assert.equal(same!.state, 'unchanged');
  const asked = { language: 'en', role: 'viewer' } as const;
  const { items } = await insightFeed(house, asked);
  assert.ok(
    items.every(({ news }) => news),
    'all day long',
  );
  const file = join(house.workspace.folder, 'data', 'lines.csv');
  const text = await readFile(file, 'utf8');
  const since = one('revenue', 'totalFell').since;
  try {
    await writeFile(file, `${text}b9999,c9999,2026-10-31,rice,CE,shop,1,12.00,false\n`);
    house.clock.now = new Date('2026-11-02T12:00:00Z');
    const report = await build(house, {}, effects);
    assert.equal(report.insights[0]!.state, 'looked');
    assert.equal(report.insights[0]!.news, 0);
    const again = await insightFeed(house, { language: 'pt', role: 'viewer' });
    assert.ok(again.items.every(({ news }) => !news));
    const fell = again.items.find(({ what }) => what === 'totalFell')!;
    assert.equal(fell.since, since);
    assert.match(plainText(again.sentence), /^Nada de novo/);
    assert.match(plainText(fell.sentence), /^Receita onde Estado é BA caiu R\$/);
  } finally {
    await writeFile(file, text);
  }
});

test('of yesterday’s findings none is news, and a look is taken again when its own ground changed', async () => {
  house.clock.now = new Date('2026-11-03T12:00:00Z');
  const [same] = await insights(house, {}, effects);
  assert.equal(same!.state, 'unchanged');
  const asked = { language: 'en', role: 'viewer' } as const;
  const before = await insightFeed(house, asked);
  assert.match(plainText(before.sentence), /^Nothing new/);
  const file = join(house.workspace.folder, 'insights', 'late.sql');
  const text = await readFile(file, 'utf8');
  try {
    await writeFile(file, text.replace('min(day) AS at', 'max(day) AS at'));
    await house.reload();
    const taken: unknown[] = [];
    const [report] = await insights(
      house,
      {},
      { ...effects, progress: ({ message }) => taken.push(message) },
    );
    assert.deepEqual([report!.state, report!.news], ['looked', 0]);
    assert.deepEqual(taken, [{ pt: 'Atrasos', en: 'Late' }]);
    const after = await insightFeed(house, asked);
    const { items, headlines, sentence } = before;
    assert.deepEqual(
      { items: after.items, headlines: after.headlines, sentence: after.sentence },
      { items, headlines, sentence },
    );
  } finally {
    await writeFile(file, text);
    await house.reload();
  }
});

test('a look whose SQL lacks a column is told by the check', async () => {
  const file = join(house.workspace.folder, 'insights', 'late.sql');
  const text = await readFile(file, 'utf8');
  try {
    await writeFile(file, 'SELECT day AS at, client_id FROM lines');
    await house.reload();
    const problems = await checkWorkspace(house, effects);
    assert.deepEqual(
      problems.map(({ code, params }) => [code, params['column']]),
      [['SQL_COLUMNS', 'happened']],
    );
  } finally {
    await writeFile(file, text);
    await house.reload();
  }
});
