// The 3,003 short series of the M3 competition forecast by `auto`, beside a global booster.
import { m3 } from '../competitions.mjs';
import { row } from '../harness.mjs';
import { intervalRows, MSIS, panelsMeasured, PEER, simulated } from '../panels.mjs';

export const asks =
  "How good are automatic forecasts of the M3 competition's series, how honest their intervals, and how long do all of them take?";

const SERIES = 3003;

export async function answer({ small }) {
  const found = await panelsMeasured(panels(small), small);
  const rows = [];
  const whole = { smape: 0, mase: 0, msis: 0, count: 0, seconds: 0, cpuSeconds: 0 };
  const peer = { smape: 0, mase: 0, seconds: 0 };
  for (const [name, { own, other, length }] of Object.entries(found)) {
    const what = `${name}, ${length} series, auto`;
    const beside = (key) => (other === undefined ? {} : { peer: PEER, peerValue: other[key] });
    rows.push(
      row(`${what}: sMAPE`, '%', own.smape, 'lower', beside('smape')),
      row(`${what}: MASE`, '×', own.mase, 'lower', beside('mase')),
      row(`${what}: CPU`, 's', own.cpuSeconds, 'lower', beside('seconds')),
      ...intervalRows(what, own.intervals),
    );
    whole.count += length;
    whole.seconds += own.seconds;
    whole.cpuSeconds += own.cpuSeconds;
    whole.msis += length * (own.intervals.at(-1)?.msis ?? NaN);
    for (const key of ['smape', 'mase']) {
      whole[key] += length * own[key];
      peer[key] += length * (other?.[key] ?? NaN);
    }
    peer.seconds += other?.seconds ?? NaN;
  }
  return whole.count === SERIES ? [...rows, ...wholeRows(whole, peer)] : rows;
}

function wholeRows({ count, smape, mase, msis, seconds, cpuSeconds }, peer) {
  const what = 'M3, all 3,003 series, auto';
  const beside = (value) => (Number.isNaN(value) ? {} : { peer: PEER, peerValue: value });
  return [
    row(`${what}: sMAPE`, '%', smape / count, 'lower', {
      ...beside(peer.smape / count),
      must: 12.5,
      aim: 12.2,
    }),
    row(`${what}: MASE`, '×', mase / count, 'lower', {
      ...beside(peer.mase / count),
      must: 1.35,
      aim: 1.32,
    }),
    row(`${what}: MSIS at 95 %`, '×', msis / count, 'lower', MSIS),
    row(`${what}: wall time`, 'min', seconds / 60, 'lower', { must: 10, aim: 1 }),
    row(`${what}: CPU`, 's', cpuSeconds, 'lower', {
      peer: 'statsforecast, median of four models, seen before',
      peerValue: 1940,
    }),
  ];
}

/** Each frequency is a panel of its own; in a test a few series of the short ones. */
function panels(small) {
  const groups = m3();
  if (groups === undefined) return simulated();
  return Object.fromEntries(
    Object.entries(groups)
      .filter(([name]) => !small || name === 'yearly' || name === 'quarterly')
      .map(([name, all]) => {
        const series = small ? all.slice(0, 12) : all;
        return [`M3 ${name}`, { series, period: all[0].period, scale: all[0].period }];
      }),
  );
}
