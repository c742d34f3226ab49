import { meanKnown } from '../series/statistics.js';

/** Held-out forecasts of several members, as flat arrays. */
export interface HeldOutForecasts {
  series: number;
  origins: number;
  horizon: number;
  /** Between neighbouring origins: windows overlap where it is below the horizon. */
  step: number;
  /** series × origin × horizon; `NaN` where nothing can be judged. */
  actual: Float64Array;
  /** Of each member, as `actual`. */
  predicted: readonly Float64Array[];
  /** series × origin: by what an error is divided, so that errors of all series weigh alike. */
  weights: Float64Array;
}

export type Joining = 'mean' | 'median';

export interface Stacking {
  how: Joining;
  /** By member; they sum to 1. */
  pooled: Float64Array;
  /** series × member: the pooled weights moved by the series' own record. */
  own: Float64Array;
  /** How far a series' own record moves its weights; 0: all have the pooled ones. */
  tilt: number;
  /** Mean held-out loss by member. */
  losses: Float64Array;
  /** series × origin, by member: mean weighted absolute error of the window. */
  windows: readonly Float64Array[];
  /** The same of the stacking, each origin judged by weights made of the others. */
  joined: Float64Array;
  /** Its forecasts, series × origin × horizon. */
  predicted: Float64Array;
}

const ROUNDS = 200;
const TILTS = [0, 1, 2, 4, 8];
// Members that lose by more than a quarter to the best would only be shrunk towards.
const WORSE_MAX = 1.25;
// Strength of the pull to equal weights: with n series it is that of 1 ÷ √n of the loss.
const PULL = 1;
// A choice of how must gain more than the luck of choosing.
const GAIN_MIN = 0.002;

/**
 * Weights of a combination from held-out windows: non-negative, summing to 1, smallest absolute
 * error over all series, drawn to equal ones by relative entropy the more the fewer series there
 * are (Montero-Manso et al., 2020, learn them from features; Timmermann, 2006, on shrinking). How
 * far a series' own record counts, and mean or median, is judged on origins left out.
 */
export function stack(held: HeldOutForecasts): Stacking {
  const origins = Array.from({ length: held.origins }, (_, o) => o);
  const windows = windowLosses(held);
  const folds = origins.map((o) => ({ made: othersOf(origins, o, held), judged: o }));
  const pooledBy = folds.map(({ made }) => pooledWeights(held, windows, made));
  const tilts = origins.length > 1 ? TILTS : [0];
  let best:
    | (Pick<Stacking, 'how' | 'tilt' | 'joined' | 'predicted'> & { loss: number })
    | undefined;
  for (const tilt of tilts) {
    const ownBy = folds.map(({ made }, f) => tilted(held, windows, pooledBy[f]!, made, tilt));
    for (const how of ['mean', 'median'] as const) {
      const predicted = new Float64Array(held.actual.length).fill(NaN);
      folds.forEach(({ judged }, f) => joinOrigin(held, ownBy[f]!, how, judged, predicted));
      const [joined] = windowLosses({ ...held, predicted: [predicted] });
      const loss = meanOf(joined!, () => true);
      if (best === undefined || loss < best.loss * (1 - GAIN_MIN))
        best = { how, tilt, loss, joined: joined!, predicted };
    }
  }
  const { how, tilt, joined, predicted } = best!;
  const pooled = pooledWeights(held, windows, origins);
  const own = tilted(held, windows, pooled, origins, tilt);
  const losses = Float64Array.from(windows, (one) => meanOf(one, () => true));
  return { how, tilt, joined, predicted, pooled, own, losses, windows };
}

/** Origins whose windows share no step with that of one; with one origin alone, that one. */
function othersOf(
  origins: readonly number[],
  judged: number,
  { step, horizon }: HeldOutForecasts,
): readonly number[] {
  const apart = origins.filter((o) => Math.abs(o - judged) * step >= horizon);
  return apart.length > 0 ? apart : origins;
}

/** By member, series × origin: mean weighted absolute error of the window. */
function windowLosses({ series, origins, horizon, actual, predicted, weights }: HeldOutForecasts) {
  return predicted.map((one) => {
    const out = new Float64Array(series * origins).fill(NaN);
    for (let cell = 0; cell < out.length; cell++) {
      let [sum, count] = [0, 0];
      for (let i = cell * horizon; i < (cell + 1) * horizon; i++) {
        const error = Math.abs(one[i]! - actual[i]!);
        if (Number.isNaN(error)) continue;
        sum += error;
        count++;
      }
      if (count > 0) out[cell] = (sum / count) * weights[cell]!;
    }
    return out;
  });
}

function meanOf(losses: Float64Array, counts: (cell: number) => boolean): number {
  let [sum, count] = [0, 0];
  losses.forEach((loss, cell) => {
    if (Number.isNaN(loss) || !counts(cell)) return;
    sum += loss;
    count++;
  });
  return sum / count;
}

