// Whether the direction of ingredient prices can be called: two towns, twelve foods, by rolling origin.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  backtest,
  brierOf,
  forecasterOf,
  learnDirections,
  scoreDirections,
  seeded,
  seriesSet,
  wayOf,
} from '../../learn/dist/src/index.js';
import { top } from '../../scripts/common.mjs';
import { quantile, row } from '../harness.mjs';

export const asks =
  'How often is the direction of monthly ingredient prices called, and how often rightly?';

const FILE = join('cesta_basica_bahia', 'precos_mensais.csv.gz');
const DEAD_BAND = { kind: 'percent', value: 2 };
const WARM_UP = 24;
const DRAWS = 400;

export async function answer({ small }) {
  const set = small ? simulated() : real();
  if (set === null) return [];
  const rows = [];
  for (const months of small ? [1] : [1, 3]) {
    const started = process.cpuUsage();
    const plan = { horizon: months, origins: small ? 40 : 120, step: 1, refitEvery: 12 };
    const recipe = {
      kind: 'global',
      params: { rounds: small ? 10 : 60, leaves: 8, minDataInLeaf: 20, learningRate: 0.08 },
    };
    const effects = { rng: seeded(1) };
    const test = await backtest(forecasterOf(recipe), set, plan, effects);
    const options = { step: months - 1, deadBand: DEAD_BAND, multiplicative: true };
    const { past } = learnDirections(test, set, options);
    const { user, system } = process.cpuUsage(started);
    const judged = past.filter(({ origin }) => origin >= WARM_UP);
    const naive = await backtest(
      forecasterOf({ kind: 'seasonalNaive', params: {} }),
      set,
      plan,
      effects,
    );
    const references = {
      'seasonal naive': ({ series, origin }) => {
        const cell = series * naive.origins.length + origin;
        const later = naive.predicted[cell * months + months - 1];
        return wayOf(naive.current[cell], later, DEAD_BAND);
      },
      'no change': () => 'flat',
    };
    rows.push(...rowsOf(judged, references, months, (user + system) / 1e6));
  }
  return rows;
}

function rowsOf(judged, references, months, seconds) {
  const scores = scoreDirections(judged);
  const label = `${months} ${months === 1 ? 'month' : 'months'} ahead, band 2 %`;
  const called = judged.filter((one) => one.called !== null);
  const rows = [
    row(`${label}: share called`, 'share', scores.calls / scores.directions, 'higher'),
    row(`${label}: CPU of backtest and calibration`, 's', seconds, 'lower'),
  ];
  for (const [name, wayOfReference] of Object.entries(references)) {
    const sure = (one) => ({ up: 0, flat: 0, down: 0, [wayOfReference(one)]: 1 });
    const brier =
      judged.reduce((sum, one) => sum + brierOf(sure(one), one.happened), 0) / judged.length;
    const gain = (cases) =>
      share(cases, (one) => one.called === one.happened) -
      share(cases, (one) => wayOfReference(one) === one.happened);
    if (called.length > 0) {
      rows.push(
        row(`${label}: accuracy of calls made`, 'share', scores.hits / scores.calls, 'higher', {
          peer: name,
          peerValue: share(called, (one) => wayOfReference(one) === one.happened),
        }),
      );
      const [low, high] = interval(called, gain);
      rows.push(
        row(`${label}: accuracy gained over ${name}, low end of 95 %`, 'share', low, 'higher', {
          must: 0,
        }),
        row(`${label}: accuracy gained over ${name}, high end of 95 %`, 'share', high, 'higher'),
      );
    }
    rows.push(
      row(`${label}: Brier score`, '', scores.brier, 'lower', { peer: name, peerValue: brier }),
    );
  }
  rows.push(
    row(`${label}: Brier score`, '', scores.brier, 'lower', {
      peer: 'frequencies of the past',
      peerValue: scores.brierClimate,
    }),
  );
  return rows;
}

const share = (cases, of) => cases.filter(of).length / cases.length;

/** Whole months are drawn again, for prices of one month move together. */
function interval(cases, of) {
  const rng = seeded(7);
  const byOrigin = [...new Set(cases.map(({ origin }) => origin))].map((o) =>
    cases.filter(({ origin }) => origin === o),
  );
  const draws = Array.from({ length: DRAWS }, () =>
    of(byOrigin.flatMap(() => byOrigin[rng.below(byOrigin.length)])),
  );
  return [quantile(draws, 0.025), quantile(draws, 0.975)];
}

function real() {
  const folder = process.env.TINO_DATA ?? join(top, '..', 'shared', 'data');
  const file = join(folder, FILE);
  if (!existsSync(file)) return null;
  const series = new Map();
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n').slice(1);
  for (const [date, town, food, price] of lines.map((line) => line.split(','))) {
    // The basket is the sum of the foods.
    if (food === 'cesta_basica') continue;
    const key = `${town}/${food}`;
    const month = (Number(date.slice(0, 4)) - 2005) * 12 + Number(date.slice(5, 7)) - 1;
    if (!series.has(key)) series.set(key, []);
    series.get(key)[month] = Number(price);
  }
  return seriesSet(
    [...series].map(([key, values]) => ({ key, start: 0, values })),
    12,
  );
}

function simulated() {
  const rng = seeded(3);
  const list = Array.from({ length: 4 }, (_, i) => {
    let level = 10;
    const values = Array.from({ length: 100 }, (__, t) => {
      level *= Math.exp(0.02 * rng.normal());
      return level * (1 + 0.15 * Math.sin((2 * Math.PI * (t + 3 * i)) / 12));
    });
    return { key: `food ${i}`, start: 0, values };
  });
  return seriesSet(list, 12);
}
