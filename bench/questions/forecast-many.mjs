// A hundred thousand weekly series, each forecast by itself in a process of its own.
import { join } from 'node:path';
import { top } from '../../scripts/common.mjs';
import { askPeerOf } from '../ask-peer.mjs';
import { row, watch } from '../harness.mjs';
import { HORIZON, PERIOD, WEEKS, weeklyValues } from '../weekly.mjs';

export const asks =
  'How long does it take to forecast a hundred thousand weekly series of two years, each by itself, and how much memory?';

const PEER = 'statsforecast, one thread, by a sample';
const SAMPLE = 200;
const KINDS = ['theta', 'mstl', 'ets'];

export async function answer({ small }) {
  const count = small ? 300 : 100_000;
  const other = small ? null : peerOf();
  const rows = [];
  for (const kind of small ? ['theta'] : KINDS) {
    const script = join(top, 'bench', 'forecast-many-run.mjs');
    const done = await watch(process.execPath, [script, `${count}`, kind]);
    if (done.status !== 0) throw new Error(`forecasting ${count} series failed: ${done.output}`);
    const { known, cpuSeconds } = JSON.parse(done.output);
    const what = `${count} weekly series of 104 points, seasonal ${kind}`;
    const ms = other?.[kind].weekly.ms;
    const beside = ms === undefined ? {} : { peer: PEER, peerValue: ms };
    rows.push(
      row(`${what}: time`, 'min', done.seconds / 60, 'lower', { must: 30, aim: 8 }),
      row(`${what}: CPU a series`, 'ms', (1000 * cpuSeconds) / count, 'lower', beside),
      row(`${what}: peak memory`, 'MB', done.peakMb, 'lower', { must: 1500 }),
      row(`${what}: forecasts made`, 'share', known / count / HORIZON, 'higher', { must: 1 }),
    );
  }
  return rows;
}

/** The first of the same series: processor time a series by kind. */
function peerOf() {
  const values = weeklyValues(SAMPLE);
  const weekly = Array.from({ length: SAMPLE }, (_, i) => {
    const all = [...values.subarray(i * WEEKS, (i + 1) * WEEKS)];
    return { period: PERIOD, train: all, horizon: HORIZON };
  });
  const given = { models: KINDS, groups: { weekly } };
  return askPeerOf('forecast_local', 'statsforecast', given, { threads: 1 });
}
