// Forecasts many weekly series, each by itself: run as a process of its own, so that its memory can be
// watched. Arguments: series, kind, horizon.
import { forecasterOf, seeded } from '../learn/dist/src/index.js';
import { createPool } from '../learn/dist/host/node.js';

const WEEKS = 104;
const [count, kind, horizon] = [Number(process.argv[2]), process.argv[3], Number(process.argv[4])];
const rng = seeded(9);
const values = new Float64Array(count * WEEKS);
for (let i = 0; i < count; i++) {
  let level = Math.exp(3 + rng.normal());
  const phase = rng.next() * 2 * Math.PI;
  for (let t = 0; t < WEEKS; t++) {
    level *= Math.exp(0.03 * rng.normal());
    const season = 1 + 0.3 * Math.sin((2 * Math.PI * t) / 52 + phase);
    values[i * WEEKS + t] = Math.max(0, level * season * (1 + 0.1 * rng.normal()));
  }
}
const set = {
  keys: Array.from({ length: count }, (_, i) => `series ${i}`),
  values,
  offsets: Int32Array.from({ length: count + 1 }, (_, i) => i * WEEKS),
  starts: new Int32Array(count),
  period: 52,
};
const pool = createPool();
const model = await forecasterOf({ kind, params: {} }).fit(set, { rng: seeded(1), pool });
const out = new Float64Array(count * horizon);
model.forecast(set, horizon, out);
await pool.close();
const known = out.reduce((sum, value) => sum + Number(Number.isFinite(value)), 0);
process.stdout.write(JSON.stringify({ known, failures: model.failures.length }));
