// What our prices of orange juice would have earned in held-out weeks, under demand fitted on other stores.
import {
  categoryColumn,
  doublyRobust,
  elasticity,
  frame,
  numberColumn,
  optimise,
  ridge,
  seeded,
} from '@tino/learn';

const BRANDS = 11;
/** Standard deviations of log price that decisions count around the price a policy wants. */
const KERNEL = 0.08;

/** Most that a price may change, in per cent: chosen by rule in the training weeks. */
const CHANGES = [5, 10, 20, 30];

/**
 * Stores are split in two. Of the first half come the elasticities of the prices, until the held-out weeks;
 * of the second the demand that judges them. Each policy prices the first half in the held-out weeks with
 * promotions as they were, beside what was charged. How far our prices may move is what the last fifth of
 * the training weeks vouches for: the largest lower end of the doubly robust interval there.
 * @returns {Promise<object[]>} rows of the bench
 */
export async function juiceProfit(juice, { row }) {
  const weeks = [...new Set(juice.week)].sort((a, b) => a - b);
  const test = weeks[Math.floor(weeks.length * 0.8)];
  const training = weeks.filter((week) => week < test);
  const check = training[Math.floor(training.length * 0.8)];
  const inside = await marketFrom(juice, { from: check, to: test, judgedUntil: test });
  const vouched = CHANGES.map((percent) => inside.judged('own', percent).robust.lower ?? -Infinity);
  const percent = CHANGES[vouched.indexOf(Math.max(...vouched))];
  const market = await marketFrom(juice, { from: test, to: Infinity, judgedUntil: Infinity });
  const [own, keep, plus] = ['own', 'keep', 'plus'].map((name) => market.judged(name, percent));
  const besides = `keep the price ${keep.simulated.toFixed(3)}, cost plus ${plus.simulated.toFixed(3)}`;
  const better = own.simulated > keep.simulated && own.simulated > plus.simulated ? 1 : 0;
  const { value, lower = NaN, upper = NaN, effectiveSampleSize, overlap, reason } = own.robust;
  const said =
    value === null
      ? `refused: ${reason}`
      : `90 % interval by store ${lower.toFixed(3)} to ${upper.toFixed(3)}, worth ${effectiveSampleSize.toFixed(0)} decisions, overlap ${overlap.toFixed(2)}`;
  return [
    row(
      `orange juice, simulated profit of our prices ÷ actual prices in held-out weeks, demand of other stores, at most ${percent} % of change as chosen in the training weeks`,
      'ratio',
      own.simulated,
      'higher',
      { peer: besides, peerValue: Math.max(keep.simulated, plus.simulated) },
    ),
    row('the same: better than keeping the price and than cost plus', 'yes', better, 'higher', {
      must: 1,
    }),
    row(`the same, doubly robust, ${said}`, 'ratio', value ?? NaN, 'higher', {
      peer: 'keep the price',
      peerValue: keep.robust.value,
    }),
  ];
}

/**
 * What policies bring from one week to another, against what was charged.
 * @param judgedUntil the demand that judges is of other stores in the weeks before
 */
async function marketFrom(juice, { from, to, judgedUntil }) {
  const { store, week, own, logUnits } = juice;
  const rows = [...own.keys()].filter((at) => juice.profit[at] > 0 && juice.profit[at] < 90);
  const ours = (at) => store[at] % 2 === 0;
  const learnt = rows.filter((at) => ours(at) && week[at] < from);
  const held = rows.filter((at) => ours(at) && week[at] >= from && week[at] < to);
  const others = rows.filter((at) => !ours(at) && week[at] < judgedUntil);
  const judge = await judgeOf(juice, others);
  const price = await priceModelOf(juice, others);
  const cost = (at) => Math.exp(own[at]) * (1 - juice.profit[at] / 100);
  const profitOf = (at) => (Math.exp(own[at]) - cost(at)) * Math.exp(logUnits[at]);
  const actual = sum(held, profitOf) / held.length;
  const modelled = (at, charged) => judge(at, charged) * (charged - cost(at));
  const policies = policiesOf(juice, { learnt, cost });
  const judged = (name, percent) => {
    const wanted = held.map((at) => policies[name](at, percent));
    const of = (value) => Float64Array.from(held, value);
    const log = {
      // In shares of what was earned, so that the estimate is the ratio.
      rewards: of((at) => profitOf(at) / actual),
      propensities: of((at, i) => price.propensity(at, Math.log(wanted[i]))),
      target: of((at, i) => kernel(own[at] - Math.log(wanted[i]))),
      modelled: {
        logged: of((at) => modelled(at, Math.exp(own[at])) / actual),
        expected: of((at, i) => modelled(at, wanted[i]) / actual),
      },
      cluster: held.map((at) => store[at]),
    };
    const { expected, logged } = log.modelled;
    const simulated = sum(expected, (value) => value) / sum(logged, (value) => value);
    return { simulated, robust: doublyRobust(log, { level: 0.9, overlapMin: 0.1 }) };
  };
  return { judged };
}

/** Units of a brand in a store and week at a price, by a ridge regression for each brand. */
async function judgeOf(juice, rows) {
  const { brand, own, logUnits } = juice;
  const base = new Float64Array(own.length);
  const slopes = [];
  for (let one = 1; one <= BRANDS; one++) {
    const seen = rows.filter((at) => brand[at] === one);
    const all = [...own.keys()].filter((at) => brand[at] === one);
    const y = Float64Array.from(seen, (at) => logUnits[at]);
    const model = await ridge({ alpha: 1 }).fit(
      { x: marketOf(juice, seen, one), y },
      { rng: seeded('judge') },
    );
    const predicted = (at, shift = 0) => {
      const x = marketOf(juice, at, one, shift);
      const out = new Float64Array(at.length);
      model.predict(x, out);
      return out;
    };
    const fitted = predicted(seen);
    // Duan's smearing: the mean of units, not of their logarithm.
    const smear = Math.log(sum(y.keys(), (i) => Math.exp(y[i] - fitted[i])) / seen.length);
    predicted(all).forEach((value, i) => (base[all[i]] = value + smear));
    slopes[one] = predicted(seen.slice(0, 1), 1)[0] - fitted[0];
  }
  return (at, price) => Math.exp(base[at] + slopes[brand[at]] * (Math.log(price) - own[at]));
}

