import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  entityAnswerSchema,
  modelSchema,
  predictAnswerSchema,
  runSchema,
  scoresAnswerSchema,
  segmentsAnswerSchema,
  TinoError,
  versionSchema,
} from '../../src/contract/index.js';
import {
  history,
  listVersions,
  previousChampion,
  promote,
  readArtifact,
  rollback,
  whoServedOn,
} from '../../src/registry/index.js';
import { describeModels, missingForService } from '../../src/serving/catalog.js';
import { csvOf, parquetOf } from '../../src/serving/export.js';
import { predict } from '../../src/serving/predict.js';
import { scoreModel, scores } from '../../src/serving/scores.js';
import { members, membersTable } from '../../src/serving/segment/members.js';
import { entity, segments } from '../../src/serving/segment/segments.js';
import { plainText } from '../../src/serving/sentence.js';
import { listRuns } from '../../src/tracking/index.js';
import { inSession } from '../../src/features/parallel.js';
import { effects } from '../features/house.js';
import { openWorld, type World } from './tabular-world.js';

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

const asking = {
  language: 'pt' as const,
  role: 'viewer' as const,
  by: 'ana',
  scope: {},
  explain: false,
};
const home = { area: 100, pool: 1, district: 'north' };
const price = async (row: Record<string, unknown>, options = {}) =>
  predictAnswerSchema.parse(
    await predict(
      world.serving,
      world.model('home-price'),
      { rows: [row] },
      { ...asking, ...options },
    ),
  );
const refusal = async (row: Record<string, unknown>) => {
  try {
    await price(row);
  } catch (error) {
    assert.ok(error instanceof TinoError);
    return error;
  }
  assert.fail('it was accepted');
};

test('a model without a champion says so, and is missing for service', async () => {
  await assert.rejects(price(home), { code: 'NO_CHAMPION' });
  assert.equal((await missingForService(world.serving)).length, 3);
});

test('a first training is kept as a run and a version, beats the mean and serves', async () => {
  const report = await world.train('home-price');
  assert.equal(report.state, 'promoted');
  assert.equal(report.champion, 1);
  assert.ok(report.value! < 800, `rmse ${report.value}`);
  const { items } = await listRuns(world.house, { limit: 10 });
  const run = runSchema.parse(items[0]);
  assert.equal(run.version, 1);
  assert.equal(run.verdict?.verdict, 'PROMOTE');
  assert.deepEqual(
    run.leaderboard.map(({ name, winner }) => [name, winner]),
    [
      ['mean', false],
      ['ridge alpha 0.1', run.leaderboard[1]!.winner],
      ['ridge alpha 10', run.leaderboard[2]!.winner],
      ['boosting', false],
    ],
  );
  const [version] = await listVersions(world.house, 'home-price');
  assert.deepEqual(versionSchema.parse(version).aliases, ['champion']);
});

test('nothing changed: nothing is trained; forced: a refresh of the same recipe', async () => {
  assert.equal((await world.train('home-price')).state, 'unchanged');
  const again = await world.train('home-price', { force: true });
  assert.equal(again.version, 2);
  assert.equal(again.verdict?.kind, 'refresh');
  assert.equal(again.state, 'promoted');
  const hashes = (await listVersions(world.house, 'home-price')).map(({ hash }) => hash);
  assert.equal(hashes[0], hashes[1], 'same rows and seed, same bytes');
});

test('a prediction has its interval, reasons that sum, and is logged', async () => {
  const { predictions, provenance } = await price(home, { explain: true });
  const [{ value, intervals, explanation, sentence, id }] = predictions as [
    (typeof predictions)[0],
  ];
  assert.ok(Math.abs(value - 38_000) < 1000, `${value}`);
  assert.deepEqual(
    intervals.map(({ level }) => level),
    [0.8, 0.95],
  );
  assert.ok(intervals[1]!.lower < intervals[0]!.lower && intervals[0]!.lower < value);
  const { base, raw, reasons } = explanation!;
  const sum = reasons.reduce((total, { contribution }) => total + contribution, base);
  assert.ok(Math.abs(sum - raw) < 1e-9, `${sum} against ${raw}`);
  assert.ok(reasons.some(({ phrase }) => phrase.pt === 'com piscina'));
  assert.match(plainText(sentence), /^Deve ficar em ~R\$\s38(,\d)?\smil; em 8 de cada 10 vezes/);
  assert.equal(provenance.rung, 'champion');
  assert.equal(provenance.coverage.length, 2);
  await new Promise((resolve) => setTimeout(resolve, 1200));
  const folder = join(world.house.workspace.stateFolder, 'log', 'predictions');
  const [file] = await readdir(folder);
  assert.match(await readFile(join(folder, file!), 'utf8'), new RegExp(id));
});

