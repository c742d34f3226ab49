// The weekly and hourly series of the M4 competition forecast by `auto`, beside a global booster.
import { m4 } from '../competitions.mjs';
import { row } from '../harness.mjs';
import { intervalRows, MSIS, panelsMeasured, PEER, simulated } from '../panels.mjs';

export const asks =
  "How good are automatic forecasts of the M4 competition's weekly and hourly series, how honest their intervals, and what do they take?";

// The competition's own benchmark, Naive2: sMAPE and MASE, by which errors are divided.
const FREQUENCIES = {
  weekly: { naive2: [9.161, 2.777], must: 0.8, aim: 0.739 },
  hourly: { naive2: [18.383, 2.395], must: 0.46, aim: 0.41 },
};

export async function answer({ small }) {
  const found = await panelsMeasured(small ? simulated() : panels(), small);
  return Object.entries(found).flatMap(([name, { own, other, length }]) => {
    const what = `M4 ${name}, ${length} series, auto`;
    const beside = (value) => (other === undefined ? {} : { peer: PEER, peerValue: value });
    return [
      ...(name in FREQUENCIES ? [owaRow(what, own, other, FREQUENCIES[name])] : []),
      row(`${what}: sMAPE`, '%', own.smape, 'lower', beside(other?.smape)),
      row(`${what}: MASE`, '×', own.mase, 'lower', beside(other?.mase)),
      row(`${what}: CPU`, 's', own.cpuSeconds, 'lower', beside(other?.seconds)),
      row(`${what}: wall time`, 's', own.seconds, 'lower'),
      ...intervalRows(what, own.intervals, MSIS),
    ];
  });
}

function owaRow(what, own, other, { naive2: [smape, mase], must, aim }) {
  const owa = (one) => (one.smape / smape + one.mase / mase) / 2;
  const beside = other === undefined ? {} : { peer: PEER, peerValue: owa(other) };
  return row(`${what}: OWA`, '×', owa(own), 'lower', { ...beside, must, aim });
}

function panels() {
  const weekly = m4('Weekly', 1);
  const hourly = m4('Hourly', 24);
  if (weekly === undefined || hourly === undefined)
    throw new Error("the M4 competition's series are absent; set TINO_DATA to their folder");
  return {
    weekly: { series: weekly, period: 52, scale: 1 },
    hourly: { series: hourly, period: 24, scale: 24, periods: [24, 168] },
  };
}
