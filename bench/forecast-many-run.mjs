// Forecasts many weekly series, each by itself: run as a process of its own, so that its memory can be
// watched. Arguments: series, kind.
import { forecasterOf, seeded } from '../learn/dist/src/index.js';
import { createPool } from '../learn/dist/host/node.js';
import { HORIZON, PERIOD, WEEKS, weeklyValues } from './weekly.mjs';

const [count, kind] = [Number(process.argv[2]), process.argv[3]];
const set = {
  keys: Array.from({ length: count }, (_, i) => `series ${i}`),
  values: weeklyValues(count),
  offsets: Int32Array.from({ length: count + 1 }, (_, i) => i * WEEKS),
  starts: new Int32Array(count),
  period: PERIOD,
};
const pool = createPool();
const model = await forecasterOf({ kind, params: {} }).fit(set, { rng: seeded(1), pool });
const out = new Float64Array(count * HORIZON);
model.forecast(set, HORIZON, out);
await pool.close();
const known = out.reduce((sum, value) => sum + Number(Number.isFinite(value)), 0);
const { user, system } = process.cpuUsage();
const cpuSeconds = (user + system) / 1e6;
process.stdout.write(JSON.stringify({ known, cpuSeconds, failures: model.failures.length }));
