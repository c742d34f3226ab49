// Prices: how well demand is known, how good the prices are, how honest the evaluation, how fast.
import {
  createPosterior,
  decide,
  decideBatch,
  directMethod,
  doublyRobust,
  ips,
  optimiseMenu,
  priceGrid,
  seeded,
  shrunkDoublyRobust,
  snips,
  switchDoublyRobust,
  updatePosterior,
} from '@tino/learn';
import { askPeer, hasPeer } from '../ask-peer.mjs';
import { median, row } from '../harness.mjs';
import { present } from '../price/data.mjs';
import { fashionFiles, fashionLog } from '../price/fashion.mjs';
import { juiceFiles, juiceScore, readJuice } from '../price/juice.mjs';
import { juiceProfit } from '../price/juice-profit.mjs';
import {
  eachAlone,
  gapClosed,
  greedy,
  learnTown,
  tino,
  town,
  townForPeer,
} from '../price/restaurants.mjs';
import { suggestionTimes } from '../price/served.mjs';

export const asks =
  'How well is demand known, what do our prices earn beside others’, is the evaluation right, and how fast is it?';

export async function answer({ small }) {
  return [
    ...(await juice(small)),
    ...(await simulated(small)),
    ...fashion(small),
    ...regret(small),
    ...(await speed()),
    ...(small ? [] : await served()),
  ];
}

async function juice(small) {
  if (!juiceFiles.every(present)) return [];
  const data = readJuice(small ? { storesMax: 12 } : {});
  const rounds = small ? [20] : [100, 150, 250];
  const found = [];
  for (const lags of [false, true]) {
    const { value } = await juiceScore(data, { lags, roundsTried: rounds });
    found.push(
      row(
        `orange juice, R² of log units in the last fifth of the weeks, ${lags ? 'own past units known' : 'past units unknown'}`,
        'R²',
        value,
        'higher',
        lags
          ? { must: 0.78, aim: 0.79, peer: 'LightGBM tuned, measured elsewhere', peerValue: 0.781 }
          : {
              must: 0.747,
              aim: 0.76,
              peer: 'LightGBM tuned, measured elsewhere',
              peerValue: 0.747,
            },
      ),
    );
  }
  return [...found, ...(await juiceProfit(data, { row }))];
}

async function simulated(small) {
  const size = small ? { restaurants: 1, dishes: 8 } : { restaurants: 100, dishes: 40 };
  const dishes = town({ ...size, seed: 'town' });
  const known = await learnTown(dishes);
  const own = gapClosed(dishes, (menu) => tino(menu, known));
  const other = gapClosed(dishes, eachAlone(greedy));
  const peer = small ? null : priced('bandits', townForPeer(dishes.filter((_, i) => i % 13 === 0)));
  const what = `simulated restaurants (${size.restaurants} × ${size.dishes} dishes): gap from today’s prices to the best, closed`;
  const beside = peer
    ? { peer: `MABWiser, ${peer.name}, each thirteenth dish`, peerValue: peer.last }
    : { peer: 'ε-greedy of our own', peerValue: other.last };
  return [
    row(`${what} in cycle 26`, 'share', own.last, 'higher', { must: 0.5, aim: 0.75, ...beside }),
    row(`${what} over all 26 cycles, learning included`, 'share', own.all, 'higher', {
      peer: 'ε-greedy of our own',
      peerValue: other.all,
    }),
  ];
}

function fashion(small) {
  if (!fashionFiles.every(present)) return [];
  const { log, truth } = fashionLog();
  const [weightMax, lambda] = [5, 20];
  const own = {
    dm: directMethod(log).value,
    ips: ips(log).value,
    snips: snips(log).value,
    dr: doublyRobust(log).value,
    switch: switchDoublyRobust(log, { weightMax }).value,
    dros: shrunkDoublyRobust(log, { lambda }).value,
  };
  const arrays = { ...log, ...log.modelled };
  const given = Object.fromEntries(
    ['rewards', 'propensities', 'target', 'logged', 'expected'].map((name) => [
      name,
      [...arrays[name]],
    ]),
  );
  const peer = small ? null : priced('off-policy', { ...given, weightMax, lambda });
  return Object.entries(own).map(([name, value]) =>
    row(
      `fashion log, clicks of another policy by ${name}: relative error against its own log`,
      'share',
      Math.abs(value / truth - 1),
      'lower',
      peer === null
        ? {}
        : {
            peer: 'formulas of Open Bandit Pipeline in numpy',
            peerValue: Math.abs(peer[name] / truth - 1),
          },
    ),
  );
}

