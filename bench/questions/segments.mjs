// Customers: clusters, mixtures, density, value, drivers and baskets of the engine, beside Python.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { top } from '../../scripts/common.mjs';
import { askPeer, hasPeer } from '../ask-peer.mjs';
import { median, row } from '../harness.mjs';

const {
  adjustedRand,
  assignStable,
  chooseK,
  fitBgNbd,
  frame,
  hdbscan,
  itemPairs,
  itemSequences,
  kMeans,
  matchLabels,
  mixture,
  numberColumn,
  seeded,
  takeRows,
  totalDrivers,
} = await import(join(top, 'learn', 'dist', 'src', 'index.js'));
const { createPool } = await import(join(top, 'learn', 'dist', 'host', 'node.js'));

export const asks =
  'How fast are clusters, mixtures, densities and customer values, and how stable are segments of a real shop?';

const THREADS = 2;
const data = process.env.TINO_DATA ?? join(top, '..', 'shared', 'data');

export async function answer({ small }) {
  const place = mkdtempSync(join(tmpdir(), 'tino-segments-'));
  const pool = createPool({ threads: THREADS });
  try {
    const sizes = small
      ? { kMeans: 20_000, mixture: 5000, hdbscan: 2000, customers: 20_000 }
      : { kMeans: 1_000_000, mixture: 100_000, hdbscan: 50_000, customers: 1_000_000 };
    const sets = {
      kMeans: cloud(sizes.kMeans, 8, 8, 0.3),
      mixture: cloud(sizes.mixture, 8, 5, 1),
      hdbscan: cloud(sizes.hdbscan, 6, 8, 3),
    };
    for (const [name, { values }] of Object.entries(sets))
      writeFileSync(join(place, `${name}.bin`), values);
    const x = framed(sets.kMeans);
    const begun = await kMeansOf(x, 0, pool)();
    writeFileSync(join(place, 'points.bin'), begun.points(x).values);
    writeFileSync(join(place, 'starts.bin'), begun.centres);
    const peer = small ? null : peerOf(place);
    return [
      ...(await clusterRows(sets, pool, peer)),
      bgNbdRow(sizes.customers),
      ...(await shopRows(small)),
    ];
  } finally {
    await pool.close();
    rmSync(place, { recursive: true, force: true });
  }
}

/** Standard normal points around k centres that lie `apart` deviations from the middle. */
function cloud(rows, dimensions, k, apart) {
  const rng = seeded(rows);
  const centres = Float64Array.from({ length: k * dimensions }, () => apart * rng.normal());
  const values = new Float64Array(rows * dimensions);
  for (let i = 0; i < rows; i++) {
    const centre = rng.below(k);
    for (let d = 0; d < dimensions; d++)
      values[i * dimensions + d] = centres[centre * dimensions + d] + rng.normal();
  }
  return { rows, dimensions, values };
}

const framed = ({ rows, dimensions, values }) =>
  frame(
    Array.from({ length: dimensions }, (_, d) =>
      numberColumn(
        `c${d}`,
        Float64Array.from({ length: rows }, (_, i) => values[i * dimensions + d]),
      ),
    ),
  );

const plain = { winsor: 0, logSkewed: false };
const none = new Float64Array(0);

/** One start of k-means that is over after so many iterations, or before when no label changes. */
const kMeansOf = (x, iterationsMax, pool) => () =>
  kMeans({ k: 8, starts: 1, iterationsMax, ...plain }).fit(
    { x, y: none },
    { rng: seeded(1), pool },
  );

/** Sum of squared distances to the nearest centres. */
function inertiaOf(model, x) {
  const distances = new Float64Array(x.rows * model.k);
  model.distances(x, distances);
  let sum = 0;
  for (let from = 0; from < distances.length; from += model.k)
    sum += Math.min(...distances.subarray(from, from + model.k)) ** 2;
  return sum;
}

