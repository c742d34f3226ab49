// Panels of series forecast by `auto` and by global models: M3, M4, Walmart's stores, many series.
import { join } from 'node:path';
import {
  conformal,
  forecasterOf,
  intervalsOf,
  seeded,
  seriesSet,
} from '../../learn/dist/src/index.js';
import { createPool } from '../../learn/dist/host/node.js';
import { top } from '../../scripts/common.mjs';
import { accuracy, m3, m4 } from '../competitions.mjs';
import { askPeerOf } from '../ask-peer.mjs';
import { row, watch } from '../harness.mjs';
import { folds, knownBefore, walmart, weightedError } from '../walmart.mjs';

export const asks =
  'How good are forecasts of whole panels, how honest their intervals, and what do they take?';

const PEER = 'mlforecast, LightGBM';
const LEVELS = [0.8, 0.95];
// Published: Naive2 of the competition, by which errors are divided.
const NAIVE2 = { weekly: [9.161, 2.777], hourly: [18.383, 2.395] };

export async function answer({ small }) {
  const pool = small ? undefined : createPool();
  try {
    const rows = [];
    const groups = panels(small);
    const others = small ? null : peerOf(groups);
    rows.push(...(await competitions(groups, others, pool)));
    rows.push(...(await stores(small, pool)));
    rows.push(...(await many(small)));
    return rows;
  } finally {
    await pool?.close();
  }
}

/** By name: series, the period they are told, and the one that errors are scaled by. */
function panels(small) {
  const found = {};
  for (const [name, series] of Object.entries(m3() ?? {}))
    found[`M3 ${name}`] = { series, period: series[0].period, scale: series[0].period };
  const weekly = m4('Weekly', 1);
  if (weekly !== undefined) found['M4 weekly'] = { series: weekly, period: 52, scale: 1 };
  const hourly = m4('Hourly', 24);
  if (hourly !== undefined)
    found['M4 hourly'] = { series: hourly, period: 24, scale: 24, periods: [24, 168] };
  if (!small) return found;
  const few = ['M3 yearly', 'M3 quarterly'].flatMap((name) =>
    found[name] === undefined
      ? []
      : [[name, { ...found[name], series: found[name].series.slice(0, 12) }]],
  );
  return few.length > 0 ? Object.fromEntries(few) : { simulated: simulated() };
}

async function competitions(groups, others, pool) {
  const rows = [];
  const whole = { smape: 0, mase: 0, count: 0, seconds: 0, peer: { smape: 0, mase: 0 } };
  for (const [name, group] of Object.entries(groups)) {
    const own = await measured(group, pool);
    const other = others?.[name];
    const beside = (value) => (other === undefined ? {} : { peer: PEER, peerValue: value });
    const what = `${name}, ${group.series.length} series, auto`;
    if (name.startsWith('M4')) {
      const frequency = name.slice(3);
      const [smape, mase] = NAIVE2[frequency];
      const owa = (one) => (one.smape / smape + one.mase / mase) / 2;
      const limits = frequency === 'weekly' ? { must: 0.8, aim: 0.739 } : { must: 0.46, aim: 0.41 };
      rows.push(
        row(`${what}: OWA`, '×', owa(own), 'lower', {
          ...(other && beside(owa(other))),
          ...limits,
        }),
      );
      rows.push(row(`${what}: time`, 's', own.seconds, 'lower', beside(other?.seconds)));
    } else {
      rows.push(row(`${what}: sMAPE`, '%', own.smape, 'lower', beside(other?.smape)));
      rows.push(row(`${what}: MASE`, '×', own.mase, 'lower', beside(other?.mase)));
      const { length } = group.series;
      whole.count += length;
      whole.seconds += own.seconds;
      for (const key of ['smape', 'mase']) {
        whole[key] += own[key] * length;
        whole.peer[key] += (other?.[key] ?? 0) * length;
      }
    }
    for (const { level, coverage, msis } of own.intervals) {
      const percent = Math.round(100 * level);
      const off = Math.abs(100 * coverage - percent);
      rows.push(
        row(
          `${what}: coverage of ${percent} % intervals, points off (${(100 * coverage).toFixed(1)} %)`,
          'points',
          off,
          'lower',
          { must: 3, aim: 1.5 },
        ),
      );
      if (level === 0.95) rows.push(row(`${what}: MSIS at 95 %`, '×', msis, 'lower'));
    }
  }
  if (whole.count === 3003) {
    const { count, peer } = whole;
    const beside = (key) => (others === null ? {} : { peer: PEER, peerValue: peer[key] / count });
    rows.push(
      row('M3, all 3,003 series, auto: sMAPE', '%', whole.smape / count, 'lower', {
        ...beside('smape'),
        must: 12.5,
        aim: 12.2,
      }),
      row('M3, all 3,003 series, auto: MASE', '×', whole.mase / count, 'lower', {
        ...beside('mase'),
        must: 1.35,
        aim: 1.32,
      }),
      row('M3, all 3,003 series, auto: time', 'min', whole.seconds / 60, 'lower', {
        peer: 'median of four models, CPU, seen before',
        peerValue: 1940 / 60,
        must: 10,
        aim: 1,
      }),
    );
  }
  return rows;
}

