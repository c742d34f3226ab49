// Whether the intervals that people are served hold what came later, on real weeks and real prices.
import { calibrate, viewOf } from '../../system/dist/src/serving/forecast/view.js';
import { forecastCutoff } from '../../system/dist/src/training/tasks/forecast/cutoff.js';
import { readSeries } from '../../system/dist/src/training/tasks/forecast/data.js';
import { runFamilyJob } from '../../system/dist/src/training/tasks/forecast/job.js';
import {
  columnsOf,
  joined,
  nodeForecast,
  nodeHistory,
  nodesOf,
} from '../../system/dist/src/training/tasks/forecast/levels.js';
import { readOrigins } from '../../system/dist/src/training/tasks/forecast/origins.js';
import { packFamily, unpackFamily } from '../../system/dist/src/training/tasks/forecast/package.js';
import { cutoffAfter } from '../../system/dist/src/training/tasks/forecast/steps.js';
import { row } from '../harness.mjs';
import { houseOf } from '../house.mjs';
import { foods, stores } from '../served-worlds.mjs';
import { tino } from '../workspace.mjs';

export const asks =
  'Do the intervals that people are served hold as much of what came later as they promise, by level and by step?';
export const slow = true;

export async function answer() {
  return [
    ...(await rowsOf("Walmart's weekly revenue", stores, { name: 'revenue', cutoffs: 7 })),
    ...(await rowsOf('monthly prices of foods', foods, { name: 'price', cutoffs: 16 })),
  ];
}

/** A family is trained and served from each of some cut-offs, a horizon apart, as it was then. */
async function rowsOf(what, make, { name, cutoffs }) {
  const world = make();
  if (world === undefined) throw new Error(`the tables of ${what} are absent; set TINO_DATA`);
  try {
    await tino(world.folder, ['build']);
    const { house, close } = await houseOf(world.folder);
    try {
      const model = house.workspace.models[name];
      const later = await readSeries(house, model, await forecastCutoff(house, model));
      const tallies = new Map();
      for (let back = cutoffs; back > 0; back--) {
        const last = later.end - back * model.declaration.horizon;
        const view = await servedFrom(house, model, cutoffAfter(last, model.declaration));
        tally(view, later, tallies);
      }
      return [...tallies.values()].flatMap((one) => intervalRows(what, one));
    } finally {
      await close();
    }
  } finally {
    world.remove();
  }
}

async function servedFrom(house, model, cutoff) {
  const { declaration } = model;
  const now = await readSeries(house, model, cutoff);
  const origins = await readOrigins(house, model, now, { onRead() {} });
  const job = { declaration, now, origins, seed: 1, code: '', champion: null, before: [] };
  const effects = { progress() {}, stop: { stopped: false } };
  const result = await runFamilyJob({ ...job, refit: null, memory: null }, effects);
  const bytes = new Map(result.members.map((member) => [member.hash, member.bytes]));
  const fits = origins.map((origin) => origin.fits);
  const family = await unpackFamily(packFamily({ ...result, fits }), (hash) => bytes.get(hash));
  return viewOf(model, { version: 1, currency: 'BRL', family, data: now });
}

/** Adds what lay inside by level of the hierarchy and of the interval, by step, and for the whole. */
function tally(view, later, tallies) {
  const { declaration, data, values, horizon } = view;
  const { how } = declaration;
  const rowOf = new Map(later.set.keys.map((key, i) => [key, i]));
  const isForecast = (member) => !Number.isNaN(values[member * horizon]);
  for (const level of [null, ...Object.keys(declaration.levels)]) {
    const nodes = nodesOf(data, columnsOf(view.model, declaration, level))
      .map((node) => ({ ...node, members: node.members.filter(isForecast) }))
      .filter(({ members }) => members.length > 0);
    const { bands, whole } = calibrate(view, level, nodes);
    for (const node of nodes) {
      const point = nodeForecast(values, node, horizon, how);
      const members = node.members.map((member) => rowOf.get(data.set.keys[member]));
      const { start, values: all } = nodeHistory(later.set, { ...node, members }, how, later.end);
      const came = Array.from(point, (_, h) => all[data.end + 1 + h - start]);
      const where = level ?? 'member';
      count(tallies, where, bands.around(node.text, point), came);
      const total = (of) => [joined([...of], how)];
      const around = whole(horizon).around(node.text, Float64Array.from(total(point)));
      count(
        tallies,
        `${where}, whole horizon`,
        around,
        came.some(Number.isNaN) ? [NaN] : total(came),
      );
    }
  }
}

function count(tallies, where, bands, came) {
  for (const { level, lower, upper, coverage } of bands) {
    if (lower === undefined) continue;
    const key = `${where} ${level}`;
    const nothing = () => came.map(() => 0);
    const one = tallies.get(key) ?? {
      where,
      level,
      inside: nothing(),
      counts: nothing(),
      said: [],
    };
    tallies.set(key, one);
    came.forEach((value, h) => {
      if (Number.isNaN(value)) return;
      one.counts[h]++;
      if (lower[h] <= value && value <= upper[h]) one.inside[h]++;
      if (coverage[h] !== null) one.said.push(coverage[h]);
    });
  }
}

/** Points off the promise, and off what the answer said that was measured before. */
function intervalRows(what, { where, level, inside, counts, said }) {
  const sum = (values) => values.reduce((total, one) => total + one, 0);
  const came = (100 * sum(inside)) / sum(counts);
  const percent = Math.round(100 * level);
  const steps = inside.map((one, h) => ((100 * one) / counts[h]).toFixed(0)).join(', ');
  const name = `${what}, ${where}: ${percent} % intervals`;
  const measured = (100 * sum(said)) / said.length;
  return [
    row(
      `${name} held ${came.toFixed(1)} % (by step ${steps}), points off`,
      'points',
      Math.abs(came - percent),
      'lower',
      { must: 3, aim: 1.5 },
    ),
    ...(said.length > 0
      ? [
          row(
            `${name}, points off the ${measured.toFixed(1)} % said`,
            'points',
            Math.abs(came - measured),
            'lower',
          ),
        ]
      : []),
  ];
}
