import assert from 'node:assert/strict';
import { copyFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { InsightsAnswer, SegmentsAnswer } from '../../src/contract/index.js';
import { literal } from '../../src/engine/quote.js';
import { inSession } from '../../src/features/parallel.js';
import { insightFeed } from '../../src/insight/feed.js';
import type { House } from '../../src/ports/house.js';
import { requireModel } from '../../src/serving/catalog.js';
import { openServing } from '../../src/serving/context.js';
import type { ScoreManifest } from '../../src/serving/score-table.js';
import { segments } from '../../src/serving/segment/segments.js';
import { plainText } from '../../src/serving/sentence.js';
import { createPrivacyKey } from '../../src/sources/index.js';
import { currentTable } from '../../src/sources/tables.js';
import { isWords } from '../../src/training/signature.js';
import { build } from '../../src/verbs/build.js';
import { openHouse } from '../../src/verbs/house.js';
import { score } from '../../src/verbs/score.js';
import { simulate } from '../../src/verbs/simulate.js';
import { train } from '../../src/verbs/train.js';
import { examples, top as repository } from './simulated.js';
import { assertToldFrom, near } from './told-figures.js';

const effects = { progress: () => {}, stop: { stopped: false }, by: 'test' };
const silent = () => {};
const published = join(
  process.env['TINO_DATA'] ?? join(repository, '..', 'shared', 'data'),
  'online_retail',
  'online_retail.csv.gz',
);
const LANGUAGES = ['pt', 'en'] as const;

/** Features of a customer, said once more over the lines themselves. */
const CUSTOMERS = `days AS (
    SELECT customer_id, CAST(invoiced_at AS DATE) AS day, sum(quantity * unit_price) AS amount
    FROM lines WHERE quantity > 0 AND unit_price > 0 GROUP BY ALL),
  net AS (
    SELECT customer_id AS who, greatest(sum(quantity * unit_price), 0) AS amount,
      greatest(coalesce(sum(quantity * unit_price) FILTER (CAST(invoiced_at AS DATE) >= until - 365), 0), 0) AS year
    FROM lines, moment WHERE unit_price > 0 GROUP BY customer_id),
  bought AS (
    SELECT customer_id, count(*) - 1 AS frequency,
      (SELECT n.amount FROM net n WHERE who = customer_id) / count(*) AS monetary,
      date_diff('day', min(day), until) AS tenure_days,
      date_diff('day', max(day), until) AS days_since_purchase,
      count(*) FILTER (day >= until - 90) AS purchases_90d,
      (SELECT n.year FROM net n WHERE who = customer_id) AS revenue_365d
    FROM days, moment GROUP BY customer_id, until),
  goods AS (
    SELECT customer_id, count(*) FILTER (quantity > 0) / nullif(count(DISTINCT invoice) FILTER (quantity > 0), 0)
        AS lines_per_invoice,
      median(quantity) FILTER (quantity > 0) AS units_per_line,
      sum(quantity * unit_price) FILTER (quantity > 0) / nullif(sum(quantity) FILTER (quantity > 0), 0) AS usual_price,
      coalesce(-sum(quantity * unit_price) FILTER (quantity < 0)
        / nullif(sum(quantity * unit_price) FILTER (quantity > 0), 0), 0) AS return_share,
      coalesce(sum(quantity * unit_price) FILTER (quantity > 0 AND month(invoiced_at) >= 11)
        / nullif(sum(quantity * unit_price) FILTER (quantity > 0), 0), 0) AS year_end_share
    FROM lines, moment
    WHERE unit_price > 0 AND invoiced_at >= until - 365 AND stock_code BETWEEN '0' AND '9zzzzz'
    GROUP BY customer_id)`;
const FEATURES = `frequency monetary tenure_days days_since_purchase purchases_90d revenue_365d
  lines_per_invoice units_per_line usual_price return_share year_end_share`.split(/\s+/);

/**
 * Who bought for the first time in one of the last periods of 30 days of the grid that begins on
 * 1970-01-05, and at least one after the data begin; and whether they came back.
 */
const BACK = `, grid AS (SELECT date_diff('day', DATE '1970-01-05', until) % 30 AS skipped FROM moment),
  own AS (SELECT customer_id, CAST(floor((ago - skipped) / 30) AS INTEGER) AS age FROM sales, grid
    WHERE customer_id IS NOT NULL AND value > 0 AND ago >= skipped),
  firsts AS (SELECT customer_id, max(age) AS first FROM own GROUP BY 1),
  back AS (SELECT customer_id, first, bool_or(age = first - 1) AS came FROM own JOIN firsts USING (customer_id)
    WHERE first BETWEEN 1 AND 11
      AND 30 * (first + 2) - 1 <= (SELECT max(ago - skipped) FROM sales, grid) GROUP BY ALL)`;

for (const [name, real] of [
  ['simulated', false],
  ['Online Retail', true],
] as const) {
  const skip = real && !existsSync(published) ? `${published} is not there; set TINO_DATA` : false;
  describe(`customers, ${name}: every number of every sentence is what SQL says`, { skip }, () => {
    let top: string;
    let house: House;
    let close: () => Promise<void>;
    let feeds: Record<'pt' | 'en', InsightsAnswer>;
    let answer: SegmentsAnswer;

    before(async () => {
      top = await mkdtemp(join(tmpdir(), 'tino-words-'));
      const folder = join(top, 'customers');
      await cp(join(examples, 'customers'), folder, {
        recursive: true,
        filter: (path) => !/[\\/](data|\.tino)$/.test(path),
      });
      for (const file of ['chance.ts', 'client.ts', 'dates.ts', 'simulator.ts'])
        await cp(join(examples, file), join(top, file));
      for (const other of ['customer-value.ts', 'customer-churn.ts', 'customer-rfm.ts'])
        await rm(join(folder, 'models', other));
      ({ house, close } = await openHouse({
        folder,
        now: () => new Date('2026-11-01T12:00:00Z'),
        log: { info: silent, warn: silent, error: silent },
        privacyKeyFile: () => join(top, 'privacy.key'),
      }));
      await createPrivacyKey(house.privacyKeyFile);
      if (real) await takePublished(join(folder, 'data'));
      else {
        const parts = Object.values(house.workspace.parts);
        await simulate(parts, { seed: 1, until: '2026-10-31', rows: 6000 }, effects);
      }
      await build(house, {}, effects);
      await train(house, { model: 'customer-segments' }, effects);
      await score(house, { model: 'customer-segments' }, effects);
      const serving = await openServing(house);
      const asked = { language: 'pt', role: 'analyst' } as const;
      answer = await segments(serving, requireModel(serving, 'customer-segments', {}), asked);
      await serving.close();
      const [pt, en] = await Promise.all(
        LANGUAGES.map((language) => insightFeed(house, { language, role: 'analyst' })),
      );
      feeds = { pt: pt!, en: en! };
    });
    after(async () => {
      await close?.();
      await rm(top, { recursive: true, force: true });
    });

    /** SQL over the lines as they were read, and the scored table. */
    const asked = async (sql: string) => {
      const of = async (kind: 'source' | 'scores', table: string) =>
        `read_parquet([${(await currentTable(house, kind, table))!.files.map(literal).join(', ')}])`;
      const scored = (await currentTable<ScoreManifest>(house, 'scores', 'customer-segments'))!;
      const until = `DATE '${scored.manifest.cutoff}'`;
      const lines = await of('source', 'invoice_lines');
      return inSession(house, async (session) =>
        session.all(`WITH moment AS (SELECT ${until} AS until), all_lines AS (SELECT * FROM ${lines}),
          lines AS (SELECT * FROM all_lines WHERE customer_id IS NOT NULL),
          scored AS (SELECT * FROM ${await of('scores', 'customer-segments')}),
          sales AS (SELECT *, quantity * unit_price AS value,
              date_diff('day', CAST(invoiced_at AS DATE), until) - 1 AS ago,
              CASE WHEN quantity < 0 THEN 'return' ELSE 'purchase' END AS kind
            FROM all_lines, moment WHERE unit_price > 0 AND stock_code BETWEEN '0' AND '9zzzzz') ${sql}`),
      );
    };

    test('segments', async () => {
      const means = FEATURES.map((column) => `avg(${column}) AS ${column}`).join(', ');
      const rows = await asked(
        `, ${CUSTOMERS}
        SELECT tino_value AS cluster, count(*) AS size, sum(revenue_365d) AS money, ${means}
        FROM (SELECT s.tino_value, CAST(s.customer_id AS VARCHAR) AS id FROM scored s) AS who
        JOIN bought b ON CAST(b.customer_id AS VARCHAR) = who.id
        LEFT JOIN goods g ON g.customer_id = b.customer_id GROUP BY GROUPING SETS ((tino_value), ())`.replace(
          'sum(revenue_365d)',
          'sum(b.revenue_365d)',
        ),
      );
      const all = rows.find((row) => row['cluster'] === null)!;
      const scored = (await currentTable<ScoreManifest>(house, 'scores', 'customer-segments'))!;
      let said = 0;
      for (const row of rows.filter(({ cluster }) => cluster !== null)) {
        const id = scored.manifest.segments[Number(row['cluster'])];
        const { facts, sentences, ...one } = answer.segments.find((each) => each.id === id)!;
        near(one.size, row['size'], `${id} size`);
        near(one.share, Number(row['size']) / Number(all['size']), `${id} share`);
        near(one.money, row['money'], `${id} money`);
        near(one.moneyShare, Number(row['money']) / Number(all['money']), `${id} money share`);
        for (const { column, mean, overall } of facts) {
          near(mean, row[column], `${id} ${column}`);
          near(overall, all[column], `all ${column}`);
        }
        const counts = [one.size!, one.share!, one.money!, one.moneyShare!];
        const figures = [
          ...counts,
          one.moneyShare! / one.share!,
          ...facts.flatMap(({ mean, overall }) => [mean!, overall!]),
        ];
        const { page } = house.workspace.models['customer-segments']!.declaration;
        for (const language of LANGUAGES)
          for (const sentence of sentences) {
            const phrases = Object.values(page.phrases ?? {}).filter(isWords);
            const fixed = phrases.flatMap((phrase) => fixedParts(phrase[language]));
            assertToldFrom(sentence[language], language, { figures, fixed });
            said++;
          }
      }
      assert.ok(said >= 2 * 3 * answer.segments.length);
    });

    test('insights', async () => {
      for (const language of LANGUAGES)
        for (const { name: look, sentence, figures, parts, what } of feeds[language].items) {
          const { declaration } =
            house.workspace.parts[Object.keys(house.workspace.parts)[0]!]!.insights[look]!;
          const days = 'period' in declaration ? declaration.period.days : 0;
          const named = parts.map(({ level }) => level);
          const fixed = [...named, ...named.map((level) => dayIn(level, language)), '95%', '1ª'];
          const told = [...Object.values(figures), days];
          assertToldFrom(plainText(sentence), language, { figures: told, fixed });
          if (what === 'totalFell' || what === 'totalRose') await checkTotal(figures, parts);
          if (what === 'together') await checkPair(figures, parts);
          if (what === 'stayedLess' || what === 'stayedMore') await checkCohort(figures, parts);
          if (what === 'later') await checkSequence(figures, parts);
        }
      assert.ok(feeds.pt.items.length > 0);
    });

    test('headlines', async () => {
      const headline = (look: string) =>
        feeds.en.headlines.find((each) => each.name === look)!.figures;
      const [row] = await asked(`SELECT sum(value) FILTER (ago BETWEEN 90 AND 179) AS before,
          sum(value) FILTER (ago BETWEEN 0 AND 89) AS after,
          (SELECT count(*) FROM (SELECT customer_id FROM sales WHERE ago BETWEEN 0 AND 89 AND customer_id IS NOT NULL
            GROUP BY 1 HAVING sum(value) > 0)) AS units,
          (SELECT count(DISTINCT invoice) FROM sales WHERE ago BETWEEN 0 AND 364 AND value > 0) AS baskets
        FROM sales`);
      near(headline('revenue')['before'], row!['before'], 'before');
      near(headline('revenue')['after'], row!['after'], 'after');
      near(headline('revenue')['units'], row!['units'], 'customers');
      near(headline('baskets')['baskets'], row!['baskets'], 'baskets');
      const [stays] = await asked(`${BACK}
        SELECT count(*) AS newcomers, count(*) FILTER (came) AS back FROM back`);
      near(headline('return')['newcomers'], stays!['newcomers'], 'newcomers');
      near(headline('return')['back'], stays!['back'], 'back');
      for (const language of LANGUAGES)
        for (const { name: look, sentences, figures } of feeds[language].headlines) {
          const changes = [
            ...Object.values(figures),
            ...(figures['before'] ? [figures['change']! / figures['before']] : []),
          ];
          for (const sentence of sentences)
            assertToldFrom(plainText(sentence), language, {
              figures: [...changes, 30, 90, 365, 12],
              fixed: look === 'revenue' ? ['80%'] : [],
            });
        }
    });

    type Parts = InsightsAnswer['items'][number]['parts'];
    type Figures = InsightsAnswer['items'][number]['figures'];

    async function checkTotal(figures: Figures, parts: Parts) {
      const where = parts.map(({ column, level }) => `${column} = ${literal(level)}`).join(' AND ');
      const [row] =
        await asked(`SELECT coalesce(sum(value) FILTER (ago BETWEEN 90 AND 179), 0) AS before,
        coalesce(sum(value) FILTER (ago BETWEEN 0 AND 89), 0) AS after FROM sales WHERE ${where}`);
      near(figures['before'], row!['before'], where);
      near(figures['after'], row!['after'], where);
    }

    async function checkCohort(figures: Figures, parts: Parts) {
      const start = `date_diff('day', DATE ${literal(parts[0]!.level)}, until) - skipped = 30 * (first + 1)`;
      const [row] = await asked(`${BACK}
        SELECT count(*) FILTER (${start}) AS size, count(*) FILTER (came AND ${start}) AS back,
          avg(CAST(came AS INTEGER)) FILTER (NOT (${start})) AS elsewhere FROM back, moment, grid`);
      near(figures['size'], row!['size'], 'size of the cohort');
      near(figures['back'], row!['back'], 'who came back');
      near(figures['rateElsewhere'], row!['elsewhere'], 'share elsewhere');
    }

    const codes = (parts: Parts) => parts.map(({ level }) => literal(level.split(' ')[0]!));

    async function checkPair(figures: Figures, parts: Parts) {
      const [first, next] = codes(parts);
      const [row] = await asked(`, baskets AS (SELECT invoice, bool_or(stock_code = ${first}) AS f,
          bool_or(stock_code = ${next}) AS n FROM sales WHERE ago BETWEEN 0 AND 364 AND value > 0 GROUP BY invoice)
        SELECT count(*) FILTER (f AND n) AS count, count(*) FILTER (f AND n) / count(*) FILTER (f) AS confidence,
          count(*) FILTER (f AND n) * count(*) / (count(*) FILTER (f) * count(*) FILTER (n)) AS lift FROM baskets`);
      for (const figure of ['count', 'confidence', 'lift'])
        near(figures[figure], row![figure], `${first} and ${next}: ${figure}`);
    }

    async function checkSequence(figures: Figures, parts: Parts) {
      const [first, next] = codes(parts);
      const [row] =
        await asked(`, firsts AS (SELECT customer_id, max(ago) FILTER (stock_code = ${first}) AS f,
          max(ago) FILTER (stock_code = ${next}) AS n
          FROM sales WHERE ago BETWEEN 0 AND 364 AND value > 0 AND customer_id IS NOT NULL GROUP BY 1)
        SELECT count(*) FILTER (f > n) AS count, avg(f - n) FILTER (f > n) AS gap FROM firsts`);
      near(figures['count'], row!['count'], `${next} after ${first}`);
      near(figures['gap'], row!['gap'], `${next} after ${first}: gap`);
    }
  });
}

/** Words of a phrase on either side of its value, where they hold digits: "compras em 90 dias". */
const fixedParts = (phrase: string): string[] =>
  // Either form of a word: `{compra|compras}`.
  [0, 1]
    .map((form) =>
      phrase.replace(/\{([^{}|]*)\|([^{}|]*)\}/g, (_, ...forms) => String(forms[form])),
    )
    .flatMap((words) => words.split('{value}'))
    .map((text) => text.trim())
    .filter((text) => /\d/.test(text));

/** A date as sentences write it; other texts as they are. */
const dayIn = (text: string, language: 'pt' | 'en'): string =>
  /^\d{4}-\d\d-\d\d$/.test(text)
    ? new Intl.DateTimeFormat(language === 'pt' ? 'pt-BR' : 'en-GB', {
        day: '2-digit',
        month: language === 'pt' ? '2-digit' : 'short',
        year: 'numeric',
        timeZone: 'UTC',
      }).format(new Date(text))
    : text;

/** The public file in place of the simulated one; the people behind it are not published. */
async function takePublished(data: string): Promise<void> {
  await mkdir(data, { recursive: true });
  await copyFile(published, join(data, 'online_retail.csv.gz'));
  const columns = 'customer_id,name,email,cpf,phone,birth_date,city';
  await writeFile(join(data, 'customers.csv'), `${columns}\n1,Nobody,,,,,\n`);
}
