// Log units of 11 brands of orange juice in 83 stores, weeks that were held out: a ridge regression for
// each brand and boosted trees, blended. Rounds and the blend are chosen in the training weeks.
import {
  boosting,
  categoryColumn,
  frame,
  numberColumn,
  ridge,
  seeded,
  takeRows,
} from '@tino/learn';
import { readColumns } from './data.mjs';

const SALES = 'dominicks_orange_juice/oj_yx.csv.gz';
const STORES = 'dominicks_orange_juice/oj_storedemo.csv.gz';
export const juiceFiles = [SALES, STORES];
const BRANDS = 11;
const DEMOGRAPHICS =
  'AGE60,EDUC,ETHNIC,INCOME,HHLARGE,WORKWOM,HVAL150,SSTRDIST,SSTRVOL,CPDIST5,CPWVOL5'.split(',');

/** Weeks of stores and brands: log units, log prices by the ounce, promotions, gross margin in %. */
export function readJuice({ storesMax = Infinity } = {}) {
  const prices = Array.from({ length: BRANDS }, (_, i) => `price${i + 1}`);
  const names = ['store', 'brand', 'week', 'logmove', 'deal', 'feat', 'profit'];
  const raw = readColumns(SALES, [...names, ...prices]);
  const numbers = Object.fromEntries(
    Object.entries(raw).map(([name, values]) => [name, Float64Array.from(values, Number)]),
  );
  const rows = [...numbers.store.keys()]
    .filter((row) => numbers.store[row] <= storesMax)
    .sort(
      (a, b) =>
        numbers.store[a] - numbers.store[b] ||
        numbers.brand[a] - numbers.brand[b] ||
        numbers.week[a] - numbers.week[b],
    );
  const take = (name) => Float64Array.from(rows, (row) => numbers[name][row]);
  const logPrices = prices.map((name) => take(name).map(Math.log));
  const [store, brand, week, logUnits, deal, feat, profit] = names.map(take);
  const own = brand.map((one, row) => logPrices[one - 1][row]);
  const juice = { store, brand, week, logUnits, deal, feat, profit, own, logPrices };
  return { ...juice, traits: storeTraits(juice) };
}

function featuresOf(juice) {
  const { store, brand, week, deal, feat, own, logPrices } = juice;
  const columns = new Map();
  const rows = own.length;
  const before = earlier(juice);
  const each = (name, value) =>
    columns.set(
      name,
      Float64Array.from({ length: rows }, (_, row) => value(row)),
    );
  each('price', (row) => own[row]);
  logPrices.forEach((values, i) => columns.set(`price ${i + 1}`, values));
  each('above the mean', (row) => own[row] - mean(logPrices.map((values) => values[row])));
  each(
    'above the cheapest other',
    (row) =>
      own[row] -
      Math.min(...logPrices.filter((_, i) => i !== brand[row] - 1).map((values) => values[row])),
  );
  columns.set('deal', deal);
  columns.set('feature', feat);
  for (const [name, values] of [
    ['deal', deal],
    ['feature', feat],
  ]) {
    const sums = new Map();
    const at = (row) => store[row] * 1000 + week[row];
    for (let row = 0; row < rows; row++) sums.set(at(row), (sums.get(at(row)) ?? 0) + values[row]);
    each(`${name}s of others`, (row) => sums.get(at(row)) - values[row]);
  }
  for (const lag of [1, 2]) {
    each(`price change ${lag}`, (row) => own[row] - (before(row, lag, own) ?? NaN));
    each(`deal ${lag}`, (row) => before(row, lag, deal) ?? NaN);
    each(`feature ${lag}`, (row) => before(row, lag, feat) ?? NaN);
  }
  each('above its mean of 8', (row) => own[row] - mean(before.rows(row, 8).map((r) => own[r])));
  each(
    'above its least of 8',
    (row) => own[row] - Math.min(...before.rows(row, 8).map((r) => own[r])),
  );
  each('season sin', (row) => Math.sin((2 * Math.PI * week[row]) / 52));
  each('season cos', (row) => Math.cos((2 * Math.PI * week[row]) / 52));
  return [...columns].map(([name, values]) => numberColumn(name, values.map(finite)));
}

const finite = (value) => (Number.isFinite(value) ? value : NaN);

function lagsOf(juice) {
  const { logUnits } = juice;
  const before = earlier(juice);
  const column = (name, value) =>
    numberColumn(
      name,
      Float64Array.from(logUnits, (_, row) => finite(value(row) ?? NaN)),
    );
  return [
    ...[1, 2, 3, 4].map((lag) => column(`units ${lag}`, (row) => before(row, lag, logUnits))),
    column('units of 8', (row) => mean(before.rows(row, 8).map((r) => logUnits[r]))),
  ];
}

