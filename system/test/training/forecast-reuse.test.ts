import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { packVersion } from '../../src/training/package.js';
import type { ForecastReport } from '../../src/training/tasks/forecast/report.js';
import type { TestHouse } from '../features/house.js';
import { openKitchen, openSeries, replaceFiles, salesRows, train } from './decision-worlds.js';

type Training = Awaited<ReturnType<typeof train>>;

const bytesOf = ({ trained }: Training) => Buffer.from(packVersion(trained.package));

async function reportOf(house: TestHouse, { run }: Training): Promise<ForecastReport> {
  const [row] = await house.state.query<{ hash: string }>(
    `SELECT hash FROM run_artifacts WHERE run = $1 AND name = 'report.json'`,
    [run.id],
  );
  return JSON.parse(new TextDecoder().decode(await house.artifacts.get(row!.hash)));
}

const cacheOf = (house: TestHouse) => join(house.workspace.stateFolder, 'cache');

/** Trains with nothing to take over: no search of before, no local part. */
async function trainAnew(house: TestHouse, name: string, { trained }: Training): Promise<Training> {
  await rm(cacheOf(house), { recursive: true });
  const artifacts = join(house.workspace.stateFolder, 'artifacts');
  for (const { hash, kind } of trained.members ?? [])
    if (kind === 'local') await rm(join(artifacts, hash.slice(0, 2), hash), { force: true });
  return train(house, name);
}

test('series without new data are not fitted again, and the version is what a new fit gives', async () => {
  const house = await openSeries();
  const first = await train(house, 'revenue');
  const { reuse: before } = await reportOf(house, first);
  assert.equal(before.series, 0);
  assert.equal(before.global.reused, 0);
  // One product's newest sale is corrected; another is sold in a month that is not over.
  const path = 'data/sales.csv';
  const text = await readFile(join(house.workspace.folder, path), 'utf8');
  const corrected = text.replace(/^(1,1,2025-12-31),.*$/m, '$1,2500.00');
  assert.notEqual(corrected, text);
  house.clock.now = new Date('2026-01-03T12:00:00Z');
  await replaceFiles(house, { [path]: corrected });
  house.clock.now = new Date('2026-01-06T12:00:00Z');
  await replaceFiles(house, { [path]: `${corrected.trimEnd()}\n1,2,2026-01-05,10.00\n` });
  const second = await train(house, 'revenue');
  const { reuse, members } = await reportOf(house, second);
  // What was known at the origins is what it was: the search fits nothing.
  assert.deepEqual(reuse.global, { reused: before.global.made, made: 0 });
  const fittedAgain = reuse.parts.of - reuse.parts.kept;
  assert.ok(fittedAgain <= 1, `${fittedAgain} parts were fitted again`);
  assert.equal(reuse.series, members.length - fittedAgain);
  assert.ok(!bytesOf(second).equals(bytesOf(first)));
  const anew = await trainAnew(house, 'revenue', second);
  assert.equal((await reportOf(house, anew)).reuse.series, 0);
  assert.ok(bytesOf(anew).equals(bytesOf(second)));
  await house.close();
});

test('a new month leaves the fits of older origins as they were, with the bytes of a new search', async () => {
  const house = await openSeries(47);
  const first = await train(house, 'revenue');
  const { global: before } = (await reportOf(house, first)).reuse;
  const rows = salesRows(48).map((row) => row.join(','));
  await replaceFiles(house, {
    'data/sales.csv': ['shop_id,product_id,sold_on,revenue', ...rows].join('\n'),
  });
  const second = await train(house, 'revenue');
  const { global } = (await reportOf(house, second)).reuse;
  assert.ok(global.reused > 0 && global.reused + global.made === before.made);
  assert.ok(bytesOf(await trainAnew(house, 'revenue', second)).equals(bytesOf(second)));
  await house.close();
});

test('a series that nobody bought since keeps its part, however much time went by', async () => {
  const house = await openKitchen();
  const first = await train(house, 'material-price');
  const path = 'data/materials.csv';
  const text = await readFile(join(house.workspace.folder, path), 'utf8');
  await replaceFiles(house, { [path]: `${text.trimEnd()}\nflour,2026-07-20,19.9\n` });
  house.clock.now = new Date('2026-07-28T12:00:00Z');
  const second = await train(house, 'material-price');
  const hashOf = ({ trained }: Training, name: string) =>
    trained.members!.find(({ key }) => key.includes(name))!.hash;
  assert.equal(hashOf(second, 'salt'), hashOf(first, 'salt'));
  assert.ok(bytesOf(await trainAnew(house, 'material-price', second)).equals(bytesOf(second)));
  await house.close();
});

test('a damaged memory is made again', async () => {
  const house = await openKitchen();
  const first = await train(house, 'material-price');
  const file = join(cacheOf(house), 'forecast', 'material-price.tino');
  await writeFile(file, (await readFile(file)).subarray(0, 1000));
  const warnings: string[] = [];
  house.log.warn = (message) => warnings.push(message);
  const again = await train(house, 'material-price');
  assert.equal(warnings.length, 1);
  assert.ok(bytesOf(again).equals(bytesOf(first)));
  await house.close();
});
