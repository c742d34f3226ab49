import type { Rng } from '../random.js';
import type { BoostingSettings } from './defaults.js';

/** Rows to grow a round on, and those whose scores follow afterwards. */
export interface Sample {
  rows: Int32Array;
  rest: Int32Array;
}

type SampleRows = (
  round: number,
  gradients: readonly Float64Array[],
  hessians: readonly Float64Array[],
) => Sample;

/** Draws the rows of each round out of `training`; `others` are never grown on. */
export function makeSampler(
  settings: BoostingSettings,
  training: Int32Array,
  others: Int32Array,
  rng: Rng,
): SampleRows {
  if (settings.sampling === 'goss') return goss(settings, training, others, rng);
  const { rowSample, rowSampleEvery } = settings;
  let last: Sample = { rows: training, rest: others };
  return (round) => {
    if (rowSample < 1 && round % rowSampleEvery === 0)
      last = divide(training, others, () => rng.next() < rowSample);
    return last;
  };
}

function divide(
  training: Int32Array,
  others: Int32Array,
  isTaken: (row: number) => boolean,
): Sample {
  const rows = new Int32Array(training.length);
  const rest = new Int32Array(training.length + others.length);
  let taken = 0;
  let left = 0;
  for (const row of training)
    if (isTaken(row)) rows[taken++] = row;
    else rest[left++] = row;
  if (taken === 0) return { rows: training, rest: others };
  rest.set(others, left);
  return { rows: rows.subarray(0, taken), rest: rest.subarray(0, left + others.length) };
}

/**
 * Gradient-based one-side sampling (Ke et al. 2017): the rows of largest gradient are kept, of the
 * others a few are drawn and weighted up, so that sums stay right on average. Changes both
 * derivatives of the rows that were drawn.
 */
function goss(
  { gossTop, gossRest }: BoostingSettings,
  training: Int32Array,
  others: Int32Array,
  rng: Rng,
): SampleRows {
  const sizes = new Float64Array(training.length);
  const chance = gossTop < 1 ? Math.min(1, gossRest / (1 - gossTop)) : 1;
  return (_, gradients, hessians) => {
    training.forEach((row, i) => {
      let size = 0;
      for (const gradient of gradients) size += Math.abs(gradient[row]!);
      sizes[i] = size;
    });
    const from = Math.floor(training.length * (1 - gossTop));
    const least = sizes.slice().sort()[Math.min(from, training.length - 1)]!;
    let at = 0;
    return divide(training, others, (row) => {
      if (sizes[at++]! >= least) return true;
      if (rng.next() >= chance) return false;
      for (const values of [...gradients, ...hessians]) values[row]! /= chance;
      return true;
    });
  };
}

/** Some of 0..columns-1, ascending. */
export function sampleColumns(columns: number, share: number, rng: Rng): number[] {
  const all = Array.from({ length: columns }, (_, c) => c);
  if (share === 1) return all;
  const wanted = Math.max(1, Math.round(columns * share));
  for (let i = 0; i < wanted; i++) {
    const j = i + rng.below(columns - i);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all.slice(0, wanted).sort((a, b) => a - b);
}
