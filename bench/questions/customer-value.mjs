// What customers will spend and who stops buying, on Online Retail as published: at each month the
// candidates learn from what was closed by then and say the next 90 days.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { estimatorOf, metricOf, seeded, takeRows } from '../../learn/dist/src/index.js';
import { buildAbt, latestCutoff, readAbt } from '../../system/dist/src/features/index.js';
import { expand } from '../../system/dist/src/training/candidates.js';
import { top } from '../../scripts/common.mjs';
import { row } from '../harness.mjs';
import { effects, houseOf, takePublicShop } from '../house.mjs';
import { copyOf, tino } from '../workspace.mjs';

export const asks =
  'At each month, how well do BG/NBD, a hazard, linear models and boosting say what customers spend and whether they buy in the next 90 days, beside the mean?';

const data = process.env.TINO_DATA ?? join(top, '..', 'shared', 'data');
/** A month is judged when this many rows were closed before it. */
const ROWS_MIN = 500;

export async function answer({ small }) {
  const source = join(data, 'online_retail', 'online_retail.csv.gz');
  if (!small && !existsSync(source)) return [];
  const { folder, remove } = copyOf('customers');
  try {
    await tino(folder, ['simulate', '--rows', '3000']);
    await tino(folder, ['key', 'privacy']);
    if (!small) takePublicShop(folder, source);
    await tino(folder, ['build']);
    const value = await judged(folder, 'customer-value', 'rmse');
    const chance = await judged(folder, 'customer-churn', 'logLoss');
    const worst = Math.max(
      ...value.deciles.map(({ said, was }) => Math.abs(said - was) / Math.max(said, was)),
    );
    return [
      ...value.candidates.map(({ name, score, months }) =>
        row(`value, ${months} months: RMSE of ${name} ÷ the mean's`, 'ratio', score, 'lower'),
      ),
      row(
        'value by BG/NBD: most that what is said of a decile and what it spent differ',
        'share',
        worst,
        'lower',
      ),
      ...chance.candidates.map(({ name, score, months }) =>
        row(
          `no purchase, ${months} months: log loss of ${name} ÷ the share's`,
          'ratio',
          score,
          'lower',
        ),
      ),
    ];
  } finally {
    remove();
  }
}

/** Every declared candidate by rolling cut-off; the baseline learns the same rows. */
async function judged(folder, name, metric) {
  const { declaration, table } = await tableOf(folder, name);
  const task = { task: declaration.task, classes: 2 };
  const baseline = { name: 'baseline', recipe: { kind: 'mean', params: {} } };
  if (task.task === 'classify') baseline.recipe.kind = 'prior';
  const entries = [baseline, ...expand(declaration.candidates, declaration.task)];
  const totals = entries.map(() => 0);
  const told = [];
  const months = monthsOf(table);
  for (const { train, test } of months) {
    const y = Float64Array.from(test, (at) => table.y[at]);
    for (const [i, { name: label, recipe }] of entries.entries()) {
      const learned = {
        x: takeRows(table.x, train),
        y: Float64Array.from(train, (at) => table.y[at]),
        groups: Int32Array.from(train, (at) => table.groups[at]),
      };
      const model = await estimatorOf(recipe, task).fit(learned, { rng: seeded(1).fork(label) });
      const out = new Float64Array(test.length);
      model.predict(takeRows(table.x, test), out);
      totals[i] += metricOf(metric).of(y, out) / months.length;
      if (recipe.kind === 'bgNbd') out.forEach((said, at) => told.push({ said, was: y[at] }));
    }
  }
  return {
    candidates: entries.slice(1).map(({ name: label }, i) => ({
      name: label,
      score: totals[i + 1] / totals[0],
      months: months.length,
    })),
    deciles: decilesOf(told),
  };
}

async function tableOf(folder, name) {
  const { house, close } = await houseOf(folder);
  const model = house.workspace.models[name];
  const until = await latestCutoff(house, model);
  const abt = await buildAbt(house, model, { purpose: 'train', until }, effects);
  const { x, y, cutoff, closes, keys } = await readAbt(house, abt);
  await close();
  const index = new Map();
  const groups = Array.from({ length: x.rows }, (_, at) => {
    const key = keys.customer_id[at];
    if (!index.has(key)) index.set(key, index.size);
    return index.get(key);
  });
  return { declaration: model.declaration, table: { x, y, cutoff, closes, groups } };
}

function monthsOf({ x, cutoff, closes }) {
  const rows = Array.from({ length: x.rows }, (_, at) => at);
  return [...new Set(cutoff)]
    .sort((a, b) => a - b)
    .map((month) => ({
      train: rows.filter((at) => closes[at] <= month),
      test: rows.filter((at) => cutoff[at] === month),
    }))
    .filter(({ train }) => train.length >= ROWS_MIN);
}

function decilesOf(told) {
  const sorted = [...told].sort((a, b) => a.said - b.said);
  const mean = (some, of) => some.reduce((sum, one) => sum + of(one), 0) / some.length;
  return Array.from({ length: 10 }, (_, q) => {
    const some = sorted.slice((q * sorted.length) / 10, ((q + 1) * sorted.length) / 10);
    return { said: mean(some, ({ said }) => said), was: mean(some, ({ was }) => was) };
  });
}
