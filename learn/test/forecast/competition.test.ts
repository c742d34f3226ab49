import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import { forecasterOf, seeded, seriesSet } from '../../src/index.js';
import { findSeasonality, seasonalIndices } from '../../src/forecast/local/decompose.js';
import { dataFolder, missing, readRows } from './real-data.js';

interface Series {
  key: string;
  train: number[];
  test: number[];
  period: number;
}

type Forecasts = (series: Series) => ArrayLike<number>;

/**
 * By series, then over series: sMAPE of 200 and MASE by the seasonal naive error of the training.
 */
function accuracy(list: readonly Series[], of: Forecasts): { smape: number; mase: number } {
  let smape = 0;
  let mase = 0;
  for (const one of list) {
    const { test: actual, train, period } = one;
    const ahead = of(one);
    let relative = 0;
    let absolute = 0;
    actual.forEach((value, h) => {
      relative += (200 * Math.abs(value - ahead[h]!)) / (Math.abs(value) + Math.abs(ahead[h]!));
      absolute += Math.abs(value - ahead[h]!);
    });
    let naive = 0;
    for (let t = period; t < train.length; t++) naive += Math.abs(train[t]! - train[t - period]!);
    smape += relative / actual.length / list.length;
    mase += ((absolute / actual.length) * (train.length - period)) / naive / list.length;
  }
  return { smape, mase };
}

/** Forecasts of one kind for all series, one fit a series. */
async function forecastsOf(list: readonly Series[], kind: string, params = {}): Promise<Forecasts> {
  const all = list.map(({ key, train }) => ({ key, start: 0, values: train }));
  const set = seriesSet(all, list[0]!.period);
  const model = await forecasterOf({ kind, params }).fit(set, { rng: seeded(1) });
  const horizon = list[0]!.test.length;
  const out = new Float64Array(list.length * horizon);
  model.forecast(set, horizon, out);
  const place = new Map(list.map(({ key }, i) => [key, i]));
  return ({ key }) => out.subarray(place.get(key)! * horizon, (place.get(key)! + 1) * horizon);
}

const m4 = (name: string) => `m4_hourly_weekly/${name}.csv.gz`;

function readM4(name: 'Weekly' | 'Hourly', period: number): Series[] {
  const rows = (file: string) =>
    gunzipSync(readFileSync(join(dataFolder, m4(file))))
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').map((cell) => cell.replaceAll('"', '').trim()))
      .map(([key, ...cells]) => ({ key: key!, values: cells.filter(Boolean).map(Number) }));
  const tests = new Map(rows(`${name}-test`).map(({ key, values }) => [key, values]));
  return rows(`${name}-train`).map(({ key, values }) => ({
    key,
    train: values,
    test: tests.get(key)!,
    period,
  }));
}

const told = ({ smape, mase }: { smape: number; mase: number }) => [
  smape.toFixed(3),
  mase.toFixed(3),
];

/**
 * The naive forecast of the seasonally adjusted series, the measure of the competition. Its season
 * is multiplicative always, where this engine takes an additive one when an index comes near zero.
 */
const naive2: Forecasts = ({ train, test: actual, period }) => {
  const values = Float64Array.from(train);
  const last = values.length - 1;
  if (findSeasonality(values, period) === undefined) return actual.map(() => values[last]!);
  const { indices } = seasonalIndices(values, period, 'multiplicative');
  const adjusted = values[last]! / indices[last % period]!;
  return actual.map((_, h) => adjusted * indices[(values.length + h) % period]!);
};

test(
  'M4, weekly: naive forecasts measure 9.161 and 2.777, as published; the two-model mean is better',
  { skip: missing(m4('Weekly-train')) },
  async () => {
    const list = readM4('Weekly', 1);
    assert.deepEqual(told(accuracy(list, await forecastsOf(list, 'naive'))), ['9.161', '2.777']);
    assert.deepEqual(told(accuracy(list, naive2)), ['9.161', '2.777']);
    const { smape, mase } = accuracy(list, await forecastsOf(list, 'etsTheta'));
    const owa = (smape / 9.161 + mase / 2.777) / 2;
    assert.ok(owa < 0.95, `${owa}`);
  },
);

