// A shop's log of fashion items shown by chance: what would Bernoulli Thompson sampling have clicked?
import { seeded } from '@tino/learn';
import { readColumns } from './data.mjs';

const RANDOM = 'open_bandit_sample/random/men/men.csv.gz';
const THOMPSON = 'open_bandit_sample/bts/men/men.csv.gz';
export const fashionFiles = [RANDOM, THOMPSON];
const NAMES = ['item_id', 'position', 'click', 'propensity_score'];

/**
 * The random log as the other policy would have it, and that policy's own click rate. Its shares of items
 * are the means of its logged propensities at each position, made to sum to one.
 */
export function fashionLog() {
  const random = readColumns(RANDOM, NAMES);
  const thompson = readColumns(THOMPSON, NAMES);
  const items = [...new Set(random.item_id)];
  const shares = sharesOf(thompson, items);
  const model = clicksOf(random);
  const count = random.click.length;
  const at = (value) => Float64Array.from({ length: count }, (_, row) => value(row));
  const share = (row, item) => shares.get(`${random.position[row]} ${item}`) ?? 0;
  const log = {
    rewards: at((row) => Number(random.click[row])),
    propensities: at((row) => Number(random.propensity_score[row])),
    target: at((row) => share(row, random.item_id[row])),
    modelled: {
      logged: at((row) => model(row, random.item_id[row])),
      expected: at((row) =>
        items.reduce((sum, item) => sum + share(row, item) * model(row, item), 0),
      ),
    },
  };
  return { log, truth: mean(thompson.click.map(Number)) };
}

function sharesOf({ item_id: item, position, propensity_score: propensity }, items) {
  const sums = new Map();
  item.forEach((one, row) => {
    const key = `${position[row]} ${one}`;
    const own = sums.get(key) ?? { sum: 0, count: 0 };
    sums.set(key, own);
    own.sum += Number(propensity[row]);
    own.count++;
  });
  const shares = new Map();
  for (const place of new Set(position)) {
    const own = items
      .map((one) => sums.get(`${place} ${one}`))
      .map((s) => (s ? s.sum / s.count : 0));
    const total = own.reduce((sum, value) => sum + value, 0);
    items.forEach((one, i) => shares.set(`${place} ${one}`, own[i] / total));
  }
  return shares;
}

/** Click rate of an item, drawn to the mean of all; of two halves of the log, that of the other. */
function clicksOf({ item_id: item, click }) {
  const rng = seeded('halves');
  const half = item.map(() => rng.below(2));
  const all = mean(click.map(Number));
  const sums = [new Map(), new Map()];
  item.forEach((one, row) => {
    const own = sums[half[row]].get(one) ?? { clicks: 0, count: 0 };
    sums[half[row]].set(one, own);
    own.clicks += Number(click[row]);
    own.count++;
  });
  const prior = 200;
  return (row, one) => {
    const { clicks = 0, count = 0 } = sums[1 - half[row]].get(one) ?? {};
    return (clicks + prior * all) / (count + prior);
  };
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
