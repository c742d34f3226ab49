// One fit in a process of its own, so that its peak memory is its own. The argument is the plan as JSON:
// { path, shape, rows, held, leaves, rounds, threads }; the last `held` of the rows are not trained on.
import { closeSync, openSync, readSync } from 'node:fs';
import { boosting, categoryColumn, frame, metricOf, numberColumn, seeded } from '@tino/learn';
import { createPool } from '@tino/learn/node';
import { shapes } from './data.mjs';

const plan = JSON.parse(process.argv[2]);
const { columns, categories } = shapes[plan.shape];
const total = plan.rows + plan.held;
const file = openSync(plan.path, 'r');

/** Numbers of one column, from row `start`, in the precision that they are stored in: peers have it too. */
function read(column, start, count) {
  const values = new Float32Array(count);
  readSync(file, new Uint8Array(values.buffer), 0, 4 * count, 4 * (total * column + start));
  return values;
}

function table(start, count) {
  const all = Array.from({ length: columns }, (_, c) => {
    const values = read(c, start, count);
    if (c >= categories) return numberColumn(`c${c}`, values);
    const levels = Array.from({ length: 256 }, (_, level) => String(level));
    return { ...categoryColumn(`c${c}`, [], levels), codes: Int32Array.from(values) };
  });
  const targets = new Uint8Array(count);
  readSync(file, targets, 0, count, 4 * total * columns + start);
  return { x: frame(all), y: new Float64Array(targets) };
}

const data = table(0, plan.rows);
const pool = createPool({ threads: plan.threads });
const began = performance.now();
const { user, system } = process.cpuUsage();
const model = await boosting({
  objective: 'logistic',
  rounds: plan.rounds,
  leaves: plan.leaves,
  learningRate: 0.1,
  l2: 0,
  minDataInLeaf: 20,
}).fit(data, { rng: seeded(1), pool });
const used = process.cpuUsage({ user, system });
const seconds = (performance.now() - began) / 1000;
await pool.close();
const held = table(plan.rows, plan.held);
closeSync(file);
const out = new Float64Array(plan.held);
model.predict(held.x, out);
process.stdout.write(
  JSON.stringify({
    seconds,
    cpuSeconds: (used.user + used.system) / 1e6,
    peakMb: process.resourceUsage().maxRSS / 1024,
    auc: metricOf('rocAuc').of(held.y, out),
  }),
);
