import type { Artifact } from '../../artifact.js';
import { boosting } from '../../boosting/boost.js';
import type { Effects, Estimator, Model } from '../../estimator.js';
import { seriesValues, type SeriesSet } from '../../series.js';
import { forecastCold, nearestTo } from './cold.js';
import { checkOutput, type Forecaster, type ForecastModel } from '../forecaster.js';
import { decodeGlobal, encodeGlobal, type GlobalState } from './global-artifact.js';
import { indexKeys } from '../series/key-places.js';
import { lagFrame } from './lag-frame.js';
import { planOf, type LagPlan, type PlanOptions } from './lag-plan.js';
import { anchorsOf, rowsAhead, type LagRows, type Track } from './lag-rows.js';
import { countKnown } from '../series/statistics.js';
import { targetsOf } from './targets.js';
import { driversOf, takeRows, walk, type Walker } from './walk.js';

/**
 * `multiOutput`: one model forecasts all steps of a block at once, told how far ahead each is.
 * `direct`: a model a step of the block. `recursive`: one step, fed back.
 */
export type GlobalStrategy = 'recursive' | 'direct' | 'multiOutput';

export interface GlobalParams extends PlanOptions {
  strategy: GlobalStrategy;
  analogues: number;
  rowsMax: number;
  floor: number | null;
  objective: 'squared' | 'huber' | 'absolute';
  rounds: number;
  learningRate: number;
  leaves: number;
  minDataInLeaf: number;
  columnSample: number;
  rowSample: number;
  l2: number;
}

// With fewer known points a series says too little about itself and is answered by its analogues.
const OWN_POINTS_MIN = 3;
// Fewer rows teach nothing: the forecast is then each series' recent level.
const ROWS_MIN = 10;
const STRATEGIES: readonly GlobalStrategy[] = ['recursive', 'direct', 'multiOutput'];

/**
 * One booster over all series (Montero-Manso and Hyndman, 2021): it learns what follows, measured
 * from each series' recent level and in its scale, out of lags, rolling moments, season, calendar,
 * covariates and attributes. Series with fewer than 3 known points are forecast from their nearest
 * by attributes. The strategies are those of Ben Taieb et al. (2012).
 */
export function global(params: GlobalParams): Forecaster {
  const { strategy, objective, rounds, learningRate, leaves, minDataInLeaf, l2 } = params;
  if (!STRATEGIES.includes(strategy))
    throw new Error(`strategy is ${String(strategy)}, expected one of ${STRATEGIES.join(', ')}`);
  const { columnSample, rowSample } = params;
  const shared = { objective, rounds, learningRate, leaves, minDataInLeaf, l2 };
  const estimator = boosting({ ...shared, columnSample, rowSample });
  return {
    async fit(set, effects) {
      if (set.keys.length === 0)
        throw new Error('the set holds no series; there is nothing to learn');
      const plan = planOf(set, { ...params, block: strategy === 'recursive' ? 1 : params.block });
      rejectNameClash(set, plan);
      const rows = trainingRows(set, plan, params.rowsMax, effects);
      const models =
        strategy === 'direct'
          ? await fitEachStep(estimator, set, rows, plan, effects)
          : await fitRows(estimator, set, rows, plan, effects);
      return globalModel({
        plan,
        analogues: params.analogues,
        floor: params.floor,
        models,
        tails: tailsOf(set, plan.memory),
        indexOf: indexKeys(set.keys),
      });
    },
  };
}

export const loadGlobal = (artifact: Artifact): ForecastModel =>
  globalModel(decodeGlobal(artifact));

async function fitRows(
  estimator: Estimator,
  set: SeriesSet,
  rows: LagRows,
  plan: LagPlan,
  effects: Effects,
): Promise<Model[]> {
  if (rows.at.length < ROWS_MIN) return [];
  const anchors = anchorsOf(set, rows, plan);
  const x = lagFrame(set, rows, anchors, plan);
  return [await estimator.fit({ x, y: targetsOf(rows, anchors) }, effects)];
}

/** A model a step; with too few rows of any step there is none at all. */
async function fitEachStep(
  estimator: Estimator,
  set: SeriesSet,
  rows: LagRows,
  plan: LagPlan,
  effects: Effects,
): Promise<Model[]> {
  const models: Model[] = [];
  for (let ahead = 1; ahead <= plan.block; ahead++) {
    const own = takeRows(rows, ahead).rows;
    const fitted = await fitRows(estimator, set, own, plan, {
      ...effects,
      rng: effects.rng.fork(`step ${ahead}`),
      progress: (done) => effects.progress?.((ahead - 1 + done) / plan.block),
    });
    if (fitted.length === 0) return [];
    models.push(...fitted);
  }
  return models;
}

