// Walmart's weekly sales of 45 stores × 81 departments, forecast two months ahead, ten times.
import { createPool } from '../../learn/dist/host/node.js';
import { forecasterOf, seeded } from '../../learn/dist/src/index.js';
import { askPeerOf } from '../ask-peer.mjs';
import { row } from '../harness.mjs';
import { folds, knownBefore, simulatedStores, walmart, weightedError } from '../walmart.mjs';

export const asks =
  'How far off are automatic forecasts of every department of a chain over ten folds of two months, holiday weeks counting five times?';

const PEER = 'mlforecast on the 52-week difference';
const mean = (list) => list.reduce((sum, one) => sum + one, 0) / list.length;

export async function answer({ small }) {
  const data = small ? simulatedStores() : walmart();
  if (data === undefined) throw new Error("Walmart's weeks are absent; set TINO_DATA");
  const pool = small ? undefined : createPool();
  try {
    return await measured(data, small ? folds.slice(5, 6) : folds, pool);
  } finally {
    await pool?.close();
  }
}

async function measured(data, tried, pool) {
  const known = tried.map(([from]) => knownBefore(data, from));
  const other = pool && peerOf(data, tried, known);
  const errors = { auto: [], seasonalNaive: [], peer: [] };
  const started = performance.now();
  for (const [f, [from, to]] of tried.entries()) {
    const set = known[f];
    const judge = (ahead) => weightedError(data, [from, to], set, ahead);
    for (const recipe of [
      // All choices are made on windows held out before the fold.
      { kind: 'auto', params: { horizon: to - from, aligned: 'days_to_christmas' } },
      { kind: 'seasonalNaive', params: {} },
    ]) {
      const model = await forecasterOf(recipe).fit(set, { rng: seeded(1), ...(pool && { pool }) });
      const ahead = new Float64Array(set.keys.length * (to - from));
      model.forecast(set, to - from, ahead);
      errors[recipe.kind].push(judge(ahead));
    }
    if (other) errors.peer.push(judge(other.folds[f]));
  }
  const seconds = (performance.now() - started) / 1000;
  const what = `${data.values.size} weekly series`;
  const beside = (value) => (other ? { peer: PEER, peerValue: value } : {});
  return [
    row(`${what}, mean of ${tried.length} folds, auto: WMAE`, '$', mean(errors.auto), 'lower', {
      ...(other && beside(mean(errors.peer))),
      must: 1580,
      aim: 1500,
    }),
    row(`${what}, seasonal naive: WMAE`, '$', mean(errors.seasonalNaive), 'lower'),
    ...tried.map(([from, to], f) =>
      row(`weeks ${from} to ${to - 1}, auto: WMAE`, '$', errors.auto[f], 'lower', {
        peer: 'seasonal naive',
        peerValue: errors.seasonalNaive[f],
      }),
    ),
    row(`${what}, all folds: time`, 's', seconds, 'lower', beside(other?.seconds)),
  ];
}

/** What mlforecast says of each fold, where it is installed. */
function peerOf({ values, holiday }, tried, known) {
  const given = tried.map(([from, to], f) => ({
    keys: known[f].keys,
    values: known[f].keys.map((key) => [...values.get(key).subarray(0, from)]),
    holidays: [...holiday.subarray(0, to)],
  }));
  return askPeerOf('forecast_stores', 'mlforecast, lightgbm', { folds: given }, { threads: 1 });
}
