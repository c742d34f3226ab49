// How good are predictions of tables without tuning, and with a peer's settings?
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auto, boosting, kFold, metricOf, seeded, takeRows } from '@tino/learn';
import { askPeer, hasPeer } from '../ask-peer.mjs';
import { row } from '../harness.mjs';
import { sampleOf, tables, writeTable } from '../tables.mjs';

export const asks =
  'Without tuning, and with the same settings, how good are predictions of tables beside LightGBM, XGBoost, CatBoost and scikit-learn on the same folds?';

const MINUTES = 1;
const THREADS = 2;
const PEERS = ['LightGBM', 'XGBoost', 'CatBoost', 'scikit-learn'];

/** What is asked of each table; of kddcup one fold of five is tested, of the others all. */
const questions = [
  {
    table: 'california',
    metric: 'rmse',
    says: 'California houses, RMSE, 5 folds',
    unit: '100,000 US$',
    limits: { must: 0.444, aim: 0.435 },
  },
  {
    table: 'adult',
    metric: 'rocAuc',
    says: 'Adult census, AUC, 5 folds',
    unit: 'AUC',
    limits: { must: 0.9285, aim: 0.93 },
    // CatBoost's defaults take minutes a fold here: .9292 in 220 CPU-seconds where it was tried.
    peers: PEERS.filter((peer) => peer !== 'CatBoost'),
  },
  {
    table: 'kddcup',
    metric: 'logLoss',
    says: 'kddcup99, 23 classes, log loss, 1 fold of 5',
    unit: 'nats',
    limits: { must: 0.01, aim: 0.0016 },
    tested: 1,
    large: true,
    // CatBoost's default of 1,000 rounds takes hours on 23 classes.
    peers: ['LightGBM', 'XGBoost'],
    search: false,
  },
  {
    table: 'higgs',
    metric: 'rocAuc',
    says: 'Higgs sample, AUC, 5 folds',
    unit: 'AUC',
    limits: {},
    peers: ['LightGBM', 'XGBoost'],
  },
  {
    table: 'simulated',
    metric: 'rmse',
    says: 'simulated table, RMSE, 5 folds',
    unit: 'units of y',
    limits: {},
    peers: ['LightGBM', 'XGBoost'],
    search: false,
  },
];

/** Rounds and trees as in LightGBM's defaults, for both sides. */
const shared = {
  rounds: 100,
  learningRate: 0.1,
  leaves: 31,
  minDataInLeaf: 20,
  minHessianInLeaf: 1e-3,
  l2: 0,
  bins: 255,
  rowSample: 1,
  columnSample: 1,
  earlyStoppingRounds: 0,
};