/** Values of the same store and brand in earlier weeks; rows are in their order. */
function earlier({ store, brand, week }) {
  const same = (a, b) => store[a] === store[b] && brand[a] === brand[b];
  const at = (row, lag, values) => {
    for (let r = row - 1; r >= 0 && same(r, row) && week[r] >= week[row] - lag; r--)
      if (week[r] === week[row] - lag) return values[r];
    return undefined;
  };
  at.rows = (row, count) => {
    const found = [];
    for (let r = row - 1; r >= 0 && found.length < count && same(r, row); r--) found.push(r);
    return found;
  };
  return at;
}

const storeTraits = (juice) => {
  const table = readColumns(STORES, ['STORE', ...DEMOGRAPHICS]);
  const place = new Map(table.STORE.map((store, i) => [Number(store), i]));
  return DEMOGRAPHICS.map((name) =>
    numberColumn(
      name,
      Float64Array.from(juice.store, (store) => Number(table[name][place.get(store)])),
    ),
  );
};

/** R² on the last fifth of the weeks, all choices made on the last fifth of the weeks before. */
export async function juiceScore(juice, { lags, roundsTried }) {
  const weeks = [...new Set(juice.week)].sort((a, b) => a - b);
  const test = weeks[Math.floor(weeks.length * 0.8)];
  const training = weeks.filter((week) => week < test);
  const check = training[Math.floor(training.length * 0.8)];
  const numbers = [...featuresOf(juice), ...(lags ? lagsOf(juice) : [])];
  const { traits } = juice;
  const choices = [];
  for (const rounds of roundsTried) {
    const said = await foretell(juice, { numbers, traits, rounds, from: check, to: test });
    for (let share = 0; share <= 1.001; share += 0.1)
      choices.push({ rounds, share, score: rSquared(said.truth, blend(said, share)) });
  }
  const best = choices.reduce((top, one) => (one.score > top.score ? one : top));
  const final = await foretell(juice, {
    numbers,
    traits,
    rounds: best.rounds,
    from: test,
    to: Infinity,
  });
  return {
    chosen: best,
    value: rSquared(final.truth, blend(final, best.share)),
    linear: rSquared(final.truth, final.linear),
    trees: rSquared(final.truth, final.trees),
  };
}

const blend = ({ linear, trees }, share) =>
  linear.map((value, i) => share * value + (1 - share) * trees[i]);

async function foretell(juice, { numbers, traits, rounds, from, to }) {
  const { brand, store, week, logUnits } = juice;
  const rows = [...week.keys()];
  const seen = rows.filter((row) => week[row] < from);
  const held = rows.filter((row) => week[row] >= from && week[row] < to);
  const levels = usualLevel(juice, seen);
  const stores = categoryColumn('store', Array.from(store, String));
  const effects = { rng: seeded('orange juice') };
  const trees = await fitPredict(
    boosting({
      rounds,
      learningRate: 0.05,
      leaves: 63,
      minDataInLeaf: 40,
      rowSample: 0.8,
      columnSample: 0.5,
    }),
    frame([
      ...numbers,
      ...traits,
      categoryColumn('brand', Array.from(brand, String)),
      stores,
      numberColumn('usual level', levels),
    ]),
    { y: logUnits, seen, held, effects },
  );
  const linear = new Float64Array(held.length);
  const linearFrame = frame([...numbers, stores]);
  for (let one = 1; one <= BRANDS; one++) {
    const of = (all) => all.filter((row) => brand[row] === one);
    const said = await fitPredict(ridge({ alpha: 1 }), linearFrame, {
      y: logUnits,
      seen: of(seen),
      held: of(held),
      effects,
    });
    let next = 0;
    held.forEach((row, i) => {
      if (brand[row] === one) linear[i] = said[next++];
    });
  }
  return { trees, linear, truth: Float64Array.from(held, (row) => logUnits[row]) };
}

async function fitPredict(estimator, x, { y, seen, held, effects }) {
  const model = await estimator.fit(
    { x: takeRows(x, seen), y: Float64Array.from(seen, (row) => y[row]) },
    effects,
  );
  const out = new Float64Array(held.length);
  model.predict(takeRows(x, held), out);
  return out;
}

/** Mean log units of a store and brand in the weeks that may be seen. */
function usualLevel({ store, brand, logUnits }, seen) {
  const sums = new Map();
  let all = 0;
  for (const row of seen) {
    const key = store[row] * 100 + brand[row];
    const own = sums.get(key) ?? { sum: 0, count: 0 };
    sums.set(key, own);
    own.sum += logUnits[row];
    own.count++;
    all += logUnits[row] / seen.length;
  }
  return store.map((one, row) => {
    const own = sums.get(one * 100 + brand[row]);
    return own ? own.sum / own.count : all;
  });
}

function rSquared(truth, said) {
  const centre = mean(truth);
  let left = 0;
  let total = 0;
  truth.forEach((value, i) => {
    left += (value - said[i]) ** 2;
    total += (value - centre) ** 2;
  });
  return 1 - left / total;
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
