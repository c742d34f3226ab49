// One model of trees, scored and explained here and by others: the same trees through LightGBM's text.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boosting, frame, numberColumn, seeded, toLightGbm } from '@tino/learn';
import { filesUnder } from '../../scripts/common.mjs';
import { packLearn } from '../../scripts/pack-learn.mjs';
import { askPeer, hasPeer } from '../ask-peer.mjs';
import { median, row } from '../harness.mjs';

export const asks =
  'What do a prediction and its reasons cost, by 100 trees of 31 leaves over 28 columns, on one thread?';

const COLUMNS = 28;
const LEAVES = 31;

export async function answer({ small }) {
  const rounds = small ? 10 : 100;
  const sizes = small
    ? { train: 2000, score: 1000, explain: 50 }
    : { train: 50_000, score: 50_000, explain: 1000 };
  const { x, y } = rowsOf(sizes.train, 'train');
  const settings = { objective: 'logistic', rounds, leaves: LEAVES };
  const model = await boosting(settings).fit({ x, y }, { rng: seeded(1) });
  const fresh = rowsOf(sizes.score, 'fresh');
  const ours = measure(model, fresh.x, sizes.explain);
  const peer = peersOf(model, fresh, { rounds, explained: sizes.explain });
  const beside = (name, value) => (peer ? { peer: name, peerValue: value } : {});
  const rows = [
    row(`batch of ${sizes.score} rows`, 'µs CPU a row', ours.batch, 'lower', {
      must: 2,
      aim: 0.8,
      ...beside('LightGBM', peer?.lightgbmBatch),
    }),
    row('one new row a call', 'µs CPU', ours.one, 'lower', {
      must: 6,
      aim: 2.5,
      ...beside('LightGBM, C API by ctypes', peer?.lightgbmOne),
    }),
    row('reasons that sum (TreeSHAP)', 'µs CPU a row', ours.explain, 'lower', {
      ...(peer && { must: peer.lightgbmExplain, aim: 0.3 * peer.lightgbmExplain }),
      ...beside('LightGBM pred_contrib', peer?.lightgbmExplain),
    }),
    ...packageRows(small ? 1 : 9),
  ];
  if (!peer) return rows;
  rows.push(
    row(
      'one new row a call, beside Python',
      'µs CPU',
      ours.one,
      'lower',
      beside('LightGBM from Python', peer.lightgbmPython),
    ),
    row(
      'largest difference of a prediction to LightGBM on the same trees',
      'probability',
      largest(ours.said, peer.said),
      'lower',
      { must: 1e-12 },
    ),
    row('largest difference of a reason', 'log-odds', differenceOfReasons(ours, peer), 'lower', {
      must: 1e-9,
    }),
  );
  for (const [name, value] of [
    ['XGBoost, its own trees', peer.xgboostBatch],
    ['treelite, compiled', peer.treeliteBatch],
  ])
    if (value !== null)
      rows.push(
        row(
          `batch of ${sizes.score} rows, beside ${name}`,
          'µs CPU a row',
          ours.batch,
          'lower',
          beside(name, value),
        ),
      );
  return rows;
}

/** Numbers that matter alone, in pairs and not at all; a column in four has holes. */
function rowsOf(count, seed) {
  const rng = seeded(seed);
  const values = Array.from({ length: COLUMNS }, (_, c) =>
    Float64Array.from({ length: count }, () =>
      c % 4 === 3 && rng.next() < 0.1 ? NaN : rng.normal(),
    ),
  );
  const at = (c, i) => values[c][i] || 0;
  const y = Float64Array.from({ length: count }, (_, i) => {
    let score = 0;
    for (let c = 0; c < 12; c++)
      score += (0.6 - 0.05 * c) * at(c, i) * (c % 3 === 0 ? at(c + 12, i) : 1);
    return rng.next() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
  });
  return { x: frame(values.map((column, c) => numberColumn(`x${c}`, column))), y, values };
}

function measure(model, x, explained) {
  const said = new Float64Array(x.rows);
  const batch = least(() => model.predict(x, said), x.rows, 7);
  const one = { row: new Float64Array(COLUMNS), out: new Float64Array(1) };
  const rows = Math.min(x.rows, 20_000);
  const each = least(
    () => {
      for (let i = 0; i < rows; i++) {
        for (let c = 0; c < COLUMNS; c++) one.row[c] = x.columns[c].values[i];
        model.predictRow(one.row, one.out);
      }
    },
    rows,
    7,
  );
  const part = frame(
    x.columns.map((column) => ({ ...column, values: column.values.slice(0, explained) })),
  );
  let reasons;
  const explain = least(() => (reasons = model.explainRows(part)), explained, 5);
  return { batch, one: each, explain, said, reasons };
}

/** Least CPU microseconds a row of several tries: the machine may be shared. */
function least(work, count, times) {
  let best = Infinity;
  for (let i = 0; i < times; i++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / count);
  }
  return best;
}

/** The same trees elsewhere; null where there is no Python with LightGBM. */
function peersOf(model, { values, y, x }, { rounds, explained }) {
  if (!hasPeer('lightgbm')) return null;
  const folder = mkdtempSync(join(tmpdir(), 'tino-scoring-'));
  try {
    const rows = new Float64Array(x.rows * COLUMNS);
    values.forEach((column, c) => column.forEach((value, i) => (rows[i * COLUMNS + c] = value)));
    writeFileSync(join(folder, 'rows.f64'), rows);
    writeFileSync(join(folder, 'labels.u8'), Uint8Array.from(y));
    writeFileSync(join(folder, 'model.txt'), toLightGbm(model));
    writeFileSync(
      join(folder, 'about.json'),
      JSON.stringify({ columns: COLUMNS, rounds, leaves: LEAVES, explained }),
    );
    const said = askPeer('scoring', [folder]);
    const doubles = (name) =>
      new Float64Array(new Uint8Array(readFileSync(join(folder, name))).buffer);
    return {
      ...said,
      said: doubles('said.f64'),
      contributions: doubles('contributions.f64'),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const largest = (ours, theirs) =>
  ours.reduce((most, value, i) => Math.max(most, Math.abs(value - theirs[i])), 0);

/** LightGBM appends the expected value to a row's contributions. */
function differenceOfReasons({ reasons: { base, contributions } }, { contributions: theirs }) {
  const wide = theirs.map((_, i) => {
    const c = i % (COLUMNS + 1);
    return c === COLUMNS ? base[0] : contributions[Math.floor(i / (COLUMNS + 1)) * COLUMNS + c];
  });
  return largest(wide, theirs);
}

/** What `npm pack` would hold, and how long its import takes in a process of its own. */
function packageRows(times) {
  const place = mkdtempSync(join(tmpdir(), 'tino-pack-'));
  const folder = join(place, 'node_modules', '@tino', 'learn');
  try {
    packLearn(folder);
    const bytes = [...filesUnder(folder, () => true)].reduce(
      (sum, file) => sum + statSync(file).size,
      0,
    );
    const code =
      "const t = performance.now(); await import('@tino/learn'); console.log(performance.now() - t)";
    const run = () =>
      Number(
        execFileSync(process.execPath, ['--input-type=module', '-e', code], {
          cwd: place,
          encoding: 'utf8',
        }),
      );
    return [
      row('learn as a package, unpacked', 'MB', bytes / 2 ** 20, 'lower', { must: 2 }),
      row('import of that package', 'ms', median(Array.from({ length: times }, run)), 'lower', {
        must: 60,
      }),
    ];
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
