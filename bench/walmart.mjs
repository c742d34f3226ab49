// Walmart's weekly sales by store and department beside the repository, and how its folds are judged.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { categoryColumn, frame, numberColumn, seeded, seriesSet } from '../learn/dist/src/index.js';
import { folder } from './competitions.mjs';

const DAY = 86_400_000;
const dayOf = (date) => Date.parse(`${date}T00:00:00Z`) / DAY;
const FIRST = dayOf('2010-02-05');
const WEEKS = 143;
const file = (name) => join(folder, 'walmart_weekly', name);
const rowsOf = (name) =>
  gunzipSync(readFileSync(file(name)))
    .toString('utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

/** Every store × department: values by week (NaN unknown), holidays; undefined without the file. */
export function walmart() {
  if (!existsSync(file('train.csv.gz'))) return undefined;
  const values = new Map();
  const holiday = new Uint8Array(WEEKS);
  for (const [store, department, date, sales, isHoliday] of rowsOf('train.csv.gz')) {
    const week = (dayOf(date) - FIRST) / 7;
    const key = `${store}/${department}`;
    if (!values.has(key)) values.set(key, new Float64Array(WEEKS).fill(NaN));
    values.get(key)[week] = Number(sales);
    if (isHoliday.toLowerCase() === 'true') holiday[week] = 1;
  }
  const stores = new Map(
    rowsOf('stores.csv.gz').map(([store, type, size]) => [store, { type, size: Number(size) }]),
  );
  return { values, holiday, stores };
}

/** Two departments of each of three stores over as many weeks, for a test. */
export function simulatedStores() {
  const rng = seeded(5);
  const values = new Map();
  const stores = new Map();
  for (let s = 1; s <= 3; s++) {
    stores.set(`${s}`, { type: s % 2 === 0 ? 'A' : 'B', size: 100 * s });
    for (const department of ['1', '2']) {
      const size = 100 * s * Math.exp(rng.normal() / 2);
      const season = (week) => 1 + 0.3 * Math.sin((2 * Math.PI * week) / 52);
      const sold = (_, week) => size * season(week) * Math.exp(0.1 * rng.normal());
      values.set(`${s}/${department}`, Float64Array.from({ length: WEEKS }, sold));
    }
  }
  const holiday = Uint8Array.from({ length: WEEKS }, (_, week) => Number(week % 52 === 42));
  return { values, holiday, stores };
}

/** Ten folds of two months from March 2011, each after all that came before: [from, to) in weeks. */
export const folds = Array.from({ length: 10 }, (_, fold) => {
  const weekOf = (months) => {
    const date = new Date(Date.UTC(2011, 2 + months, 1)).getTime() / DAY;
    return Math.min(WEEKS, Math.ceil((date - FIRST) / 7));
  };
  return [weekOf(2 * fold), weekOf(2 * fold + 2)];
});

/** What was known before week `end`, with the calendar of the weeks to come and attributes. */
export function knownBefore({ values, holiday, stores }, end) {
  const keys = [...values.keys()].filter((key) =>
    values
      .get(key)
      .subarray(0, end)
      .some((value) => !Number.isNaN(value)),
  );
  const set = seriesSet(
    keys.map((key) => ({ key, start: 0, values: values.get(key).subarray(0, end) })),
    52,
  );
  const parts = keys.map((key) => key.split('/'));
  const statics = frame([
    categoryColumn(
      'store',
      parts.map(([store]) => store),
    ),
    categoryColumn(
      'department',
      parts.map(([, department]) => department),
    ),
    categoryColumn(
      'type',
      parts.map(([store]) => stores.get(store).type),
    ),
    numberColumn(
      'size',
      parts.map(([store]) => stores.get(store).size),
    ),
  ]);
  const covariates = {
    names: ['holiday', 'days_to_christmas'],
    kinds: ['known', 'known'],
    at: (_, week, covariate) => (covariate === 0 ? (holiday[week] ?? 0) : christmas[week]),
  };
  return { ...set, statics, covariates };
}

/**
 * Days from the end of a week to the nearest 25 December when it is near enough that no other feast
 * lies between, else 99.
 */
function daysToChristmas(week) {
  const end = FIRST + 7 * week;
  const year = new Date(end * DAY).getUTCFullYear();
  const days = [year - 1, year].map((one) => dayOf(`${one}-12-25`) - end);
  return days.find((one) => Math.abs(one) <= 24) ?? 99;
}

const christmas = Array.from({ length: 2 * WEEKS }, (_, week) => daysToChristmas(week));

/**
 * Weighted mean absolute error of one fold, holiday weeks five times, as the competition judged;
 * what has no forecast counts as 0 sold.
 */
export function weightedError({ values, holiday }, [from, to], set, ahead) {
  const rowOf = new Map(set.keys.map((key, row) => [key, row]));
  let [sum, total] = [0, 0];
  for (const [key, actual] of values)
    for (let week = from; week < to; week++) {
      if (Number.isNaN(actual[week])) continue;
      const row = rowOf.get(key);
      const said = row === undefined ? NaN : ahead[row * (to - from) + week - from];
      const weight = holiday[week] === 1 ? 5 : 1;
      sum += weight * Math.abs(actual[week] - (Number.isNaN(said) ? 0 : said));
      total += weight;
    }
  return sum / total;
}