function globalModel(state: GlobalState): ForecastModel {
  const { plan, models } = state;
  const isCold = (history: SeriesSet, index: number) =>
    countKnown(seriesValues(history, index).subarray(-plan.memory)) < OWN_POINTS_MIN;
  return {
    kind: 'global',
    forecast(history, horizon, out) {
      checkOutput(history, horizon, out);
      checkCovariates(history, plan, horizon);
      for (let from = 0; from < history.keys.length; from += WALKERS_MAX) {
        const own: Walker[] = [];
        for (let i = from; i < Math.min(history.keys.length, from + WALKERS_MAX); i++) {
          const slot = out.subarray(i * horizon, (i + 1) * horizon);
          if (isCold(history, i)) forecastCold(history, i, state, slot);
          else own.push(ownWalker(history, i, slot));
        }
        walk(history, own, horizon, plan, models);
      }
      if (state.floor !== null)
        for (let i = 0; i < out.length; i++) if (out[i]! < state.floor) out[i] = state.floor;
    },
    analogues: (history, index) => (isCold(history, index) ? nearestTo(history, index, state) : []),
    drivers: (history, index, step) =>
      models.length === 0 || isCold(history, index)
        ? []
        : driversOf(history, ownWalker(history, index, new Float64Array(step)), step, plan, models),
    bytes: () => encodeGlobal(state),
  };
}

// So many series walk together: the columns of their rows are all that is held at once.
const WALKERS_MAX = 2000;

const ownWalker = (history: SeriesSet, index: number, out: Float64Array): Walker => ({
  series: index,
  known: seriesValues(history, index),
  start: history.starts[index]!,
  out,
});

function trainingRows(set: SeriesSet, plan: LagPlan, rowsMax: number, { rng }: Effects): LagRows {
  const tracks = set.keys.map((_, series): Track => ({
    series,
    values: seriesValues(set, series),
    start: set.starts[series]!,
  }));
  const rows = { track: [] as number[], at: [] as number[], ahead: [] as number[] };
  const share = rowsMax / (set.values.length * plan.block);
  const draw = rng.fork('rows');
  for (const { series, values } of tracks) {
    // Known values among the last `memory` up to the origin.
    let known = 0;
    for (let at = 0; at < values.length - 1; at++) {
      if (!Number.isNaN(values[at]!)) known++;
      const left = values[at - plan.memory];
      if (left !== undefined && !Number.isNaN(left)) known--;
      if (known < OWN_POINTS_MIN) continue;
      for (let ahead = 1; ahead <= plan.block && at + ahead < values.length; ahead++) {
        if (share < 1 && draw.next() >= share) continue;
        if (Number.isNaN(values[at + ahead]!)) continue;
        rows.track.push(series);
        rows.at.push(at);
        rows.ahead.push(ahead);
      }
    }
  }
  return {
    tracks,
    track: Int32Array.from(rows.track),
    at: Int32Array.from(rows.at),
    ahead: Int32Array.from(rows.ahead),
  };
}

function tailsOf(set: SeriesSet, memory: number): SeriesSet {
  const offsets = new Int32Array(set.keys.length + 1);
  const parts = set.keys.map((_, i) => seriesValues(set, i).subarray(-memory));
  parts.forEach((part, i) => (offsets[i + 1] = offsets[i]! + part.length));
  const values = new Float64Array(offsets[parts.length]!);
  parts.forEach((part, i) => values.set(part, offsets[i]));
  const starts = set.starts.map(
    (start, i) => start + (set.offsets[i + 1]! - set.offsets[i]!) - parts[i]!.length,
  );
  const statics = set.statics === undefined ? {} : { statics: set.statics };
  return { keys: set.keys, values, offsets, starts, period: set.period, ...statics };
}

function checkCovariates(history: SeriesSet, plan: LagPlan, horizon: number): void {
  plan.covariates.forEach(({ name, kind }, c) => {
    const given = history.covariates;
    if (given?.names[c] !== name || given.kinds[c] !== kind)
      throw new Error(`covariate ${name} (${kind}) is missing; the model was trained with it`);
    for (let i = 0; i < history.keys.length; i++) {
      const end = history.starts[i]! + history.offsets[i + 1]! - history.offsets[i]!;
      for (let h = 0; h < horizon; h++) {
        const isGiven = !Number.isNaN(given.at(i, end + h, c));
        if (isGiven === (kind === 'known')) continue;
        throw new Error(
          kind === 'known'
            ? `covariate ${name} of series ${history.keys[i]} is not known at step ${end + h}; it was declared known ahead`
            : `covariate ${name} of series ${history.keys[i]} has a value at step ${end + h}, which is to be forecast; it was declared past, so declare it known or leave the future out`,
        );
      }
    }
  });
}

function rejectNameClash(set: SeriesSet, plan: LagPlan): void {
  const names = new Set<string>();
  const track: Track = { series: 0, values: Float64Array.of(0), start: set.starts[0] ?? 0 };
  const rows = rowsAhead([track], [0], 1);
  for (const { name } of lagFrame(set, rows, anchorsOf(set, rows, plan), plan).columns) {
    if (names.has(name))
      throw new Error(
        `column ${name} appears twice among lags, covariates and attributes; rename it`,
      );
    names.add(name);
  }
}