test('what is wrong with a row is named by row and column', async () => {
  assert.equal((await refusal({ area: 100, pool: 1 })).code, 'MISSING_FIELD');
  assert.equal((await refusal({ ...home, roof: 1 })).code, 'UNKNOWN_FIELD');
  assert.equal((await refusal({ ...home, area: '100' })).code, 'NOT_A_NUMBER');
  assert.equal((await refusal({ ...home, area: NaN })).code, 'NOT_A_NUMBER');
  const level = await refusal({ ...home, district: 'nroth' });
  assert.equal(level.code, 'UNKNOWN_CATEGORY');
  assert.deepEqual([level.params['row'], level.params['column']], [0, 'district']);
  const unknown = await price({ area: null, pool: null, district: null });
  assert.ok(Number.isFinite(unknown.predictions[0]!.value));
  const model = world.model('home-price');
  const rows = Array.from({ length: 10_001 }, () => home);
  await assert.rejects(predict(world.serving, model, { rows }, asking), { code: 'TOO_MANY_ROWS' });
  await assert.rejects(predict(world.serving, model, {}, asking), { code: 'BAD_REQUEST' });
});

test('a rollback and a promotion move the alias, are kept, and swap what answers', async () => {
  const before = new Date(world.house.clock.now);
  world.house.clock.now = new Date(before.getTime() + 60_000);
  const back = await rollback(world.house, 'home-price', { by: 'ana', reason: 'test' });
  assert.deepEqual([back.version, back.replaced, back.kind], [1, 2, 'rollback']);
  assert.equal((await price(home)).provenance.version, 1);
  assert.equal(await previousChampion(world.house.state, 'home-price'), undefined);
  await assert.rejects(rollback(world.house, 'home-price', { by: 'ana', reason: 'again' }), {
    code: 'NO_PREVIOUS',
  });
  await promote(world.house, 'home-price', 2, { by: 'ana', reason: 'forward' });
  assert.equal((await price(home)).provenance.version, 2);
  await assert.rejects(promote(world.house, 'home-price', 9, { by: 'ana', reason: 'no' }), {
    code: 'UNKNOWN_VERSION',
  });
  assert.equal(await whoServedOn(world.house, 'home-price', before), 2);
  assert.deepEqual(
    (await history(world.house, 'home-price')).map(({ kind }) => kind),
    ['manual', 'rollback', 'refresh', 'first'],
  );
});

test('classify: everyone is scored once, listed by risk and filtered; calibration holds', async () => {
  const report = await world.train('client-leaves');
  assert.equal(report.state, 'promoted', JSON.stringify(report.verdict?.checks));
  assert.ok(report.value! > 0.8, `auc ${report.value}`);
  const model = world.model('client-leaves');
  const first = await scoreModel(world.serving, model, effects);
  assert.ok(first.rows > 80 && !first.repeated);
  assert.ok((await scoreModel(world.serving, model, effects)).repeated);
  const listing = {
    limit: 10,
    where: [],
    language: 'pt' as const,
    role: 'viewer' as const,
    scope: {},
  };
  const answer = scoresAnswerSchema.parse(await scores(world.serving, model, listing));
  assert.equal(answer.total, first.rows);
  assert.equal(answer.items.length, 10);
  assert.ok(answer.items.every(({ value }, i, all) => i === 0 || all[i - 1]!.value >= value));
  assert.equal(
    answer.histogram.reduce((sum, { count }) => sum + count, 0),
    first.rows,
  );
  assert.deepEqual(answer.filters['city'], ['Natal', 'Recife']);
  assert.match(plainText(answer.sentence), /^De \d+ clientes, ~\d+ devem sumir\.$/);
  const recife = await scores(world.serving, model, {
    ...listing,
    where: [{ column: 'city', is: 'oneOf', values: ['Recife'] }],
  });
  assert.ok(
    recife.total < first.rows && recife.items.every(({ columns }) => columns['city'] === 'Recife'),
  );
  const next = await scores(world.serving, model, { ...listing, cursor: answer.next! });
  assert.ok(next.items[0]!.value <= answer.items[9]!.value);
  await assert.rejects(scores(world.serving, model, { ...listing, cursor: 'x' }), {
    code: 'BAD_CURSOR',
  });
  const client = { client_id: answer.items[0]!.key['client_id']! };
  const byKey = await predict(
    world.serving,
    model,
    { keys: [client] },
    { ...asking, explain: true },
  );
  assert.ok(Math.abs(byKey.predictions[0]!.value - answer.items[0]!.value) < 1e-9);
  assert.match(
    plainText(byKey.predictions[0]!.sentence),
    /^Chance de ~\d+% de sumir; o usual é \d+%\.$/,
  );
  const elsewhere = { ...asking, scope: { client_id: ['c1'] } };
  await assert.rejects(predict(world.serving, model, { keys: [client] }, elsewhere), {
    code: 'UNKNOWN_KEY',
  });
});

