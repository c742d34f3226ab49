import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { seeded } from '@tino/learn';
import { insightsAnswerSchema, type InsightsAnswer } from '../../src/contract/index.js';
import { insightFeed } from '../../src/insight/feed.js';
import { insightMembers, insightTable } from '../../src/insight/members.js';
import { plainText } from '../../src/serving/sentence.js';
import { scoreModel } from '../../src/serving/scores.js';
import { members } from '../../src/serving/segment/members.js';
import { writeScores } from '../../src/serving/score-table.js';
import { checkWorkspace } from '../../src/features/index.js';
import { build } from '../../src/verbs/build.js';
import { insights } from '../../src/verbs/insights.js';
import { effects, openHouse, writeWorkspace, type TestHouse } from '../features/house.js';
import { files as clubFiles, openWorld, type World } from '../serving/tabular-world.js';

const config = `
import { date, days, defineWorkspace, entity, money, source, text, whoStays } from '@tino/system';
export default defineWorkspace({
  name: 'kiosk',
  sources: { sales: source({ files: 'data/sales.csv', eventTime: 'day', columns: {
    client_id: text(), day: date({ required: true }), amount: money({ required: true }) } }) },
  entities: { client: entity('client_id') },
  insights: { stays: whoStays({ title: { pt: 'Quem volta', en: 'Who comes back' }, sql: 'insights/sales.sql',
    period: days(30), cohorts: 6, unit: 'client_id', noun: { pt: ['cliente', 'clientes'], en: ['client', 'clients'] } }) },
});`;

/** Periods of 30 days lie on a grid that begins on Monday, 1970-01-05. */
const UNTIL = '2026-10-08';
const NOW = '2026-10-12';
const dayBefore = (ago: number) =>
  new Date(Date.parse(UNTIL) - ago * 86_400_000).toISOString().slice(0, 10);

/** Eight periods of 80 newcomers; half come back in the next one, of the third last cohort a tenth. */
function sales(): string[][] {
  const rng = seeded('kiosk');
  const rows: string[][] = [];
  for (let period = 7; period >= 0; period--)
    for (let client = 0; client < 80; client++) {
      const buy = (ago: number) =>
        rows.push([`c${period}-${client}`, dayBefore(ago + 1), (20 + rng.below(30)).toFixed(2)]);
      const first = 30 * period + rng.below(30);
      buy(first);
      if (period > 0 && rng.next() < (period === 2 ? 0.1 : 0.5))
        buy(30 * (period - 1) + rng.below(30));
    }
  rows.push(['', dayBefore(5), '10.00']);
  // A period that has only begun.
  for (let day = 0; day < 4; day++) rows.push([`late-${day}`, dayBefore(-day), '20.00']);
  // Seen when the data begin: old customers, for all that is known.
  for (let client = 0; client < 60; client++) rows.push([`old-${client}`, dayBefore(240), '20.00']);
  return rows;
}

