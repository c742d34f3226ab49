import assert from 'node:assert/strict';
import test from 'node:test';
import {
  categoryColumn,
  cheapestAssignment,
  chooseK,
  daviesBouldin,
  frame,
  kMeans,
  loadModel,
  matchCentres,
  matchLabels,
  numberColumn,
  profile,
  seeded,
  silhouette,
  type Frame,
  type KCandidate,
} from '../../src/index.js';
import { adjustedRand } from '../../src/cluster/agreement.js';

/** Groups of customers apart from each other; the truth is row % groups. */
function customers(rows: number, groups: number, seed = 1): Frame {
  const rng = seeded(seed);
  const spend = new Float64Array(rows);
  const visits = new Float64Array(rows);
  const city: string[] = [];
  for (let row = 0; row < rows; row++) {
    const group = row % groups;
    spend[row] = Math.exp(3 + 1.5 * group + 0.2 * rng.normal());
    visits[row] = 10 * (group % 2) + 5 + rng.normal();
    city.push(group === 0 || rng.next() < 0.2 ? 'Ilhéus' : 'Itabuna');
  }
  return frame([
    numberColumn('spend', spend),
    numberColumn('visits', visits),
    categoryColumn('city', city),
  ]);
}

const truth = (rows: number, groups: number) =>
  Int32Array.from({ length: rows }, (_, i) => i % groups);
const fit = (x: Frame, k: number, seed = 1) =>
  kMeans({ k }).fit({ x, y: new Float64Array(0) }, { rng: seeded(seed) });

test('it finds the groups that are there, the largest first', async () => {
  const x = customers(300, 3);
  const model = await fit(x, 3);
  const labels = new Float64Array(300);
  model.predict(x, labels);
  assert.ok(adjustedRand(labels, truth(300, 3)) > 0.95);
  const sizes = [0, 1, 2].map((c) => labels.filter((label) => label === c).length);
  assert.ok(sizes[0]! >= sizes[1]! && sizes[1]! >= sizes[2]!);
});

test('same seed, same bytes; saved, it assigns the same; input is left alone', async () => {
  const x = customers(200, 3);
  x.columns.forEach((column) => column.kind === 'number' && (column.values[3] = NaN));
  const before = structuredClone(x);
  const model = await fit(x, 3);
  const bytes = model.bytes();
  assert.deepEqual((await fit(x, 3)).bytes(), bytes);
  const again = loadModel(bytes);
  const [a, b] = [new Float64Array(200), new Float64Array(200)];
  model.predict(x, a);
  again.predict(frame([...x.columns].reverse()), b);
  assert.deepEqual(a, b);
  assert.deepEqual(x, before);
  const stranger = frame([
    numberColumn('spend', [NaN]),
    numberColumn('visits', [1e9]),
    categoryColumn('city', ['Recife']),
  ]);
  const out = new Float64Array(1);
  again.predict(stranger, out);
  assert.ok(out[0]! >= 0 && out[0]! < 3);
  const distances = new Float64Array(600);
  model.distances(x, distances);
  assert.ok(a.every((label, row) => distances[row * 3 + label]! <= distances[row * 3]!));
});

test('rows of weight zero are as good as absent, a constant column is harmless', async () => {
  const x = customers(120, 2);
  const weights = Float64Array.from({ length: 120 }, (_, row) => (row < 60 ? 1 : 0));
  const half = frame(
    x.columns.map((column) =>
      column.kind === 'number'
        ? { ...column, values: column.values.slice(0, 60) }
        : { ...column, codes: column.codes.slice(0, 60) },
    ),
  );
  const effects = () => ({ rng: seeded(1) });
  const y = new Float64Array(0);
  const weighted = await kMeans({ k: 2 }).fit({ x, y, weights }, effects());
  const absent = await kMeans({ k: 2 }).fit({ x: half, y }, effects());
  assert.deepEqual(weighted.bytes(), absent.bytes());
  const flat = frame([...x.columns, numberColumn('flat', new Float64Array(120).fill(3))]);
  const model = await fit(flat, 2);
  assert.ok(model.centres.every(Number.isFinite));
  assert.deepEqual(loadModel(model.bytes()).bytes(), model.bytes());
  await assert.rejects(fit(half, 61), /60 rows cannot make 61 clusters/);
});