/** Slope of the logarithm of regret over that of rounds, mean of several markets. */
function regret(small) {
  const rounds = small ? 2000 : 100_000;
  const markets = small ? 2 : 5;
  const from = small ? 200 : 1000;
  const slopes = Array.from({ length: markets }, (_, market) => {
    const rng = seeded(`regret ${market}`);
    const elasticity = -1.6 - 1.4 * rng.next();
    const grid = [14, 16, 18, 20, 22, 24, 26];
    const cost = 7 + 3 * rng.next();
    const profit = (price) => 40 * (price / 20) ** elasticity * (price - cost);
    const best = Math.max(...grid.map(profit));
    let posterior = createPosterior({
      referencePrice: 20,
      units: 30,
      unitsError: 0.5,
      elasticity: -1.8,
      elasticityError: 0.8,
      noise: 0.05,
      noiseObservations: 5,
    });
    let lost = 0;
    const points = [];
    for (let round = 1; round <= rounds; round++) {
      const { price } = decide({ posterior, grid, cost, draws: 30, exploration: 0, rng });
      lost += best - profit(price);
      const mean = 40 * (price / 20) ** elasticity * Math.exp(0.2 * rng.normal());
      posterior = updatePosterior(posterior, { price, units: Math.max(0, Math.round(mean)) });
      if (round >= from && Number.isInteger(Math.log10(round / from) * 4))
        points.push([Math.log(round), Math.log(Math.max(lost, 1e-9))]);
    }
    const [first, last] = [points[0], points.at(-1)];
    return points.length > 1 ? (last[1] - first[1]) / (last[0] - first[0]) : 0;
  });
  const mean = slopes.reduce((sum, slope) => sum + slope, 0) / markets;
  return [
    row(`regret over ${from} to ${rounds} rounds, slope log-log`, 'slope', mean, 'lower', {
      must: 0.55,
    }),
  ];
}

async function speed() {
  const rng = seeded('menu');
  const items = Array.from({ length: 200 }, (_, i) => {
    const price = Math.round(1000 + 3000 * rng.next()) / 100;
    const demand = {
      referencePrice: price,
      units: 20 + 60 * rng.next(),
      unitsError: 0.1,
      elasticity: -0.8 - 2 * rng.next(),
      elasticityError: 0.3,
    };
    return { id: `dish ${i}`, price, cost: 0.35 * price, demand };
  });
  const guardrails = [
    { rule: 'maximumChange', percent: 10 },
    { rule: 'ending', ending: 0.9 },
    { rule: 'minimumMargin', percent: 30 },
  ];
  const relations = items.slice(0, 60).flatMap((item, i) => {
    const next = items[i + 100];
    const [lower, upper] = item.price < next.price ? [item, next] : [next, item];
    return [{ lower: lower.id, upper: upper.id }];
  });
  const posteriors = new Map(
    items.map(({ id, demand }) => [id, createPosterior({ ...demand, context: ['weekend'] })]),
  );
  const menu = await median5(async () => {
    const { prices } = await optimiseMenu(items, { guardrails, relations, changesMax: 40 });
    if (prices === null) throw new Error('the menu of the bench has a conflict');
    decideBatch(
      prices.map(({ id, price }, i) => ({
        id,
        posterior: posteriors.get(id),
        grid: priceGrid({ cost: items[i].cost, current: price, guardrails, steps: 9, span: 0.1 }),
        cost: items[i].cost,
        context: { weekend: 1 },
        draws: 200,
      })),
      seeded('decisions'),
    );
  });
  // Each dish takes some guests from two others and brings some to a third.
  const crossEffects = items.flatMap(({ id }, i) =>
    [7, 14, 21].map((step) => ({
      item: id,
      other: items[(i + step) % items.length].id,
      elasticity: 0.3 * rng.next() - 0.05,
    })),
  );
  let proven = NaN;
  const crossed = await median5(async () => {
    const rules = { guardrails, relations, changesMax: 40, crossEffects };
    const { worth, worthMost } = await optimiseMenu(items, rules);
    proven = worth / worthMost;
  });
  const outcome = { price: items[0].price, units: 31, context: { weekend: 0 } };
  const updates = 2000;
  const update = await median5(() => {
    let posterior = posteriors.get('dish 0');
    for (let i = 0; i < updates; i++) posterior = updatePosterior(posterior, outcome);
  });
  return [
    row(
      'prices of a menu of 200 dishes together, 60 relations, at most 40 changes, and a draw around each',
      'ms CPU',
      menu,
      'lower',
      { must: 200 },
    ),
    row('the same menu with 600 cross effects', 'ms CPU', crossed, 'lower', { must: 200 }),
    row('the same: gain ÷ what no other prices can be above', 'share', proven, 'higher'),
    row('belief updated by one outcome', 'ms CPU', update / updates, 'lower', { must: 1 }),
  ];
}

async function served() {
  const { made, standing } = await suggestionTimes();
  return [
    row(
      'one suggestion of the restaurant example that stands, answered without HTTP',
      'ms CPU',
      standing,
      'lower',
      { must: 5 },
    ),
    row('the same, made now: drawn, logged and on disk before the answer', 'ms CPU', made, 'lower'),
  ];
}

async function median5(work) {
  const times = [];
  for (let run = 0; run < 5; run++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return median(times);
}

/** null where the peer is not installed. */
const priced = (mode, given) =>
  hasPeer(mode === 'bandits' ? 'mabwiser' : 'numpy')
    ? askPeer('price', [mode], { input: JSON.stringify(given) })
    : null;
