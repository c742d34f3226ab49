import assert from 'node:assert/strict';
import test from 'node:test';
import { forecasterOf, seeded, seriesSet } from '../../src/index.js';
import { missing, readRows } from './real-data.js';

const seriesFile = 'm3/m3_series.csv.gz';
const forecastsFile = 'm3/m3_method_forecasts.csv.gz';

interface Series {
  key: string;
  train: number[];
  test: number[];
  frequency: number;
}

function readSeries(period: string): Series[] {
  const found = new Map<string, Series>();
  for (const [key, , group, , frequency, , split, , , value] of readRows(seriesFile)) {
    if (group !== period) continue;
    const series = found.get(key!) ?? {
      key: key!,
      train: [],
      test: [],
      frequency: Number(frequency),
    };
    found.set(key!, series);
    series[split as 'train' | 'test'].push(Number(value));
  }
  return [...found.values()];
}

/** Mean over all points of 200 |a − f| ÷ (|a| + |f|), as the competition counted. */
function smape(series: readonly Series[], forecast: (series: Series, h: number) => number): number {
  let sum = 0;
  let count = 0;
  for (const one of series)
    for (const [h, actual] of one.test.entries()) {
      const ahead = forecast(one, h);
      sum += (200 * Math.abs(actual - ahead)) / (Math.abs(actual) + Math.abs(ahead));
      count++;
    }
  return sum / count;
}

async function smapeOf(kind: string, series: Series[]): Promise<number> {
  const list = series.map(({ key, train }) => ({ key, start: 0, values: train }));
  const set = seriesSet(list, series[0]!.frequency);
  const model = await forecasterOf({ kind, params: {} }).fit(set, { rng: seeded(1) });
  const horizon = series[0]!.test.length;
  const out = new Float64Array(series.length * horizon);
  model.forecast(set, horizon, out);
  const place = new Map(series.map(({ key }, i) => [key, i]));
  return smape(series, ({ key }, h) => out[place.get(key)! * horizon + h]!);
}

function published(method: string): Map<string, number[]> {
  const rows = readRows(forecastsFile).filter(([name]) => name === method);
  return new Map(rows.map(([, key, ...values]) => [key!, values.map(Number)]));
}

test(
  'M3, monthly: theta is as accurate as the method that won, exponential smoothing is close',
  {
    skip: missing(seriesFile) || missing(forecastsFile),
  },
  async () => {
    const series = readSeries('MONTHLY');
    const winner = published('THETA');
    const won = smape(series, ({ key }, h) => winner.get(key)![h]!);
    const theta = await smapeOf('theta', series);
    assert.ok(theta <= 1.02 * won, `theta ${theta.toFixed(2)}, the winner ${won.toFixed(2)}`);
    const sample = series.filter((_, i) => i % 6 === 0);
    const wonSample = smape(sample, ({ key }, h) => winner.get(key)![h]!);
    const ets = await smapeOf('ets', sample);
    assert.ok(ets <= 1.05 * wonSample, `ets ${ets.toFixed(2)}, the winner ${wonSample.toFixed(2)}`);
  },
);

test(
  'M3, yearly: the naive forecast is the published one, and theta beats it',
  {
    skip: missing(seriesFile) || missing(forecastsFile),
  },
  async () => {
    const series = readSeries('YEARLY');
    const official = published('NAIVE2');
    const naive = await smapeOf('seasonalNaive', series);
    assert.ok(Math.abs(naive - smape(series, ({ key }, h) => official.get(key)![h]!)) < 0.001);
    assert.ok((await smapeOf('theta', series)) < 16.3);
  },
);
