// The series of the M3 and M4 competitions beside the repository, and how the competitions judged.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { forecasterOf, seeded, seriesSet } from '../learn/dist/src/index.js';
import { top } from '../scripts/common.mjs';

export const folder = process.env.TINO_DATA ?? join(top, '..', 'shared', 'data');
const rowsOf = (file) =>
  gunzipSync(readFileSync(join(folder, file)))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map((cell) => cell.replaceAll('"', '').trim()));

/** Series by frequency, each `{ key, period, train, test }`; undefined when the file is absent. */
export function m3() {
  const file = 'm3/m3_series.csv.gz';
  if (!existsSync(join(folder, file))) return undefined;
  const groups = {};
  const found = new Map();
  for (const [key, , group, , frequency, , split, , , value] of rowsOf(file)) {
    if (!found.has(key)) {
      found.set(key, { key, period: Number(frequency), train: [], test: [] });
      (groups[group.toLowerCase()] ??= []).push(found.get(key));
    }
    found.get(key)[split].push(Number(value));
  }
  return groups;
}

/** @param name Weekly or Hourly */
export function m4(name, period) {
  const file = (part) => `m4_hourly_weekly/${name}-${part}.csv.gz`;
  if (!existsSync(join(folder, file('train')))) return undefined;
  const read = (part) =>
    rowsOf(file(part)).map(([key, ...cells]) => [key, cells.filter(Boolean).map(Number)]);
  const tests = new Map(read('test'));
  return read('train').map(([key, train]) => ({ key, period, train, test: tests.get(key) }));
}

/** sMAPE of 200 and MASE, by series and then over series. */
export function accuracy(list, ahead) {
  let smape = 0;
  let mase = 0;
  list.forEach(({ train, test, period }, i) => {
    let relative = 0;
    let absolute = 0;
    test.forEach((value, h) => {
      const forecast = ahead[i * test.length + h];
      relative += (200 * Math.abs(value - forecast)) / (Math.abs(value) + Math.abs(forecast));
      absolute += Math.abs(value - forecast);
    });
    let naive = 0;
    for (let t = period; t < train.length; t++) naive += Math.abs(train[t] - train[t - period]);
    smape += relative / test.length / list.length;
    mase += ((absolute / test.length) * (train.length - period)) / naive / list.length;
  });
  return { smape, mase };
}

/**
 * Fits and forecasts each series by itself: series × horizon, and CPU milliseconds a series.
 * @param period that the method is told, by default the one that errors are scaled by
 */
export async function forecastAll(list, recipe, period = list[0].period) {
  const set = seriesSet(
    list.map(({ key, train }) => ({ key, start: 0, values: train })),
    period,
  );
  const out = new Float64Array(list.length * list[0].test.length);
  const before = process.cpuUsage();
  const model = await forecasterOf(recipe).fit(set, { rng: seeded(1) });
  model.forecast(set, list[0].test.length, out);
  const { user, system } = process.cpuUsage(before);
  return { out, ms: (user + system) / 1000 / list.length };
}