describe('who comes back', () => {
  let house: TestHouse;
  let feed: InsightsAnswer;
  before(async () => {
    house = await openHouse(
      await writeWorkspace({
        'tino.config.ts': config,
        'insights/sales.sql': 'SELECT day AS at, client_id, amount AS value FROM sales',
        'data/sales.csv': `${[['client_id', 'day', 'amount'], ...sales()].map(String).join('\n')}\n`,
      }),
      { now: `${NOW}T12:00:00Z` },
    );
    await build(house, {}, effects);
    const asked = { language: 'en', role: 'analyst' } as const;
    feed = insightsAnswerSchema.parse(await insightFeed(house, asked));
  });
  after(() => house.close());

  const asked = (sql: string) =>
    house.engines.use(async (engine) => {
      const session = await engine.session();
      try {
        return await session.all(`WITH sales AS (SELECT client_id, amount, CAST(floor((DATE '${UNTIL}' - day - 1) / 30) AS INTEGER) AS age
          FROM read_csv('${join(house.workspace.folder, 'data', 'sales.csv')}') WHERE client_id IS NOT NULL AND day < DATE '${UNTIL}'),
          firsts AS (SELECT client_id, max(age) AS first FROM sales GROUP BY client_id) ${sql}`);
      } finally {
        session.close();
      }
    });

  test('the table is what SQL counts', async () => {
    const table = feed.headlines.find(({ name }) => name === 'stays')!.cohorts!;
    const rows =
      await asked(`SELECT first, first - age AS later, count(DISTINCT client_id) AS people,
      any_value(size) AS size, sum(amount) / any_value(size) AS value
      FROM sales JOIN firsts USING (client_id)
      JOIN (SELECT first, count(*) AS size FROM firsts GROUP BY first) USING (first)
      WHERE first < 6 GROUP BY ALL`);
    assert.equal(table.length, 6);
    for (const row of rows) {
      const [first, later] = [Number(row['first']), Number(row['later'])];
      const cohort = table.find(({ start }) => start === dayBefore(30 * (first + 1)))!;
      assert.equal(cohort.size, Number(row['size']));
      const right = Number(row['people']) / Number(row['size']);
      assert.ok(Math.abs(cohort.retained[later]! - right) < 1e-12);
      assert.ok(Math.abs(cohort.value[later]! - Number(row['value'])) < 1e-9);
    }
    // The newest cohort has lived one period, the one before it two.
    assert.deepEqual(
      table.slice(-2).map(({ retained }) => retained.length),
      [2, 1],
    );
  });

  test('the cohort that stayed away is told, and its list is whom SQL finds', async () => {
    const [found, ...others] = feed.items;
    assert.equal(others.length, 0);
    assert.equal(found!.what, 'stayedLess');
    assert.deepEqual(found!.parts, [{ column: 'cohort', level: dayBefore(90) }]);
    const [row] = await asked(`, known AS (SELECT first, bool_or(age = first - 1) AS back
        FROM sales JOIN firsts USING (client_id) WHERE first BETWEEN 1 AND 5 GROUP BY client_id, first)
      SELECT count(*) FILTER (first = 2) AS size, count(*) FILTER (first = 2 AND back) AS back,
        avg(CAST(back AS INTEGER)) FILTER (first <> 2) AS elsewhere,
        count(*) AS newcomers, count(*) FILTER (back) AS came FROM known`);
    const { figures } = found!;
    assert.deepEqual(
      [figures['size'], figures['back']],
      [Number(row!['size']), Number(row!['back'])],
    );
    assert.ok(Math.abs(figures['rateElsewhere']! - Number(row!['elsewhere'])) < 1e-12);
    assert.ok(found!.money.effect < 0);
    assert.match(
      plainText(found!.sentence),
      /^Of the 80 clients who first bought in the 30 days from /,
    );
    const headline = feed.headlines[0]!.figures;
    assert.deepEqual(
      [headline['newcomers'], headline['back']],
      [Number(row!['newcomers']), Number(row!['came'])],
    );
    const { total } = await insightMembers(house, found!.id, { limit: 1 });
    assert.equal(total, Number(row!['size']) - Number(row!['back']));
    const { columns } = await insightTable(house, found!.id);
    assert.deepEqual(
      columns.map(({ name }) => name),
      ['client_id', 'value'],
    );
  });

  test('the next day the cohorts are the same, and no news', async () => {
    await appendFile(join(house.workspace.folder, 'data', 'sales.csv'), `next,${NOW},20.00\n`);
    house.clock.now = new Date(Date.parse(`${NOW}T12:00:00Z`) + 86_400_000);
    const { insights: reports } = await build(house, {}, effects);
    assert.deepEqual([reports[0]!.state, reports[0]!.news], ['looked', 0]);
    const again = await insightFeed(house, { language: 'en', role: 'analyst' });
    assert.deepEqual(again.headlines, feed.headlines);
    assert.deepEqual(
      again.items.map(({ id, news }) => [id, news]),
      feed.items.map(({ id }) => [id, false]),
    );
  });
});