test('segment: groups in words with lasting names, members, one entity, and an export', async () => {
  const report = await world.train('client-kinds');
  assert.equal(report.state, 'promoted', JSON.stringify(report.verdict?.checks));
  const model = world.model('client-kinds');
  await assert.rejects(segments(world.serving, model, { language: 'pt', role: 'viewer' }), {
    code: 'NOT_SCORED',
  });
  const { rows } = await scoreModel(world.serving, model, effects);
  const answer = segmentsAnswerSchema.parse(
    await segments(world.serving, model, { language: 'pt', role: 'viewer' }),
  );
  assert.equal(
    answer.segments.reduce((sum, { size }) => sum + size!, 0),
    rows,
  );
  for (const { sentences, name } of answer.segments) {
    assert.ok(sentences.length >= 3 && sentences.length <= 5, JSON.stringify(sentences));
    assert.ok(name.pt.length > 0 && name.en.length > 0);
  }
  const top = answer.segments.reduce((a, b) => (b.money! > a.money! ? b : a));
  const page = await members(world.serving, model, top.id, { limit: 5, role: 'analyst' });
  assert.equal(page.total, top.size);
  const list = await membersTable(world.serving, model, top.id, { role: 'analyst' });
  let csv = '';
  for await (const piece of csvOf(list, 'pt')) csv += piece;
  assert.equal(csv.split('\r\n').length, top.size! + 2);
  assert.match(csv, /^\uFEFFclient_id;segment;money;visits_90d;spent_90d;version;cutoff\r\n/);
  const folder = world.house.workspace.stateFolder;
  await writeFile(join(folder, 'list.csv'), csv);
  await writeFile(join(folder, 'list.parquet'), await parquetOf(world.house, list));
  // Both files read back are the same rows in the same order, with the types they had.
  const readBack = (from: string) =>
    inSession(world.house, (session) => session.all(`SELECT * FROM ${from}`));
  const parquet = await readBack(`read_parquet('${folder}/list.parquet')`);
  assert.deepEqual(
    parquet.map((row) => Object.values(row)),
    Array.from({ length: list.count }, (_, at) => list.row(at)),
  );
  assert.deepEqual(
    await readBack(
      `read_csv('${folder}/list.csv', delim = ';', decimal_separator = ',', header = true, types = {
        'client_id': 'VARCHAR', 'segment': 'VARCHAR', 'money': 'DOUBLE', 'visits_90d': 'DOUBLE',
        'spent_90d': 'DOUBLE', 'version': 'DOUBLE', 'cutoff': 'VARCHAR' })`,
    ),
    parquet,
  );
  const money = parquet.reduce((sum, row) => sum + Number(row['money']), 0);
  assert.ok(Math.abs(money - top.money!) < 1e-6);
  const one = page.items[0]!.key['client_id']!;
  const found = entityAnswerSchema.parse(
    await entity(world.serving, model, one, {
      language: 'en',
      by: 'ana',
      role: 'viewer',
      scope: {},
    }),
  );
  assert.equal(found.segment?.id, top.id);
  await assert.rejects(
    entity(world.serving, model, 'nobody', {
      language: 'en',
      by: 'ana',
      role: 'viewer',
      scope: {},
    }),
    { code: 'UNKNOWN_KEY' },
  );
  const ids = answer.segments.map(({ id }) => id).toSorted();
  await world.train('client-kinds', { force: true, seed: 7 });
  await scoreModel(world.serving, model, effects);
  const again = await segments(world.serving, model, { language: 'pt', role: 'viewer' });
  assert.deepEqual(again.segments.map(({ id }) => id).toSorted(), ids);
  assert.ok(again.migration.every(({ from, to }) => from === to));
});

test('every model is described by the contract', async () => {
  const described = await describeModels(world.serving, {});
  for (const one of described) modelSchema.parse(one);
  assert.deepEqual(await missingForService(world.serving), []);
  assert.deepEqual(await describeModels(world.serving, { home_id: ['h1'] }), [
    described.find(({ name }) => name === 'home-price'),
  ]);
});

test('a damaged champion is answered for by the one before, which says so', async () => {
  const report = await world.train('home-price', { force: true, seed: 5 });
  assert.equal(report.state, 'promoted');
  const [version] = await listVersions(world.house, 'home-price');
  const { hash } = version!;
  const file = join(world.house.workspace.stateFolder, 'artifacts', hash.slice(0, 2), hash);
  const bytes = await readFile(file);
  bytes[bytes.length - 1]! ^= 1;
  await writeFile(file, bytes);
  await assert.rejects(readArtifact(world.house, 'home-price', version!.version), {
    code: 'ARTIFACT_DAMAGED',
  });
  await world.house.state.notify('promotions', 'home-price');
  const { provenance } = await price(home);
  assert.deepEqual([provenance.rung, provenance.version], ['previous', 2]);
  assert.deepEqual(world.logged, ['a version cannot be served']);
});