/** Accuracy of auto on the test part and of its intervals, which are learned on the training part. */
async function measured({ series, period, scale, periods = null }, pool) {
  const set = seriesSet(
    series.map(({ key, train }) => ({ key, start: 0, values: train })),
    period,
  );
  const horizon = series[0].test.length;
  const started = performance.now();
  const recipe = { kind: 'auto', params: { horizon, periods } };
  const model = await forecasterOf(recipe).fit(set, { rng: seeded(1), ...(pool && { pool }) });
  const out = new Float64Array(series.length * horizon);
  model.forecast(set, horizon, out);
  const seconds = (performance.now() - started) / 1000;
  const calibrated = conformal(model.heldOut, { levels: LEVELS });
  const intervals = LEVELS.map((level) => ({ level, inside: 0, points: 0, score: 0 }));
  series.forEach(({ key, train, test }, i) => {
    let naive = 0;
    for (let t = scale; t < train.length; t++) naive += Math.abs(train[t] - train[t - scale]);
    naive /= train.length - scale;
    const floor = Math.min(...train) >= 0 ? 0 : -Infinity;
    const point = out.subarray(i * horizon, (i + 1) * horizon);
    intervalsOf(calibrated, key, point, { floor }).forEach(({ lower, upper, level }, l) => {
      if (lower === undefined) return;
      test.forEach((value, h) => {
        const [low, high] = [lower[h], upper[h]];
        const missed = Math.max(low - value, value - high, 0);
        intervals[l].inside += missed === 0 ? 1 : 0;
        intervals[l].score += (high - low + (2 / (1 - level)) * missed) / naive;
        intervals[l].points++;
      });
    });
  });
  return {
    ...accuracy(
      series.map((one) => ({ ...one, period: scale })),
      out,
    ),
    seconds,
    intervals: intervals
      .filter(({ points }) => points > 0)
      .map(({ level, inside, points, score }) => ({
        level,
        coverage: inside / points,
        msis: score / points,
      })),
  };
}

/** Ten folds of two months: seasonal differences learned by size and by change, joined by their mean. */
async function stores(small, pool) {
  const data = small ? undefined : walmart();
  if (data === undefined) return [];
  const errors = { own: [], naive: [] };
  const started = performance.now();
  for (const [from, to] of folds) {
    const set = knownBefore(data, from);
    for (const [name, recipe] of [
      ['own', storesRecipe(to - from)],
      ['naive', { kind: 'seasonalNaive', params: {} }],
    ]) {
      const model = await forecasterOf(recipe).fit(set, { rng: seeded(1), ...(pool && { pool }) });
      const ahead = new Float64Array(set.keys.length * (to - from));
      model.forecast(set, to - from, ahead);
      errors[name].push(weightedError(data, [from, to], set, ahead));
    }
  }
  const mean = (list) => list.reduce((sum, one) => sum + one, 0) / list.length;
  const what = `Walmart, ${data.values.size} weekly series, ten folds`;
  return [
    row(`${what}, mean of two global models: WMAE`, '$', mean(errors.own), 'lower', {
      peer: 'mlforecast on the 52-week difference, seen before',
      peerValue: 1617,
      must: 1580,
      aim: 1500,
    }),
    row(`${what}, seasonal naive: WMAE`, '$', mean(errors.naive), 'lower'),
    row(`${what}: time`, 's', (performance.now() - started) / 1000, 'lower'),
  ];
}

function storesRecipe(horizon) {
  const shared = {
    aligned: 'days_to_christmas',
    anchor: 'season',
    block: horizon,
    lags: [1, 2, 3, 4, 5, 6, 7, 8],
    windows: [4, 8, 13],
    rounds: 200,
    columnSample: 0.6,
    rowSample: 0.7,
  };
  const member = (params) => ({ kind: 'global', params: { ...shared, ...params } });
  return {
    kind: 'combination',
    params: {
      members: [
        member({ objective: 'absolute', rounds: 300, leaves: 31 }),
        member({ objective: 'huber', scale: 'change' }),
      ],
      how: 'mean',
    },
  };
}

/** Each series by itself, in a process of its own. */
async function many(small) {
  const count = small ? 300 : 100_000;
  const rows = [];
  for (const kind of small ? ['theta'] : ['theta', 'mstl']) {
    const script = join(top, 'bench', 'forecast-many.mjs');
    const { status, output, seconds, peakMb } = await watch(process.execPath, [
      script,
      `${count}`,
      kind,
      '13',
    ]);
    if (status !== 0) throw new Error(`forecasting ${count} series failed: ${output}`);
    const { known } = JSON.parse(output);
    const what = `${count} weekly series of 104 points, seasonal ${kind}`;
    rows.push(
      row(`${what}: time`, 'min', seconds / 60, 'lower', { must: 30, aim: 8 }),
      row(`${what}: peak memory`, 'MB', peakMb, 'lower', { must: 1500 }),
      row(`${what}: forecasts made`, 'share', known / count / 13, 'higher', { must: 1 }),
    );
  }
  return rows;
}

const peerOf = (groups) => askPeerOf('forecast', 'mlforecast, lightgbm', groups, { threads: 1 });

/** Where the competitions' series are absent. */
function simulated() {
  const rng = seeded(3);
  const series = Array.from({ length: 12 }, (_, i) => {
    let level = 100;
    const values = Array.from({ length: 56 }, (__, t) => {
      level *= Math.exp(0.03 * rng.normal());
      return level * (1 + 0.2 * Math.sin((2 * Math.PI * t) / 4));
    });
    return { key: `simulated ${i}`, period: 4, train: values.slice(0, 48), test: values.slice(48) };
  });
  return { series, period: 4, scale: 4 };
}