describe('who changed segment', () => {
  let world: World;
  let moved: string[];
  const withMoves = (model: string) => {
    const files = clubFiles();
    const declared = files['tino.config.ts']!.replace(
      'import { category',
      'import { whoMoved, category',
    ).replace(
      "name: 'club',",
      `name: 'club', insights: { moves: whoMoved({ title: { pt: 'Mudanças', en: 'Moves' },
        model: '${model}', noun: { pt: ['cliente', 'clientes'], en: ['client', 'clients'] } }) },`,
    );
    return { ...files, 'tino.config.ts': declared };
  };
  before(async () => {
    world = await openWorld(withMoves('client-kinds'));
    const model = world.model('client-kinds');
    await world.train('client-kinds');
    await scoreModel(world.serving, model, effects);
    const now = (await world.serving.scores.current('client-kinds'))!;
    // A month before, twelve of the first segment were in the second, and one the other way round.
    const before = { ...now, value: now.value.slice() };
    before.manifest = { ...now.manifest, cutoff: '2025-10-01' };
    const at = (segment: number) =>
      [...now.value.keys()].filter((row) => now.value[row] === segment);
    const went = at(0).slice(0, 12);
    for (const row of went) before.value[row] = 1;
    before.value[at(1)[0]!] = 0;
    moved = went.map((row) => now.keys['client_id']!.at(row)!);
    await writeScores(world.house, before, { part: '', fingerprint: 'month-before', erasures: 0 });
    await writeScores(world.house, now, { part: '', fingerprint: 'now', erasures: 0 });
  });
  after(() => world.close());

  test('a net move is told with its money, and who went is listed', async () => {
    const [report] = await insights(world.house, {}, effects);
    assert.deepEqual([report!.state, report!.found], ['looked', 1]);
    const feed = await insightFeed(world.house, { language: 'en', role: 'viewer' });
    const [found] = feed.items;
    assert.deepEqual(
      [found!.what, found!.figures['count'], found!.figures['back']],
      ['moved', 12, 1],
    );
    // Sign test of 12 to 1, of one pair: 2 · 14 ÷ 2¹³.
    assert.ok(Math.abs(found!.q - 28 / 8192) < 1e-12);
    assert.match(
      plainText(found!.sentence),
      /^12 clients went from “.+” to “.+” within 57 days; 1 went/,
    );
    const { items, total } = await insightMembers(world.house, found!.id, { limit: 50 });
    assert.equal(total, 12);
    assert.deepEqual(items.map(({ key }) => key).sort(), moved.toSorted());
    const [headline] = feed.headlines;
    assert.match(
      plainText(headline!.sentences[0]!),
      /% of \d+ clients are in the group they were in 57 days/,
    );
    const model = world.model('client-kinds');
    const list = await members(world.serving, model, 's1', { limit: 200, role: 'analyst' });
    const money = new Map(list.items.map((one) => [one.key['client_id'], one.money!]));
    const sum = moved.reduce((all, key) => all + money.get(key)!, 0);
    assert.ok(Math.abs(found!.figures['after']! - sum) < 1e-6);
    const [same] = await insights(world.house, {}, effects);
    assert.equal(same!.state, 'unchanged');
  });

  test('a look at a model that is none is told by the check', async () => {
    const other = await openHouse(await writeWorkspace(withMoves('nobody')), {
      now: '2025-12-01T12:00:00Z',
    });
    try {
      // Rows and calendar spines side by side in one part are checked one after the other.
      const codes = (await checkWorkspace(other, effects)).map(({ code }) => code);
      assert.ok(codes.includes('INSIGHT_MODEL'), codes.join(', '));
    } finally {
      await other.close();
    }
  });
});