async function timed(times, work) {
  const seconds = [];
  let result;
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    result = await work();
    seconds.push((performance.now() - began) / 1000);
  }
  return { seconds: median(seconds), result };
}

async function clusterRows(sets, pool, peer) {
  const beside = (name, limits) => ({
    ...(peer && { peer: 'scikit-learn', peerValue: peer[name] }),
    ...(peer && { must: limits[0] * peer[name], aim: limits[1] * peer[name] }),
  });
  const x = framed(sets.kMeans);
  // The difference of a long and a short run: what one iteration costs, without the way there.
  const short = await timed(3, kMeansOf(x, 5, pool));
  const long = await timed(3, kMeansOf(x, 25, pool));
  // From the same starts, without a tolerance: until no label changes, or for 100 iterations.
  const whole = await timed(3, kMeansOf(x, 100, pool));
  const points = framed(sets.mixture);
  const normal = await timed(3, () =>
    mixture({ k: 5, tolerance: 1e-3, iterationsMax: 100, ...plain }).fit(
      { x: points, y: none },
      { rng: seeded(1), pool },
    ),
  );
  const dense = framed(sets.hdbscan);
  const density = await timed(1, () =>
    hdbscan({ clusterSizeMin: 25, ...plain }).fit({ x: dense, y: none }, { rng: seeded(1) }),
  );
  const { rows } = sets.hdbscan;
  return [
    row(
      `k-means, one iteration, ${sets.kMeans.rows} × 8, k = 8, ${THREADS} threads`,
      's',
      (long.seconds - short.seconds) / 20,
      'lower',
      beside('kMeans', [2, 1]),
    ),
    row(
      `k-means from the same starts, at most 100 iterations, ${sets.kMeans.rows} × 8: the whole fit`,
      's',
      whole.seconds,
      'lower',
      peer ? { peer: 'scikit-learn', peerValue: peer.wholeFit } : {},
    ),
    row(
      'its inertia, in deviations',
      'sum of squares',
      inertiaOf(whole.result, x),
      'lower',
      peer ? { peer: 'scikit-learn', peerValue: peer.inertia } : {},
    ),
    row(
      `mixture of 5 full normals, ${sets.mixture.rows} × 8, ${THREADS} threads`,
      's',
      normal.seconds,
      'lower',
      beside('mixture', [1.5, 1]),
    ),
    row(
      'its mean log-likelihood',
      'nats',
      normal.result.logLikelihood(points) - scaleOf(sets.mixture),
      'higher',
      peer ? { peer: 'scikit-learn', peerValue: peer.logLikelihood } : {},
    ),
    row(
      `HDBSCAN, ${rows} × 6, one thread`,
      's',
      density.seconds,
      'lower',
      beside('hdbscan', [1, 0.5]),
    ),
    row(
      'HDBSCAN: rows of noise',
      'share',
      density.result.labels.filter((label) => label < 0).length / rows,
      'lower',
      peer ? { peer: 'scikit-learn', peerValue: peer.noise } : {},
    ),
  ];
}

/** Log of the volume of a unit of the model's space: its columns are in deviations. */
function scaleOf({ rows, dimensions, values }) {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) {
    let [mean, squares] = [0, 0];
    for (let i = 0; i < rows; i++) mean += values[i * dimensions + d] / rows;
    for (let i = 0; i < rows; i++) squares += (values[i * dimensions + d] - mean) ** 2 / rows;
    sum += Math.log(squares) / 2;
  }
  return sum;
}

/** Customers whose rates and chances to leave differ as exponentials do, over two years of days. */
function bgNbdRow(customers) {
  const rng = seeded(7);
  const columns = ['frequency', 'recency', 'tenure'].map(() => new Float64Array(customers));
  const [frequency, recency, tenure] = columns;
  for (let i = 0; i < customers; i++) {
    const rate = -Math.log(1 - rng.next()) / 60;
    const leave = 1 - (1 - rng.next()) ** (1 / 3);
    tenure[i] = 200 + rng.below(530);
    for (let time = 0; ;) {
      time -= Math.log(1 - rng.next()) / rate;
      if (time > tenure[i]) break;
      frequency[i]++;
      recency[i] = Math.floor(time);
      if (rng.next() < leave) break;
    }
  }
  const began = performance.now();
  fitBgNbd({ frequency, recency, tenure });
  const seconds = (performance.now() - began) / 1000;
  return row(`BG/NBD, ${customers} customers`, 's', seconds, 'lower', { must: 10, aim: 3 });
}