export async function answer({ small }) {
  const folder = mkdtempSync(join(tmpdir(), 'tino-tabular-'));
  const rows = [];
  try {
    for (const question of questions) {
      // Half a million lines are read in seconds, which a test has not.
      const whole = small && question.large ? null : tables[question.table]();
      if (whole === null) continue;
      const table = small ? sampleOf(whole, 400) : whole;
      rows.push(...(await judged(question, table, { folder, small })));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return rows;
}

async function judged(question, table, { folder, small }) {
  const { metric, says, unit, limits, tested = 5, search = true } = question;
  const folds = foldsOf(table, tested);
  const better = metricOf(metric).better;
  const settings = objectiveOf(table);
  const usual = await crossValidated(table, folds, metric, () =>
    boosting({ ...settings, ...(small && { rounds: 10 }) }),
  );
  const same = await crossValidated(table, folds, metric, () =>
    boosting({ ...settings, ...shared, ...(small && { rounds: 10 }) }),
  );
  const peers = small ? {} : peersOf(folder, question, table, folds);
  const beside = (peer, key) =>
    peers[peer] === undefined ? {} : { peer, peerValue: peers[peer][key] };
  const known = PEERS.filter((peer) => peers[peer] !== undefined);
  const rows = [
    row(`${says}, defaults`, unit, usual.score, better, {
      ...beside(known[0], 'score'),
      ...limits,
    }),
    ...known
      .slice(1)
      .map((peer) => row(`${says}, defaults`, unit, usual.score, better, beside(peer, 'score'))),
    row(`${says}, CPU of all fits`, 's', usual.cpu, 'lower', {
      ...beside(known[0], 'cpu'),
      ...(question.table === 'adult' && { aim: 10 }),
    }),
    ...known
      .slice(1)
      .map((peer) => row(`${says}, CPU of all fits`, 's', usual.cpu, 'lower', beside(peer, 'cpu'))),
    row(`${says}, the settings of LightGBM's defaults`, unit, same.score, better),
  ];
  const twin = peers['LightGBM, same settings'];
  // Those settings break down on 23 unbalanced classes, where there is nothing to be equal to.
  if (twin !== undefined && table.classes === 2) {
    const sign = better === 'lower' ? 1 : -1;
    const worse = (100 * sign * (same.score - twin.score)) / Math.abs(twin.score);
    rows.push(
      row(`${says}, same settings: worse than LightGBM by`, '%', worse, 'lower', {
        peer: 'LightGBM, its score',
        peerValue: twin.score,
        must: 0.5,
        aim: 0,
      }),
    );
  }
  if (search) rows.push(...(await searched(question, table, { folds, small })));
  return rows;
}

/** The search has a clock of its own: so many minutes for all folds. */
async function searched({ says, metric, unit }, table, { folds, small }) {
  const { task, classes } = table;
  const found = await crossValidated(
    table,
    folds,
    metric,
    () =>
      auto({
        task,
        classes,
        metric,
        ...(small && { folds: 2, repeats: 1, candidates: [{ kind: 'boosting', params: tiny }] }),
      }),
    (MINUTES * 60_000) / folds.length,
  );
  const { better } = metricOf(metric);
  return [
    row(`${says}, auto in ${MINUTES} minutes`, unit, found.score, better),
    row(`${says}, auto, CPU`, 's', found.cpu, 'lower'),
  ];
}

const tiny = { rounds: 10, leaves: 4 };

const objectiveOf = ({ task, classes }) =>
  task === 'regress'
    ? {}
    : classes === 2
      ? { objective: 'logistic' }
      : { objective: 'softmax', classes };

const foldsOf = ({ x, y, task }, tested) =>
  kFold(x.rows, {
    folds: 5,
    rng: seeded('folds'),
    ...(task === 'classify' && { stratify: y }),
  }).slice(0, tested);

/** The metric on all tested rows together, and CPU seconds of fits and predictions. */
async function crossValidated({ x, y, classes }, folds, metric, make, budgetMs = Infinity) {
  const outputs = classes > 2 ? classes : 1;
  const said = [];
  const actual = [];
  const before = process.cpuUsage();
  for (const { train, test } of folds) {
    const until = performance.now() + budgetMs;
    const model = await make().fit(
      { x: takeRows(x, train), y: Float64Array.from(train, (r) => y[r]) },
      {
        rng: seeded(1),
        stop: {
          get stopped() {
            return performance.now() >= until;
          },
        },
      },
    );
    const out = new Float64Array(test.length * outputs);
    model.predict(takeRows(x, test), out);
    for (const value of out) said.push(value);
    for (const r of test) actual.push(y[r]);
  }
  const { user, system } = process.cpuUsage(before);
  return {
    score: metricOf(metric).of(actual, said, undefined, classes),
    cpu: (user + system) / 1e6,
  };
}

/** Peers on the same rows and folds; without Python and LightGBM there are none. */
function peersOf(folder, { table: name, metric, peers = PEERS }, table, folds) {
  if (!hasPeer('lightgbm')) return {};
  const foldOf = new Float64Array(table.x.rows).fill(-1);
  folds.forEach(({ test }, f) => test.forEach((r) => (foldOf[r] = f)));
  const path = join(folder, name);
  writeTable(path, table, foldOf);
  return askPeer('tabular', [JSON.stringify({ path, metric, peers, threads: THREADS })]);
}