test('the number of groups is found, and one cloud is not cut', () => {
  const numbers = frame(customers(400, 3).columns.filter(({ kind }) => kind === 'number'));
  const found = chooseK(numbers, { kMax: 6 }, { rng: seeded(1) });
  assert.equal(found.k, 3);
  const least = (of: (one: KCandidate) => number) =>
    found.candidates.reduce((a, b) => (of(b) < of(a) ? b : a)).k;
  assert.equal(
    least(({ daviesBouldin }) => daviesBouldin),
    3,
  );
  assert.ok(found.candidates[1]!.bic < found.candidates[0]!.bic);
  const rng = seeded(2);
  const cloud = frame(
    ['a', 'b', 'c'].map((name) =>
      numberColumn(
        name,
        Float64Array.from({ length: 400 }, () => rng.normal()),
      ),
    ),
  );
  const none = chooseK(cloud, { kMax: 5 }, { rng: seeded(1) });
  assert.equal(none.k, null);
  assert.match(none.reason, /no clusters/);
  assert.equal(none.candidates.length, 4);
  assert.match(chooseK(customers(6, 2), {}, { rng: seeded(1) }).reason, /6 rows are too few/);
});

test('silhouette and Davies–Bouldin against hand-made values', () => {
  const points = { rows: 4, dimensions: 1, values: Float64Array.of(0, 1, 10, 11) };
  const labels = [0, 0, 1, 1];
  // 0: within 1, next 10.5; 1: within 1, next 9.5; the others mirror them.
  const expected = (2 * (9.5 / 10.5) + 2 * (8.5 / 9.5)) / 4;
  assert.ok(Math.abs(silhouette(points, labels, { rng: seeded(1) }) - expected) < 1e-12);
  assert.ok(Math.abs(daviesBouldin(points, labels) - (0.5 + 0.5) / 10) < 1e-12);
  assert.ok(Number.isNaN(silhouette(points, [0, 0, 0, 0], { rng: seeded(1) })));
});

test('a profile says what is particular, most telling first', () => {
  const x = customers(300, 3);
  const [cheap] = profile(x, truth(300, 3));
  assert.equal(cheap!.size, 100);
  assert.ok(cheap!.numbers.find(({ column }) => column === 'spend')!.difference < 0);
  const home = cheap!.categories.find(({ level }) => level === 'Ilhéus')!;
  assert.equal(home.share, 1);
  assert.ok(Math.abs(home.lift - 1 / home.overall) < 1e-12);
  const size = (trait: { difference: number }) => Math.abs(trait.difference);
  assert.ok(size(cheap!.numbers[0]!) >= size(cheap!.numbers[1]!));
  assert.throws(() => profile(x, [0, 1]), /labels has 2 rows/);
});

test('clusters keep their names from one fit to the next', async () => {
  assert.deepEqual([...matchLabels([0, 0, 1, 1, 2, 2], [2, 2, 0, 0, 1, 1])], [1, 2, 0]);
  assert.deepEqual([...matchLabels([0, 0, 0, 1], [0, 0, 1, 2])].sort(), [0, 1, 2]);
  const a = await fit(customers(300, 3, 1), 3, 1);
  const b = await fit(customers(330, 3, 2), 3, 2);
  const names = matchCentres(a.centres, b.centres, a.centres.length / 3);
  const labels = new Float64Array(300);
  const x = customers(300, 3, 1);
  const first = new Float64Array(300);
  a.predict(x, first);
  b.predict(x, labels);
  assert.ok(labels.filter((label, row) => names[label] === first[row]).length > 280);
});

test('the cheapest assignment equals the best of all permutations', () => {
  const permutations = (list: number[]): number[][] =>
    list.length < 2
      ? [list]
      : list.flatMap((one) =>
          permutations(list.filter((x) => x !== one)).map((rest) => [one, ...rest]),
        );
  const rng = seeded(4);
  for (let trial = 0; trial < 50; trial++) {
    const n = 1 + rng.below(5);
    const cost = Float64Array.from({ length: n * n }, () => rng.below(20));
    const price = (columns: ArrayLike<number>) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += cost[i * n + columns[i]!]!;
      return sum;
    };
    const best = Math.min(...permutations([...Array.from({ length: n }).keys()]).map(price));
    assert.equal(price(cheapestAssignment(cost, n, n)), best);
  }
});