/** Lines of the Online Retail shop that were sold to a known customer; null where it is absent. */
function shopLines() {
  const file = join(data, 'online_retail', 'online_retail.csv.gz');
  if (!existsSync(file)) return null;
  const [, ...lines] = gunzipSync(readFileSync(file)).toString().split(/\r?\n/);
  const codes = () => {
    const known = new Map();
    return (text) => known.get(text) ?? (known.set(text, known.size), known.size - 1);
  };
  const code = { invoice: codes(), item: codes(), customer: codes() };
  const sold = [];
  for (const line of lines) {
    // The description may hold commas, in quotes: the numbers are read from both ends.
    const cells = line.split(',');
    if (cells.length < 8) continue;
    const [customer, price, date, quantity] = [-2, -3, -4, -5].map((at) => cells.at(at));
    const value = Number(quantity) * Number(price);
    if (customer === '' || !(value > 0)) continue;
    sold.push({
      invoice: code.invoice(cells[0]),
      item: code.item(cells[1]),
      customer: code.customer(customer),
      country: cells.at(-1),
      day: Math.floor(Date.parse(`${date.replace(' ', 'T')}Z`) / 86_400_000),
      value,
    });
  }
  return sold;
}

/** Recency, frequency, money, tenure and breadth of every customer known by a day. */
function featuresBy(lines, day) {
  const customers = new Map();
  for (const line of lines) {
    if (line.day >= day) continue;
    const one = customers.get(line.customer) ?? {
      first: line.day,
      last: line.day,
      invoices: new Set(),
      items: new Set(),
      value: 0,
    };
    one.first = Math.min(one.first, line.day);
    one.last = Math.max(one.last, line.day);
    one.invoices.add(line.invoice);
    one.items.add(line.item);
    one.value += line.value;
    customers.set(line.customer, one);
  }
  const keys = [...customers.keys()].sort((a, b) => a - b);
  const column = (name, of) =>
    numberColumn(
      name,
      Float64Array.from(keys, (key) => of(customers.get(key))),
    );
  const x = frame([
    column('recency', ({ last }) => day - last),
    column('frequency', ({ invoices }) => invoices.size),
    column('monetary', ({ value }) => value),
    column('tenure', ({ first }) => day - first),
    column('breadth', ({ items }) => items.size),
  ]);
  return { keys, x };
}

async function shopRows(small) {
  const lines = shopLines();
  if (lines === null) return [];
  const end = lines.reduce((last, { day }) => Math.max(last, day), 0) + 1;
  const { keys, x } = featuresBy(lines, end);
  const fit = (given, k, seed) => kMeans({ k }).fit({ x: given, y: none }, { rng: seeded(seed) });
  const labelsOf = (model, given) => {
    const labels = new Float64Array(given.rows);
    model.predict(given, labels);
    return labels;
  };
  const choice = chooseK(x, small ? { kMax: 3, bootstraps: 2 } : {}, { rng: seeded(1) });
  const best = choice.candidates.reduce((a, b) => (b.stability > a.stability ? b : a));
  const k = choice.k ?? best.k;
  const rng = seeded(2);
  const halves = [];
  for (let run = 0; run < (small ? 2 : 10); run++) {
    const half = () =>
      takeRows(
        x,
        Int32Array.from({ length: x.rows / 2 }, () => rng.below(x.rows)),
      );
    const [a, b] = [await fit(half(), k, run), await fit(half(), k, run + 1)];
    halves.push(adjustedRand(labelsOf(a, x), labelsOf(b, x)));
  }
  const change = await changedInAWeek(lines, end, { k, fit, labelsOf });
  const seconds = insightSeconds(lines, end);
  return [
    row(
      `Online Retail, ${keys.length} customers, k = ${k} (${choice.k === null ? 'the most stable; none stands out from one cloud' : 'chosen'}): adjusted Rand between fits to bootstrap halves`,
      'index',
      median(halves),
      'higher',
      { aim: 0.9 },
    ),
    ...change,
    row(`Online Retail, ${lines.length} lines: pairs in baskets`, 's', seconds.pairs, 'lower'),
    row('the same: sequences by customer', 's', seconds.sequences, 'lower'),
    row('the same: drivers of a month against the month before', 's', seconds.drivers, 'lower'),
  ];
}

