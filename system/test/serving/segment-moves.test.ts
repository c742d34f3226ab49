import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { segmentsAnswerSchema, type SegmentsAnswer } from '../../src/contract/index.js';
import { scoreModel } from '../../src/serving/scores.js';
import type { ScoreTable } from '../../src/serving/score-table.js';
import { formatNumber } from '../../src/serving/sentence.js';
import { segments } from '../../src/serving/segment/segments.js';
import { migrationOf } from '../../src/serving/segment/view.js';
import { currentTable } from '../../src/sources/tables.js';
import { inSession } from '../../src/features/parallel.js';
import { effects } from '../features/house.js';
import { openWorld, type World } from './tabular-world.js';

let world: World;
let first: ScoreTable;
let last: ScoreTable;
let answer: SegmentsAnswer;
let fresh: SegmentsAnswer;
let firstFiles: string[];
const model = () => world.model('client-kinds');
const scoreOn = async (day: string): Promise<ScoreTable> => {
  world.house.clock.now = new Date(`${day}T15:00:00Z`);
  await scoreModel(world.serving, model(), effects);
  return (await world.serving.scores.current('client-kinds'))!;
};

before(async () => {
  world = await openWorld();
  world.house.clock.now = new Date('2025-10-01T15:00:00Z');
  await world.train('client-kinds');
  first = await scoreOn('2025-10-01');
  fresh = await segments(world.serving, model(), { language: 'en', role: 'viewer' });
  firstFiles = await filesOf();
  await scoreOn('2025-10-25');
  last = await scoreOn('2025-11-02');
  answer = segmentsAnswerSchema.parse(
    await segments(world.serving, model(), { language: 'en', role: 'viewer' }),
  );
});
after(() => world.close());

const filesOf = async () =>
  (await currentTable(world.house, 'scores', 'client-kinds'))!.files.map((file) => `'${file}'`);

const segmentOf = ({ keys, manifest, value }: ScoreTable) =>
  new Map(
    Array.from(value, (segment, row) => [keys['client_id']!.at(row)!, manifest.segments[segment]!]),
  );

test('moves are counted from the scoring a month before, not from the one before', () => {
  const [was, is] = [segmentOf(first), segmentOf(last)];
  const counts = new Map<string, number>();
  for (const key of new Set([...was.keys(), ...is.keys()])) {
    const move = `${was.get(key) ?? null} ${is.get(key) ?? null}`;
    counts.set(move, (counts.get(move) ?? 0) + 1);
  }
  assert.deepEqual(
    new Map(answer.migration.map(({ from, to, count }) => [`${from} ${to}`, count])),
    counts,
  );
  assert.equal(answer.drift!.since, '2025-10-01');
});

test('moves sum to the members of each segment, then and now', () => {
  const sum = (keep: (one: SegmentsAnswer['migration'][number]) => boolean) =>
    answer.migration.reduce((all, one) => all + (keep(one) ? one.count : 0), 0);
  const before = [...segmentOf(first).values()];
  for (const { id, size } of answer.segments) {
    assert.equal(
      sum(({ to }) => to === id),
      size,
    );
    assert.equal(
      sum(({ from }) => from === id),
      before.filter((segment) => segment === id).length,
    );
  }
});

test('who is in one scoring alone is new, or gone', () => {
  const fewer = { ...last, value: last.value.subarray(5) };
  fewer.keys = Object.fromEntries(
    Object.entries(last.keys).map(([name, keys]) => [
      name,
      { ...keys, at: (row) => keys.at(row + 5) },
    ]),
  );
  const missing = [...last.value.subarray(0, 5)].map((cluster) => last.manifest.segments[cluster]!);
  const total = (moves: SegmentsAnswer['migration']) =>
    moves.reduce((sum, { count }) => sum + count, 0);
  for (const [side, moves] of [
    ['from', migrationOf(fewer, last)],
    ['to', migrationOf(last, fewer)],
  ] as const) {
    assert.equal(total(moves), last.value.length);
    const absent = moves.filter((move) => move[side] === null);
    const other = side === 'from' ? 'to' : 'from';
    assert.deepEqual(
      absent.flatMap((move) => Array.from({ length: move.count }, () => move[other])).sort(),
      missing.toSorted(),
    );
  }
});

test('who is near a border keeps the segment, and whoever moves goes to the nearest', async () => {
  const { opened } = await world.serving.predictors.of('client-kinds');
  const nearest = new Float64Array(last.x.rows);
  opened.predict(last.x, nearest);
  const before = segmentOf((await world.serving.scores.previous('client-kinds'))!);
  const moved = [...last.value.keys()].filter((row) => {
    const was = before.get(last.keys['client_id']!.at(row)!);
    return was !== undefined && was !== last.manifest.segments[last.value[row]!];
  });
  assert.ok(moved.every((row) => last.value[row] === nearest[row]));
});

test('drift of the segments is told against chance', () => {
  const { sizePsi, segments: each } = answer.drift!;
  assert.ok(sizePsi >= 0);
  assert.equal(each.length, answer.segments.length);
  assert.ok(each.every(({ distance, byChance }) => distance >= 0 && byChance > 0));
});

test('every figure of a segment’s sentences is what SQL says of the scored table', async () => {
  const rows = await inSession(world.house, (session) =>
    session.all(`SELECT tino_value AS cluster, count(*) AS size, sum(spent_90d) AS money,
      avg(visits_90d) AS visits_90d, avg(spent_90d) AS spent_90d, avg(days_since) AS days_since,
      sum(count(*)) OVER () AS total, sum(sum(spent_90d)) OVER () AS worth
      FROM read_parquet([${firstFiles.join(', ')}]) GROUP BY ALL`),
  );
  for (const row of rows) {
    const id = first.manifest.segments[Number(row['cluster'])];
    const { size, share, money, moneyShare, facts, sentences } = fresh.segments.find(
      (one) => one.id === id,
    )!;
    const near = (found: number | null, right: number) =>
      assert.ok(Math.abs(found! - right) < 1e-6 * Math.max(1, right), `${found}, SQL ${right}`);
    near(size, Number(row['size']));
    near(share, Number(row['size']) / Number(row['total']));
    near(money, Number(row['money']));
    near(moneyShare, Number(row['money']) / Number(row['worth']));
    for (const { column, mean } of facts) near(mean, Number(row[column]));
    assert.ok(sentences[0]!.en.startsWith(`They are ${formatNumber(size!, 'number', 'en')} `));
    assert.ok(sentences[0]!.pt.includes(formatNumber(money!, 'money', 'pt')));
  }
  assert.equal(rows.length, fresh.segments.length);
});
