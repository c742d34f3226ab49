// One reconciliation in a process of its own, so that its peak memory is its own: seconds as JSON.
import { readFileSync } from 'node:fs';
import { hierarchyOf, reconciler } from '../learn/dist/src/index.js';

const given = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const residuals = Float64Array.from(given.residuals);
const base = Float64Array.from(given.base);
const out = new Float64Array(base.length);
const started = performance.now();
const one = reconciler(hierarchyOf(given.levels), { by: 'shrink', residuals });
one.reconcile(base, 1, out);
const plain = (performance.now() - started) / 1000;
const values = [...out];
const again = performance.now();
reconciler(hierarchyOf(given.levels), { by: 'shrink', residuals }).reconcileNonNegative(
  base,
  1,
  out,
);
const nonNegative = (performance.now() - again) / 1000;
process.stdout.write(JSON.stringify({ plain, nonNegative, values }));
