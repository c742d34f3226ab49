import {
  bootstrapDifference,
  loadModel,
  metricOf,
  permutation,
  psi,
  seeded,
  takeRows,
  type Model,
} from '@tino/learn';
import { check, type Check } from './evidence.js';
import type { ChampionJob, TabularJob } from './job.js';
import { heldOut } from './quality.js';

const COMPARED_MAX = 5000;
const SAMPLES = 200;
const NEW_ROWS_MIN = 200;
const DRIFT_MAX = 0.25;

/** Challenger less champion on the same held-out rows, positive is better, with its 95 % interval. */
export function differenceOf(
  job: TabularJob,
  challenger: Float64Array,
  champion: Float64Array,
): { difference: number; lower: number; upper: number } {
  const all = heldOut(challenger).filter((row) => !Number.isNaN(champion[row]!));
  const order = permutation(all.length, seeded(job.seed).fork('compared'));
  const rows = Int32Array.from(order.subarray(0, COMPARED_MAX), (i) => all[i]!);
  const metric = metricOf(job.metric);
  const sign = metric.better === 'higher' ? 1 : -1;
  return bootstrapDifference(
    rows.length,
    (sample) => {
      const y = Float64Array.from(sample, (i) => job.y[rows[i]!]!);
      const of = (said: Float64Array) =>
        metric.of(
          y,
          Float64Array.from(sample, (i) => said[rows[i]!]!),
        );
      return sign * (of(challenger) - of(champion));
    },
    {
      rng: seeded(job.seed).fork('bootstrap'),
      samples: SAMPLES,
      groups: Int32Array.from(rows, (row) => job.groups[row]!),
    },
  );
}

/** The champion's own file beside the challenger: on rows newer than its end, and what both say now. */
export function artifactChecks(
  job: TabularJob,
  champion: ChampionJob,
  challenger: { said: Float64Array; model: Model; sameRecipe: boolean },
): Check[] {
  const missing = champion.columns.filter(
    (name) => !job.x.columns.some((column) => column.name === name),
  );
  const same = missing.length === 0;
  // Another recipe may well read other columns; the same one on fewer has lost something.
  if (!same)
    return challenger.sameRecipe
      ? [
          check(
            'signature',
            false,
            `colunas que sumiram: ${missing.join(', ')}`,
            `columns that are gone: ${missing.join(', ')}`,
          ),
        ]
      : [];
  const file = loadModel(champion.model);
  return [
    ...newRowsCheck(job, champion, challenger.said, file),
    ...(challenger.sameRecipe ? [driftCheck(job, challenger.model, file)] : []),
  ];
}

function newRowsCheck(
  job: TabularJob,
  champion: ChampionJob,
  said: Float64Array,
  file: Model,
): Check[] {
  const rows = heldOut(said).filter((row) => job.order[row]! >= champion.after);
  const y = Float64Array.from(rows, (row) => job.y[row]!);
  if (rows.length < NEW_ROWS_MIN || y.every((value) => value === y[0])) return [];
  const old = new Float64Array(job.x.rows).fill(NaN);
  const out = new Float64Array(rows.length);
  file.predict(takeRows(job.x, rows), out);
  rows.forEach((row, i) => (old[row] = out[i]!));
  const only = new Float64Array(job.x.rows).fill(NaN);
  for (const row of rows) only[row] = said[row]!;
  const { difference, upper } = differenceOf(job, only, old);
  const shown = String(Number(difference.toPrecision(3)));
  return [
    check(
      'sinceChampion',
      upper >= 0,
      `nas ${rows.length} linhas depois da campeã: diferença ${shown}`,
      `on ${rows.length} rows since the champion: difference ${shown}`,
    ),
  ];
}

function driftCheck(job: TabularJob, model: Model, file: Model): Check {
  const newest = Int32Array.from(job.order.keys())
    .sort((a, b) => job.order[b]! - job.order[a]! || a - b)
    .subarray(0, COMPARED_MAX);
  const x = takeRows(job.x, newest);
  const before = new Float64Array(x.rows);
  const after = new Float64Array(x.rows);
  file.predict(x, before);
  model.predict(x, after);
  const bins = x.rows < 500 ? 5 : 10;
  const found = psi(before, after, bins);
  // Two samples of one distribution differ by about 2 (bins − 1) ÷ rows.
  const allowed = DRIFT_MAX + (2 * (bins - 1)) / x.rows;
  const value = found.toFixed(2);
  return check(
    'drift',
    found <= allowed,
    `previsões contra as da campeã: PSI ${value.replace('.', ',')}`,
    `predictions against the champion's: PSI ${value}`,
  );
}