/** Exponentiated gradient (Kivinen and Warmuth, 1997) on the joint absolute error. */
function pooledWeights(
  held: HeldOutForecasts,
  losses: readonly Float64Array[],
  made: readonly number[],
): Float64Array {
  const means = losses.map((one) => meanOf(one, (cell) => made.includes(cell % held.origins)));
  const least = Math.min(...means.filter((mean) => !Number.isNaN(mean)));
  const kept = means.flatMap((mean, m) => (mean <= least * WORSE_MAX ? [m] : []));
  const out = new Float64Array(losses.length);
  if (kept.length === 0) return out.fill(1 / losses.length);
  const { errors, points, windows } = errorsOf(held, kept, made);
  const members = kept.length;
  let weights = new Float64Array(members).fill(1 / members);
  const averaged = new Float64Array(members);
  const pull = PULL / Math.sqrt(Math.max(1, windows));
  // Where the best is never wrong there is nothing to weigh errors by.
  const unit = Math.max(1, points) * (least > 0 ? least : 1);
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = new Float64Array(members);
    for (let i = 0; i < points; i++) {
      let joint = 0;
      for (let m = 0; m < members; m++) joint += weights[m]! * errors[i * members + m]!;
      const sign = Math.sign(joint);
      for (let m = 0; m < members; m++) gradient[m]! += sign * errors[i * members + m]!;
    }
    const rate = 4 / Math.sqrt(1 + round);
    const next = weights.map((weight, m) => {
      const slope = gradient[m]! / unit + pull * Math.log(weight * members);
      return Math.max(1e-9, weight * Math.exp(-rate * slope));
    });
    const total = next.reduce((sum, weight) => sum + weight, 0);
    weights = next.map((weight) => weight / total);
    // The last half on average: the path itself swings around the least.
    if (round >= ROUNDS / 2)
      for (let m = 0; m < members; m++) averaged[m]! += weights[m]! / (ROUNDS / 2);
  }
  kept.forEach((m, k) => (out[m] = averaged[k]!));
  return out;
}

/** Weighted errors of the points where every kept member has an answer: points × members. */
function errorsOf(held: HeldOutForecasts, kept: readonly number[], made: readonly number[]) {
  const { series, origins, horizon, actual, predicted, weights } = held;
  const errors = new Float64Array(series * made.length * horizon * kept.length);
  let [points, windows] = [0, 0];
  for (let k = 0; k < series; k++)
    for (const o of made) {
      const cell = k * origins + o;
      const before = points;
      for (let i = cell * horizon; i < (cell + 1) * horizon; i++) {
        if (kept.some((m) => Number.isNaN(predicted[m]![i]! - actual[i]!))) continue;
        if (!(weights[cell]! > 0)) continue;
        kept.forEach((m, at) => {
          errors[points * kept.length + at] = (predicted[m]![i]! - actual[i]!) * weights[cell]!;
        });
        points++;
      }
      if (points > before) windows++;
    }
  return { errors, points, windows };
}

/**
 * Moves the pooled weights of each series towards what was best for it on the windows `made`: by
 * the exponential of how much worse a member was than all of them joined.
 */
function tilted(
  { series, origins }: HeldOutForecasts,
  losses: readonly Float64Array[],
  pooled: Float64Array,
  made: readonly number[],
  tilt: number,
): Float64Array {
  const members = losses.length;
  const own = new Float64Array(series * members);
  for (let k = 0; k < series; k++) own.set(pooled, k * members);
  if (tilt === 0) return own;
  for (let k = 0; k < series; k++) {
    const record = losses.map((one) => meanKnown(made.map((o) => one[k * origins + o]!)));
    let joint = 0;
    let share = 0;
    record.forEach((loss, m) => {
      if (Number.isNaN(loss)) return;
      joint += pooled[m]! * loss;
      share += pooled[m]!;
    });
    joint /= share;
    if (!(joint > 0)) continue;
    let total = 0;
    for (let m = 0; m < members; m++) {
      const worse = Number.isNaN(record[m]!) ? 0 : record[m]! / joint - 1;
      own[k * members + m]! *= Math.exp(-tilt * worse);
      total += own[k * members + m]!;
    }
    for (let m = 0; m < members; m++) own[k * members + m]! /= total;
  }
  return own;
}

/** The joined forecasts of one origin, into `out` of series × origin × horizon. */
function joinOrigin(
  { series, origins, horizon, predicted }: HeldOutForecasts,
  own: Float64Array,
  how: Joining,
  origin: number,
  out: Float64Array,
): void {
  const members = predicted.length;
  const join = joiner(how, members);
  for (let k = 0; k < series; k++) {
    const cell = k * origins + origin;
    for (let i = cell * horizon; i < (cell + 1) * horizon; i++)
      out[i] = join(
        (m) => predicted[m]![i]!,
        (m) => own[k * members + m]!,
      );
  }
}

/** Joins one step of the members by weight; members without an answer are left out of it. */
export function joiner(how: Joining, members: number) {
  const order = Array.from({ length: members }, (_, m) => m);
  return (valueOf: (member: number) => number, weightOf: (member: number) => number): number => {
    let [sum, total] = [0, 0];
    for (let m = 0; m < members; m++) {
      const value = valueOf(m);
      if (Number.isNaN(value)) continue;
      sum += weightOf(m) * value;
      total += weightOf(m);
    }
    if (how === 'mean' || total === 0) return sum / total;
    const known = order.filter((m) => weightOf(m) > 0 && !Number.isNaN(valueOf(m)));
    known.sort((a, b) => valueOf(a) - valueOf(b));
    // Halfway between the centres of gravity of neighbouring members.
    let below = 0;
    for (const [i, m] of known.entries()) {
      const centre = below + weightOf(m) / 2;
      if (centre >= total / 2) {
        const before = known[i - 1];
        if (before === undefined) return valueOf(m);
        const gap = (weightOf(before) + weightOf(m)) / 2;
        const share = (centre - total / 2) / gap;
        return share * valueOf(before) + (1 - share) * valueOf(m);
      }
      below += weightOf(m);
    }
    return valueOf(known.at(-1)!);
  };
}