test(
  'M4, hourly: seasonal naive and Naive2 measure what was published',
  { skip: missing(m4('Hourly-train')) },
  async () => {
    const list = readM4('Hourly', 24);
    const seasonal = accuracy(list, await forecastsOf(list, 'seasonalNaive'));
    assert.deepEqual(told(seasonal), ['13.912', '1.193']);
    assert.deepEqual(told(accuracy(list, naive2)), ['18.383', '2.395']);
    const sample = list.filter((_, i) => i % 40 === 0);
    const params = { periods: [24, 168] };
    const { mase } = accuracy(sample, await forecastsOf(sample, 'mstl', params));
    const plain = accuracy(sample, naive2).mase;
    assert.ok(mase < 0.8 * plain, `${mase} ${plain}`);
  },
);

const m3Series = 'm3/m3_series.csv.gz';
const m3Forecasts = 'm3/m3_method_forecasts.csv.gz';

function readM3(): Map<string, Series[]> {
  const groups = new Map<string, Map<string, Series>>();
  for (const [key, , group, , frequency, , split, , , value] of readRows(m3Series)) {
    const found = groups.get(group!) ?? new Map<string, Series>();
    groups.set(group!, found);
    const one = found.get(key!) ?? { key: key!, train: [], test: [], period: Number(frequency) };
    found.set(key!, one);
    one[split as 'train' | 'test'].push(Number(value));
  }
  return new Map([...groups].map(([group, found]) => [group, [...found.values()]]));
}

test(
  'M3: the published Theta forecasts measure 12.76 and 1.395; ours on every tenth series beat them',
  { skip: missing(m3Series) || missing(m3Forecasts) },
  async () => {
    const groups = readM3();
    const all = [...groups.values()].flat();
    const published = new Map(
      readRows(m3Forecasts)
        .filter(([name]) => name === 'THETA')
        .map(([, key, ...values]) => [key!, values.map(Number)]),
    );
    const winner = accuracy(all, ({ key }) => published.get(key)!);
    assert.deepEqual([winner.smape.toFixed(2), winner.mase.toFixed(3)], ['12.76', '1.395']);
    const totals = { winner: 0, theta: 0, etsTheta: 0, ces: 0 };
    for (const group of groups.values()) {
      const sample = group.filter((_, i) => i % 10 === 5);
      totals.winner += sample.length * accuracy(sample, ({ key }) => published.get(key)!).mase;
      for (const kind of ['theta', 'etsTheta', 'ces'] as const)
        totals[kind] += sample.length * accuracy(sample, await forecastsOf(sample, kind)).mase;
    }
    assert.ok(totals.theta < totals.winner, JSON.stringify(totals));
    assert.ok(totals.etsTheta < totals.winner, JSON.stringify(totals));
    assert.ok(totals.ces < 1.15 * totals.winner, JSON.stringify(totals));
  },
);

test(
  'M3, every tenth series: the standard theta method stays near the published forecasts',
  { skip: missing(m3Series) || missing(m3Forecasts) },
  async () => {
    const published = new Map(
      readRows(m3Forecasts)
        .filter(([name]) => name === 'THETA')
        .map(([, key, ...values]) => [key!, values.map(Number)]),
    );
    const apart: number[] = [];
    for (const group of readM3().values()) {
      const sample = group.filter((_, i) => i % 10 === 5);
      const own = await forecastsOf(sample, 'theta', { dynamic: false, theta: 2 });
      for (const one of sample)
        apart.push(Math.abs(own(one)[0]! / published.get(one.key)![0]! - 1));
    }
    apart.sort((a, b) => a - b);
    const median = apart[apart.length >> 1]!;
    assert.ok(median < 0.01, `half of the first forecasts are more than ${median} apart`);
  },
);