/** What a store and week looked like to the buyers of a brand; own prices moved by `shift` in log. */
function marketOf(juice, rows, brand, shift = 0) {
  const { own, logPrices } = juice;
  const column = (name, value) => numberColumn(name, Float64Array.from(rows, value));
  return frame([
    column('own', (at) => own[at] + shift),
    ...logPrices.flatMap((values, i) =>
      i === brand - 1 ? [] : [column(`price ${i + 1}`, (at) => values[at])],
    ),
    ...settingOf(juice, rows),
  ]);
}

/** Promotion, season and the people around the store. */
function settingOf({ deal, feat, week, traits }, rows) {
  const column = (name, value) => numberColumn(name, Float64Array.from(rows, value));
  return [
    column('deal', (at) => deal[at]),
    column('feature', (at) => feat[at]),
    column('sin', (at) => Math.sin((2 * Math.PI * week[at]) / 52)),
    column('cos', (at) => Math.cos((2 * Math.PI * week[at]) / 52)),
    ...traits.map(({ name, values }) => column(name, (at) => values[at])),
  ];
}

/** How likely a price near a wanted one was: log price is taken as normal around a ridge regression. */
async function priceModelOf(juice, rows) {
  const { brand, own } = juice;
  const centre = new Float64Array(own.length);
  const spread = [];
  for (let one = 1; one <= BRANDS; one++) {
    const seen = rows.filter((at) => brand[at] === one);
    const all = [...own.keys()].filter((at) => brand[at] === one);
    const y = Float64Array.from(seen, (at) => own[at]);
    const model = await ridge({ alpha: 1 }).fit(
      { x: frame(settingOf(juice, seen)), y },
      { rng: seeded('prices') },
    );
    const out = new Float64Array(all.length);
    model.predict(frame(settingOf(juice, all)), out);
    all.forEach((at, i) => (centre[at] = out[i]));
    spread[one] = sum(seen, (at) => (own[at] - centre[at]) ** 2) / seen.length;
  }
  return {
    propensity: (at, wanted) => {
      const variance = KERNEL ** 2 + spread[brand[at]];
      const distance = (wanted - centre[at]) ** 2;
      const mass = (KERNEL / Math.sqrt(variance)) * Math.exp(-distance / (2 * variance));
      return Math.max(1e-4, mass);
    },
  };
}

const kernel = (distance) => Math.exp(-((distance / KERNEL) ** 2) / 2);

/** The price of a store, brand and week by each policy; promotions and the day's cost are known. */
function policiesOf(juice, { learnt, cost }) {
  const { store, brand, own, week, logUnits, deal, feat } = juice;
  const place = (at) => store[at] * 100 + brand[at];
  const usual = new Map();
  const margins = new Map();
  for (const at of learnt) {
    const prices = usual.get(place(at)) ?? [];
    usual.set(place(at), [...prices.slice(-7), Math.exp(own[at])]);
    const share = margins.get(brand[at]) ?? { sum: 0, count: 0 };
    margins.set(brand[at], share);
    share.sum += 1 - cost(at) / Math.exp(own[at]);
    share.count++;
  }
  const keep = (at) => {
    const prices = usual.get(place(at)) ?? [Math.exp(own[at])];
    return sum(prices, (price) => price) / prices.length;
  };
  const of = (value) => Float64Array.from(learnt, value);
  const found = elasticity({
    price: of((at) => Math.exp(own[at])),
    units: of((at) => Math.exp(logUnits[at])),
    controls: frame([
      numberColumn(
        'deal',
        of((at) => deal[at]),
      ),
      numberColumn(
        'feature',
        of((at) => feat[at]),
      ),
      numberColumn(
        'trend',
        of((at) => week[at]),
      ),
      numberColumn(
        'sin',
        of((at) => Math.sin((2 * Math.PI * week[at]) / 52)),
      ),
      numberColumn(
        'cos',
        of((at) => Math.cos((2 * Math.PI * week[at]) / 52)),
      ),
      categoryColumn(
        'store',
        learnt.map((at) => String(store[at])),
      ),
    ]),
    item: learnt.map((at) => String(brand[at])),
    category: learnt.map(() => 'juice'),
    cluster: learnt.map((at) => week[at]),
  });
  const demands = new Map(found.map(({ item, demand }) => [Number(item), demand]));
  return {
    own: (at, percent) => {
      const price = keep(at);
      const item = { id: 'juice', price, cost: cost(at), demand: demands.get(brand[at]) };
      // Prices are by the ounce, a few cents: the cents of the guardrails are of a hundred ounces.
      const scaled = {
        ...item,
        price: 100 * price,
        cost: 100 * item.cost,
        demand: { ...item.demand, referencePrice: 100 * item.demand.referencePrice },
      };
      const guardrails = [{ rule: 'maximumChange', percent }];
      const [best] = optimise([scaled], { guardrails });
      return best.price / 100;
    },
    keep,
    plus: (at) => {
      const { sum: total, count } = margins.get(brand[at]);
      return cost(at) / (1 - total / count);
    },
  };
}

const sum = (values, of) => {
  let total = 0;
  for (const value of values) total += of(value);
  return total;
};