/** Customers who bought nothing in the week between two runs, and yet change their segment. */
async function changedInAWeek(lines, end, { k, fit, labelsOf }) {
  const before = featuresBy(lines, end - 7);
  const after = featuresBy(lines, end);
  const bought = new Set(lines.filter(({ day }) => day >= end - 7).map(({ customer }) => customer));
  const first = labelsOf(await fit(before.x, k, 1), before.x);
  const labelOf = new Map(before.keys.map((key, i) => [key, first[i]]));
  const model = await fit(after.x, k, 2);
  const fresh = labelsOf(model, after.x);
  const rows = after.keys
    .map((key, row) => (labelOf.has(key) ? row : -1))
    .filter((row) => row >= 0);
  const previous = after.keys.map((key) => labelOf.get(key) ?? -1);
  const names = matchLabels(
    rows.map((row) => previous[row]),
    rows.map((row) => fresh[row]),
  );
  const quiet = rows.filter((row) => !bought.has(after.keys[row]));
  const share = (labels) =>
    quiet.filter((row) => labels[row] !== previous[row]).length / quiet.length;
  const kept = assignStable(model, after.x, previous, { names });
  const what = `share of ${quiet.length} customers without a purchase whose label changes in a week`;
  return [
    row(`${what}, refitted`, 'share', share(Array.from(fresh, (one) => names[one])), 'lower'),
    row(`${what}, refitted and held by the margin`, 'share', share(kept), 'lower', { aim: 0.02 }),
  ];
}

function insightSeconds(lines, end) {
  const column = (of) => Int32Array.from(lines, of);
  const [baskets, items] = [column(({ invoice }) => invoice), column(({ item }) => item)];
  const clock = (work) => {
    const began = performance.now();
    work();
    return (performance.now() - began) / 1000;
  };
  const customers = column(({ customer }) => customer);
  const recent = lines.filter(({ day }) => day >= end - 60);
  const category = (name, of) => {
    const levels = [...new Set(recent.map((line) => String(of(line))))];
    const code = new Map(levels.map((level, i) => [level, i]));
    return {
      kind: 'category',
      name,
      levels,
      codes: Int32Array.from(recent, (line) => code.get(String(of(line)))),
    };
  };
  const x = frame([
    category('country', ({ country }) => country),
    category('item', ({ item }) => item),
    category('weekday', ({ day }) => day % 7),
  ]);
  return {
    pairs: clock(() => itemPairs({ baskets, items })),
    sequences: clock(() => itemSequences({ customers, items, times: column(({ day }) => day) })),
    drivers: clock(() =>
      totalDrivers({
        x,
        values: Float64Array.from(recent, ({ value }) => value),
        after: Uint8Array.from(recent, ({ day }) => (day >= end - 30 ? 1 : 0)),
        units: Int32Array.from(recent, ({ customer }) => customer),
      }),
    ),
  };
}

/** The same points by scikit-learn; null where it is not installed. */
function peerOf(place) {
  if (!hasPeer('sklearn.cluster')) return null;
  return askPeer('segments', [place, String(THREADS)], { threads: THREADS });
}
