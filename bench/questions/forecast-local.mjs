// One short series forecast from itself: the M3 and M4 competitions beside statsforecast.
import { seeded } from '../../learn/dist/src/index.js';
import { accuracy, forecastAll, m3, m4 } from '../competitions.mjs';
import { askPeerOf } from '../ask-peer.mjs';
import { row } from '../harness.mjs';

export const asks =
  'How near are forecasts of one short series, and what processor time do they take a series?';

const PEER = 'statsforecast';
const plain = (kind) => ({ kind, params: {} });
const SHOWN = { ets: 'ETS', theta: 'dynamic optimised theta', ces: 'CES', arima: 'ARIMA' };

export async function answer({ small }) {
  const groups = m3() ?? simulated();
  const rows = [];
  if (!small) rows.push(...(await whole(groups)));
  rows.push(...(await sampled(groups, small)));
  rows.push(...(await weeklyAndHourly(small)));
  return rows;
}

/** All series; what takes the other library minutes is beside as it was seen before. */
async function whole(groups) {
  const bounds = {
    theta: { smape: 12.53, mase: 1.352 },
    ets: { smape: 12.84, mase: 1.382 },
    ces: { smape: 13.83, mase: 1.514 },
    etsTheta: { smape: 12.42, mase: 1.338 },
    scum: { smape: 12.33, mase: 1.337 },
  };
  const names = { ...SHOWN, etsTheta: 'mean of ETS and theta', scum: 'median of the four' };
  const others = peerOf(['theta', 'ces'], groups);
  const rows = [];
  for (const [kind, seen] of Object.entries(bounds)) {
    const measured = {};
    for (const [name, list] of Object.entries(groups)) {
      const { out, ms } = await forecastAll(list, plain(kind));
      measured[name] = { ...accuracy(list, out), ms };
    }
    const own = meanOver(groups, measured);
    const other = others?.[kind] && meanOver(groups, others[kind]);
    const beside = (key) =>
      other
        ? { peer: PEER, peerValue: other[key] }
        : { peer: `${PEER}, seen before`, peerValue: seen[key] };
    const what = `M3, all ${own.count} series, ${names[kind]}`;
    rows.push(
      row(`${what}: sMAPE`, '%', own.smape, 'lower', beside('smape')),
      row(`${what}: MASE`, '×', own.mase, 'lower', beside('mase')),
      row(`${what}: CPU a series`, 'ms', own.ms, 'lower', other ? beside('ms') : {}),
    );
  }
  return rows;
}

/** Over series, from means by group. */
function meanOver(groups, measured) {
  const total = { smape: 0, mase: 0, ms: 0, count: 0 };
  for (const [name, list] of Object.entries(groups)) {
    total.count += list.length;
    for (const key of ['smape', 'mase', 'ms']) total[key] += list.length * measured[name][key];
  }
  const { count, smape, mase, ms } = total;
  return { count, smape: smape / count, mase: mase / count, ms: ms / count };
}

/** A seeded sample of each frequency, both sides on the same series. */
async function sampled(groups, small) {
  const rng = seeded(7);
  const size = small ? 6 : 60;
  const picked = {};
  for (const frequency of ['yearly', 'quarterly', 'monthly'])
    picked[frequency] = groups[frequency]
      .map((series) => ({ series, at: rng.next() }))
      .sort((a, b) => a.at - b.at)
      .slice(0, size)
      .map(({ series }) => series);
  const peer = small ? null : peerOf(Object.keys(SHOWN), picked);
  const rows = [];
  for (const [kind, name] of Object.entries(SHOWN))
    for (const [frequency, list] of Object.entries(picked)) {
      // The first fits of a process pay for its compiler.
      await forecastAll(groups[frequency].slice(0, small ? 4 : 60), plain(kind));
      const { out, ms } = await forecastAll(list, plain(kind));
      const { smape, mase } = accuracy(list, out);
      const other = peer?.[kind][frequency];
      const beside = (value) => (other === undefined ? {} : { peer: PEER, peerValue: value });
      const judged = kind === 'ets' || kind === 'theta';
      const what = `M3 sample, ${list.length} ${frequency}, ${name}`;
      rows.push(
        row(`${what}: sMAPE`, '%', smape, 'lower', beside(other?.smape)),
        row(`${what}: MASE`, '×', mase, 'lower', beside(other?.mase)),
        row(`${what}: CPU a series`, 'ms', ms, 'lower', beside(other?.ms)),
        ...(judged && other ? [ratioRow(what, ms / other.ms)] : []),
      );
    }
  return rows;
}

const ratioRow = (what, ratio) =>
  row(`${what}: CPU ÷ ${PEER}'s`, '×', ratio, 'lower', { must: 1, aim: 0.5 });

async function weeklyAndHourly(small) {
  const rows = [];
  const three = { members: ['ets', 'theta', 'ces'].map(plain), how: 'median' };
  const hourly = { kind: 'mstl', params: { periods: [24, 168] } };
  for (const [name, period, told, what, recipe, naive2, limits] of [
    [
      'Weekly',
      1,
      52,
      'median of three',
      { kind: 'combination', params: three },
      [9.161, 2.777],
      [0.92],
    ],
    ['Weekly', 1, 52, 'median of four', plain('scum'), [9.161, 2.777], [0.751]],
    ['Hourly', 24, 24, 'MSTL', hourly, [18.383, 2.395], [0.605]],
  ]) {
    const all = m4(name, period);
    if (all === undefined) continue;
    const list = small ? all.slice(0, 3) : all;
    const { out, ms } = await forecastAll(list, recipe, told);
    const { smape, mase } = accuracy(list, out);
    const owa = (smape / naive2[0] + mase / naive2[1]) / 2;
    const beside = { peer: 'seen before', peerValue: limits[0] };
    rows.push(
      row(
        `M4 ${name.toLowerCase()}, ${list.length} series, ${what}: OWA`,
        '×',
        owa,
        'lower',
        beside,
      ),
      row(`M4 ${name.toLowerCase()}, ${what}: CPU a series`, 'ms', ms, 'lower'),
    );
  }
  return rows;
}

const peerOf = (models, groups) =>
  askPeerOf('forecast_local', 'statsforecast', { models, groups }, { threads: 1 });

/**
 * Where the competition's series are absent: walks with trend and season, told as such by count.
 */
function simulated() {
  const rng = seeded(3);
  const make = (period, length, horizon) =>
    Array.from({ length: 12 }, (_, i) => {
      let level = 100;
      const values = Array.from({ length: length + horizon }, (__, t) => {
        level *= Math.exp(0.03 * rng.normal());
        return level * (1 + 0.2 * Math.sin((2 * Math.PI * t) / period));
      });
      const train = values.slice(0, length);
      return { key: `simulated ${i}`, period, train, test: values.slice(length) };
    });
  return { yearly: make(1, 24, 6), quarterly: make(4, 48, 8), monthly: make(12, 84, 18) };
}
