import { fromScale, toScale, type Scale } from '../ensemble/blend.js';
import { greedyShares } from '../ensemble/greedy.js';
import type { TrainingData } from '../estimator.js';
import type { Metric } from '../metric/metrics.js';
import { permutation, type Rng } from '../random.js';
import type { OutOfFold, RepeatedFolds } from '../validate/out-of-fold.js';

export interface ChoiceInput {
  /** By candidate, the simplest first. */
  tried: readonly OutOfFold[];
  data: TrainingData;
  plan: RepeatedFolds;
  metric: Metric;
  outputs: number;
  scale: Scale;
  rng: Rng;
}

export interface Choice {
  rule: 'ensemble' | 'best' | 'simplest';
  score: number;
  /** By candidate; they sum to 1. */
  shares: Float64Array;
}

// Greedy selection measures thousands of blends; a sample tells them apart as well.
const MEASURED_MAX = 20_000;
/** A member of less than this share costs more than it says. */
const SHARE_MIN = 0.03;

/**
 * The simplest candidate within one standard error of the best (Breiman et al. 1984), the error
 * being that of the differences fold by fold; an ensemble counts as the least simple, and is scored
 * on each fold with shares that were chosen on the others. Folds where the metric has no value, such as
 * an area with one class only, say nothing.
 */
export function choose(input: ChoiceInput): Choice {
  const { tried, metric, plan } = input;
  const sign = metric.better === 'higher' ? 1 : -1;
  const measured = plan.folds
    .map((_, f) => f)
    .filter((f) => tried.some(({ scores }) => Number.isFinite(scores[f])));
  const scoresOf = ({ scores }: OutOfFold) => measured.map((f) => scores[f]!);
  const useful = tried.map((_, c) => c).filter((c) => scoresOf(tried[c]!).every(Number.isFinite));
  const one = (c: number) => Float64Array.from(tried, (_, i) => (i === c ? 1 : 0));
  if (useful.length === 0 || measured.length === 0)
    return { rule: 'simplest', score: NaN, shares: one(0) };
  const blended = useful.length > 1 ? ensembleScores(input, useful, measured) : undefined;
  const contenders = useful.map((c) => scoresOf(tried[c]!));
  if (blended?.every(Number.isFinite)) contenders.push(blended);
  const values = contenders.map((scores) => sign * mean(scores));
  const best = values.indexOf(Math.max(...values));
  const chosen = contenders.findIndex((scores) => {
    const losses = scores.map((score, f) => sign * (contenders[best]![f]! - score));
    return mean(losses) <= standardError(losses, plan.repeats);
  });
  const score = mean(contenders[chosen]!);
  if (chosen < useful.length)
    return { rule: chosen === best ? 'best' : 'simplest', score, shares: one(useful[chosen]!) };
  const shares = sharesOn(input, useful, measured);
  const members = shares.reduce((count, share) => count + (share > 0 ? 1 : 0), 0);
  return { rule: members > 1 ? 'ensemble' : 'best', score, shares };
}

/** Of a mean over folds; repeats of a shuffle add no rows, so they count as one. */
export function standardError(values: readonly number[], repeats: number): number {
  if (values.length < 2) return 0;
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt((squares / (values.length - 1)) * (repeats / values.length));
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function ensembleScores(
  input: ChoiceInput,
  useful: readonly number[],
  all: readonly number[],
): number[] {
  const { plan, metric, outputs, scale, tried, data } = input;
  return all.map((left) => {
    const { repeat, fold } = plan.folds[left]!;
    const others = all.filter((f) => f !== left && plan.folds[f]!.repeat === repeat);
    const shares = sharesOn(input, useful, others.length > 0 ? others : all);
    const y = Float64Array.from(fold.test, (row) => data.y[row]!);
    const weights = data.weights && Float64Array.from(fold.test, (row) => data.weights![row]!);
    const out = blend(tried, shares, { rows: fold.test, at: repeat * plan.rows, outputs, scale });
    return metric.of(y, out, weights, outputs === 1 ? 2 : outputs);
  });
}

/** Greedy shares from the rows that some folds tested. */
function sharesOn(
  { tried, data, plan, metric, outputs, scale, rng }: ChoiceInput,
  useful: readonly number[],
  folds: readonly number[],
): Float64Array {
  const places: { row: number; at: number }[] = [];
  for (const f of folds) {
    const { repeat, fold } = plan.folds[f]!;
    for (const row of fold.test) places.push({ row, at: repeat * plan.rows + row });
  }
  const draw = rng.fork(`shares ${folds.join(',')}`);
  const sampled =
    places.length > MEASURED_MAX
      ? Array.from(permutation(places.length, draw).subarray(0, MEASURED_MAX), (i) => places[i]!)
      : places;
  const said = useful.map((c) => {
    const values = new Float64Array(sampled.length * outputs);
    sampled.forEach(({ at }, i) => {
      for (let k = 0; k < outputs; k++)
        values[i * outputs + k] = toScale(scale, tried[c]!.said[at * outputs + k]!);
    });
    return values;
  });
  const weights = data.weights && Float64Array.from(sampled, ({ row }) => data.weights![row]!);
  const y = Float64Array.from(sampled, ({ row }) => data.y[row]!);
  const found = greedyShares({ said, y, weights, outputs, scale, metric }, { rng: draw });
  const kept = found.map((share) => (share < SHARE_MIN ? 0 : share));
  const total = kept.reduce((sum, share) => sum + share, 0);
  const shares = new Float64Array(tried.length);
  useful.forEach((c, i) => (shares[c] = kept[i]! / total));
  return shares;
}

/** What the shares make of some rows of one shuffle: rows × outputs. */
export function blend(
  tried: readonly OutOfFold[],
  shares: Float64Array,
  options: { rows: ArrayLike<number>; at: number; outputs: number; scale: Scale },
): Float64Array {
  const { rows, at, outputs, scale } = options;
  const out = new Float64Array(rows.length * outputs);
  shares.forEach((share, c) => {
    if (share === 0) return;
    for (let i = 0; i < rows.length; i++)
      for (let k = 0; k < outputs; k++)
        out[i * outputs + k]! +=
          share * toScale(scale, tried[c]!.said[(at + rows[i]!) * outputs + k]!);
  });
  return out.map((value) => fromScale(scale, value));
}
