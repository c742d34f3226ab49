// Gradient boosting on large tables: time with binning, memory and accuracy, beside four others.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { top } from '../../scripts/common.mjs';
import { writeTable } from '../boosting/data.mjs';
import { askPeer, hasPeer } from '../ask-peer.mjs';
import { row } from '../harness.mjs';

export const asks =
  'How long does gradient boosting take, binning included, how much memory, and how good is the model, with the same settings as LightGBM, XGBoost and scikit-learn, two threads?';

const libraries = ['LightGBM', 'LightGBM quantised', 'XGBoost', 'scikit-learn'];

export async function answer({ small }) {
  const folder = mkdtempSync(join(tmpdir(), 'tino-bench-'));
  const size = small ? 0.002 : 1;
  const settings = { held: small ? 500 : 100_000, rounds: small ? 5 : 100, threads: 2 };
  const peers = !small && hasPeers();
  try {
    const rows = [];
    for (const [shape, count, leavesOf] of [
      ['higgs', 100_000, [31, 255]],
      ['higgs', 1_000_000, [31, 255]],
      ['airline', 1_000_000, [512]],
    ]) {
      const plan = { ...settings, shape, path: join(folder, 'table'), rows: size * count };
      writeTable(plan.path, shape, plan.rows + plan.held);
      for (const leaves of leavesOf) rows.push(...compare({ ...plan, leaves }, peers));
      if (shape === 'higgs' && count === 1_000_000)
        rows.push(...(await threadsAndNeighbours({ ...plan, leaves: 31 })));
    }
    if (!small) rows.push(...tenMillion(folder));
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ours = (plan) =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [join(top, 'bench', 'boosting', 'fit.mjs'), JSON.stringify(plan)],
      { encoding: 'utf8' },
    ),
  );

const theirs = (plan, library) =>
  askPeer('boosting', [JSON.stringify({ ...plan, library })], { threads: plan.threads });

const hasPeers = () => hasPeer('lightgbm, xgboost, sklearn');

const measures = [
  { what: 'training', unit: 's', better: 'lower', of: 'seconds' },
  { what: 'peak memory', unit: 'MB', better: 'lower', of: 'peakMb' },
  { what: 'held-out AUC', unit: 'AUC', better: 'higher', of: 'auc' },
];

/**
 * One table and number of leaves: time beside the fastest peer, memory and accuracy beside LightGBM's, how
 * they compare, then what else the peers have.
 */
function compare(plan, peers) {
  const title = `${plan.shape}-shaped, ${plan.rows} rows, ${plan.leaves} leaves, ${plan.rounds} trees`;
  const own = ours(plan);
  if (!peers)
    return measures.map(({ what, unit, better, of }) =>
      row(`${title}: ${what}`, unit, own[of], better),
    );
  const found = libraries.map((name) => ({ name, ...theirs(plan, name) }));
  const [lightgbm, quantised] = found;
  const fastest = found
    .filter((peer) => peer !== quantised)
    .reduce((a, b) => (b.seconds < a.seconds ? b : a));
  const beside = { seconds: fastest, peakMb: lightgbm, auc: lightgbm };
  return [
    ...measures.map(({ what, unit, better, of }) =>
      row(`${title}: ${what}`, unit, own[of], better, {
        peer: beside[of].name,
        peerValue: beside[of][of],
      }),
    ),
    ...ratios(title, own, { fastest, lightgbm, quantised }),
    ...found.flatMap((peer) =>
      measures
        .filter(({ of }) => beside[of] !== peer)
        .map(({ what, unit, better, of }) =>
          row(`${title}: ${what} of ${peer.name}`, unit, peer[of], better),
        ),
    ),
  ];
}

function ratios(title, own, { fastest, lightgbm, quantised }) {
  return [
    row(
      `${title}: time ÷ ${fastest.name}'s, the fastest`,
      'ratio',
      own.seconds / fastest.seconds,
      'lower',
      { must: 1.5, aim: 1 },
    ),
    row(
      `${title}: time ÷ that of LightGBM's quantised mode`,
      'ratio',
      own.seconds / quantised.seconds,
      'lower',
      { aim: 1 },
    ),
    row(`${title}: memory ÷ LightGBM's`, 'ratio', own.peakMb / lightgbm.peakMb, 'lower', {
      must: 1,
      aim: 0.6,
    }),
    row(`${title}: AUC − LightGBM's`, 'AUC', own.auc - lightgbm.auc, 'higher', {
      must: -0.005 * lightgbm.auc,
      aim: 0,
    }),
  ];
}

/** One thread against two, and both cores kept busy by somebody else. */
async function threadsAndNeighbours(plan) {
  const two = ours(plan);
  const one = ours({ ...plan, threads: 1 });
  const spin = () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
  const neighbours = [spin(), spin()];
  let crowded;
  try {
    crowded = ours(plan);
  } finally {
    for (const neighbour of neighbours) neighbour.kill();
  }
  const title = `higgs-shaped, ${plan.rows} rows, ${plan.leaves} leaves`;
  return [
    row(`${title}: two threads ÷ one`, 'ratio', two.seconds / one.seconds, 'lower', {
      must: 0.65,
      aim: 0.55,
    }),
    row(
      `${title}: with two busy neighbours ÷ alone`,
      'ratio',
      crowded.seconds / two.seconds,
      'lower',
      { must: 3, aim: 2.2 },
    ),
  ];
}

function tenMillion(folder) {
  const path = join(folder, 'table');
  const plan = { shape: 'higgs', path, rows: 10_000_000, held: 100_000 };
  writeTable(path, 'higgs', plan.rows + plan.held);
  const { seconds, peakMb, auc } = ours({ ...plan, leaves: 31, rounds: 20, threads: 2 });
  const title = 'higgs-shaped, 10,000,000 rows, 31 leaves, 20 trees';
  return [
    row(`${title}: training`, 's', seconds, 'lower'),
    row(`${title}: peak memory`, 'MB', peakMb, 'lower', { must: 6144 }),
    row(`${title}: held-out AUC`, 'AUC', auc, 'higher'),
  ];
}
