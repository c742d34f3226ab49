// Whole panels forecast by `auto`, with intervals learned from the training part alone.
import {
  conformal,
  forecasterOf,
  intervalsOf,
  seeded,
  seriesSet,
} from '../learn/dist/src/index.js';
import { createPool } from '../learn/dist/host/node.js';
import { accuracy } from './competitions.mjs';
import { askPeerOf } from './ask-peer.mjs';
import { row } from './harness.mjs';

const LEVELS = [0.8, 0.95];

/**
 * Panels are `{ name: { series, period, scale, periods } }`: the period that forecasters are told,
 * the one that errors are scaled by, and all seasons where there are several. By name: how many series,
 * accuracy and seconds of our own, and of mlforecast where it is installed.
 */
export async function panelsMeasured(groups, small) {
  const pool = small ? undefined : createPool();
  try {
    const others = small ? null : peerOf(groups);
    const found = {};
    for (const [name, group] of Object.entries(groups))
      found[name] = {
        length: group.series.length,
        own: await measured(group, pool),
        other: others?.[name],
      };
    return found;
  } finally {
    await pool?.close();
  }
}

export const PEER = 'mlforecast, LightGBM';
const peerOf = (groups) => askPeerOf('forecast', 'mlforecast, lightgbm', groups, { threads: 1 });

/** Accuracy of auto on the test part and of its intervals, which are learned on the training part. */
async function measured({ series, period, scale, periods = null }, pool) {
  const set = seriesSet(
    series.map(({ key, train }) => ({ key, start: 0, values: train })),
    period,
  );
  const horizon = series[0].test.length;
  const before = process.cpuUsage();
  const started = performance.now();
  const recipe = { kind: 'auto', params: { horizon, periods } };
  const model = await forecasterOf(recipe).fit(set, { rng: seeded(1), ...(pool && { pool }) });
  const out = new Float64Array(series.length * horizon);
  model.forecast(set, horizon, out);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  const scaled = series.map((one) => ({ ...one, period: scale }));
  return {
    ...accuracy(scaled, out),
    seconds,
    cpuSeconds: (user + system) / 1e6,
    intervals: intervalsMeasured(conformal(model.heldOut, { levels: LEVELS }), scaled, out),
  };
}

/** By level: share of actual values inside, and the mean scaled interval score of M4. */
function intervalsMeasured(calibrated, series, out) {
  const sums = LEVELS.map((level) => ({ level, inside: 0, points: 0, score: 0 }));
  series.forEach(({ key, train, test, period }, i) => {
    let naive = 0;
    for (let t = period; t < train.length; t++) naive += Math.abs(train[t] - train[t - period]);
    naive /= train.length - period;
    const floor = Math.min(...train) >= 0 ? 0 : -Infinity;
    const point = out.subarray(i * test.length, (i + 1) * test.length);
    intervalsOf(calibrated, key, point, { floor }).forEach(({ lower, upper, level }, l) => {
      if (lower === undefined) return;
      test.forEach((value, h) => {
        const [low, high] = [lower[h], upper[h]];
        const missed = Math.max(low - value, value - high, 0);
        sums[l].inside += missed === 0 ? 1 : 0;
        sums[l].score += (high - low + (2 / (1 - level)) * missed) / naive;
        sums[l].points++;
      });
    });
  });
  return sums
    .filter(({ points }) => points > 0)
    .map(({ level, inside, points, score }) => ({
      level,
      coverage: inside / points,
      msis: score / points,
    }));
}

/** What the mean scaled interval score at 95 % must reach: M4's own smoothing had 15.7, its winner 12.2. */
export const MSIS = { must: 15.7, aim: 13 };

/** Rows of the intervals of one panel. */
export const intervalRows = (what, intervals, msisLimits = {}) =>
  intervals.flatMap(({ level, coverage, msis }) => {
    const percent = Math.round(100 * level);
    const seen = `${(100 * coverage).toFixed(1)} %`;
    return [
      row(
        `${what}: coverage of ${percent} % intervals, points off (${seen})`,
        'points',
        Math.abs(100 * coverage - percent),
        'lower',
        { must: 3, aim: 1.5 },
      ),
      ...(level === 0.95 ? [row(`${what}: MSIS at 95 %`, '×', msis, 'lower', msisLimits)] : []),
    ];
  });

/** Where the competitions' series are absent. */
export function simulated() {
  const rng = seeded(3);
  const series = Array.from({ length: 12 }, (_, i) => {
    let level = 100;
    const values = Array.from({ length: 56 }, (__, t) => {
      level *= Math.exp(0.03 * rng.normal());
      return level * (1 + 0.2 * Math.sin((2 * Math.PI * t) / 4));
    });
    return { key: `simulated ${i}`, train: values.slice(0, 48), test: values.slice(48) };
  });
  return { simulated: { series, period: 4, scale: 4 } };
}
