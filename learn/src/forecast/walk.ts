import type { Model } from '../estimator.js';
import type { SeriesSet } from '../series.js';
import type { Driver } from './forecaster.js';
import { anchorOf, lagFrame, type LagPlan, type LagRow } from './lags.js';

/** One history on its way forward. */
export interface Walker {
  /** Whose attributes and covariates are read. */
  series: number;
  known: Float64Array;
  /** Calendar index of the last of `known`. */
  origin: number;
  out: Float64Array;
}

/** Forecasts `steps` ahead, a block at a time: each block reads the forecasts of the one before. */
export function walk(
  set: SeriesSet,
  walkers: readonly Walker[],
  steps: number,
  plan: LagPlan,
  model: Model | undefined,
): void {
  const buffers = walkers.map(({ known }) => extended(known, plan.memory, steps));
  for (let done = 0; done < steps; done += plan.block) {
    const rows: LagRow[] = [];
    for (const [w, { series, origin }] of walkers.entries()) {
      const { buffer, length } = buffers[w]!;
      for (let ahead = 1; ahead <= Math.min(plan.block, steps - done); ahead++)
        rows.push({
          series,
          known: buffer.subarray(0, length + done),
          origin: origin + done,
          ahead,
        });
    }
    const anchors = rows.map(({ known }) => anchorOf(known, plan));
    const raw = new Float64Array(rows.length);
    model?.predict(lagFrame(set, rows, anchors, plan), raw);
    const width = rows.length / Math.max(1, walkers.length);
    rows.forEach(({ ahead }, r) => {
      const w = Math.floor(r / width);
      const { buffer, length } = buffers[w]!;
      const value = anchors[r]!.level + raw[r]! * anchors[r]!.scale;
      buffer[length + done + ahead - 1] = value;
      walkers[w]!.out[done + ahead - 1] = value;
    });
  }
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
  model: Model,
): Driver[] {
  const done = Math.floor((step - 1) / plan.block) * plan.block;
  const { buffer, length } = extended(walker.known, plan.memory, done);
  if (done > 0) {
    walk(set, [walker], done, plan, model);
    buffer.set(walker.out.subarray(0, done), length);
  }
  const { series, origin } = walker;
  const row = { series, known: buffer, origin: origin + done, ahead: step - done };
  const anchor = anchorOf(buffer, plan);
  const explanation = model.explain?.(lagFrame(set, [row], [anchor], plan), 0);
  if (explanation === undefined) return [];
  return [...explanation.contributions]
    .map((share, c) => ({ column: model.columns[c]!.name, contribution: share * anchor.scale }))
    .filter(({ contribution }) => contribution !== 0)
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
}

function extended(known: Float64Array, memory: number, steps: number) {
  const tail = known.subarray(-memory);
  const buffer = new Float64Array(tail.length + steps);
  buffer.set(tail);
  return { buffer, length: tail.length };
}
