import type { Model } from '../../estimator.js';
import type { SeriesSet } from '../../series.js';
import type { Driver } from '../forecaster.js';
import { lagFrame } from './lag-frame.js';
import type { LagPlan } from './lag-plan.js';
import { anchorsOf, rowsAhead, type LagRows, type Track } from './lag-rows.js';

/** One history on its way forward. */
export interface Walker {
  /** Whose attributes and covariates are read. */
  series: number;
  known: Float64Array;
  /** Calendar index of the first of `known`. */
  start: number;
  out: Float64Array;
}

/**
 * Forecasts `steps` ahead, a block at a time: each block reads the forecasts of the one before.
 * @param models none (the level alone), one for all steps of a block, or one a step
 */
export function walk(
  set: SeriesSet,
  walkers: readonly Walker[],
  steps: number,
  plan: LagPlan,
  models: readonly Model[],
): void {
  const tracks = walkers.map((walker) => extended(walker, steps));
  for (let done = 0; done < steps; done += plan.block) {
    const width = Math.min(plan.block, steps - done);
    const origins = walkers.map(({ known }) => known.length + done - 1);
    const rows = rowsAhead(tracks, origins, width);
    const { level, scale } = anchorsOf(set, rows, plan);
    const raw = predictRows(set, rows, plan, models);
    for (let r = 0; r < raw.length; r++) {
      const w = rows.track[r]!;
      const value = level[r]! + raw[r]! * scale[r]!;
      tracks[w]!.values[origins[w]! + rows.ahead[r]!] = value;
      walkers[w]!.out[done + rows.ahead[r]! - 1] = value;
    }
  }
}

function predictRows(
  set: SeriesSet,
  rows: LagRows,
  plan: LagPlan,
  models: readonly Model[],
): Float64Array {
  const raw = new Float64Array(rows.at.length);
  if (models.length === 0 || raw.length === 0) return raw;
  if (models.length === 1) {
    models[0]!.predict(lagFrame(set, rows, anchorsOf(set, rows, plan), plan), raw);
    return raw;
  }
  for (const [m, model] of models.entries()) {
    const own = takeRows(rows, m + 1);
    if (own.places.length === 0) continue;
    const part = new Float64Array(own.places.length);
    model.predict(lagFrame(set, own.rows, anchorsOf(set, own.rows, plan), plan), part);
    own.places.forEach((place, i) => (raw[place] = part[i]!));
  }
  return raw;
}

/** The rows of one step ahead, and where they were. */
export function takeRows(rows: LagRows, ahead: number): { rows: LagRows; places: Int32Array } {
  const places = Int32Array.from(rows.at.keys()).filter((r) => rows.ahead[r] === ahead);
  const take = (from: Int32Array) => places.map((r) => from[r]!);
  return {
    places,
    rows: {
      tracks: rows.tracks,
      track: take(rows.track),
      at: take(rows.at),
      ahead: take(rows.ahead),
    },
  };
}

/**
 * What moved the forecast of one step, in units of the series; contributions of nothing are left
 * out.
 */
export function driversOf(
  set: SeriesSet,
  walker: Walker,
  step: number,
  plan: LagPlan,
  models: readonly Model[],
): Driver[] {
  const done = Math.floor((step - 1) / plan.block) * plan.block;
  const track = extended(walker, done);
  if (done > 0) {
    walk(set, [walker], done, plan, models);
    track.values.set(walker.out.subarray(0, done), walker.known.length);
  }
  const { rows } = takeRows(
    rowsAhead([track], [walker.known.length + done - 1], step - done),
    step - done,
  );
  const anchors = anchorsOf(set, rows, plan);
  const model = models[models.length === 1 ? 0 : step - done - 1];
  const explanation = model?.explain?.(lagFrame(set, rows, anchors, plan), 0);
  if (explanation === undefined) return [];
  return [...explanation.contributions]
    .map((share, c) => ({
      column: model!.columns[c]!.name,
      contribution: share * anchors.scale[0]!,
    }))
    .filter(({ contribution }) => contribution !== 0)
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
}

function extended({ series, known, start }: Walker, steps: number): Track {
  const values = new Float64Array(known.length + steps);
  values.set(known);
  return { series, values, start };
}
