import type { Artifact } from '../artifact.js';
import { boosting } from '../boosting/boost.js';
import type { Effects } from '../estimator.js';
import { seriesValues, type SeriesSet } from '../series.js';
import { forecastCold, nearestTo } from './cold.js';
import { checkOutput, type Forecaster, type ForecastModel } from './forecaster.js';
import { decodeGlobal, encodeGlobal, indexKeys, type GlobalState } from './global-artifact.js';
import { anchorOf, lagFrame, planOf, type LagPlan, type LagRow } from './lags.js';
import { countKnown } from './statistics.js';
import { driversOf, walk, type Walker } from './walk.js';

export interface GlobalParams {
  lags: number[] | null;
  windows: number[] | null;
  block: number;
  anchor: 'mean' | 'last';
  seasonalLag: boolean;
  analogues: number;
  rowsMax: number;
  floor: number | null;
  objective: 'squared' | 'huber' | 'absolute';
  rounds: number;
  learningRate: number;
  leaves: number;
  minDataInLeaf: number;
  l2: number;
}

// With fewer known points a series says too little about itself and is answered by its analogues.
const OWN_POINTS_MIN = 3;
// Fewer rows teach nothing: the forecast is then each series' recent level.
const ROWS_MIN = 10;

/**
 * One booster over all series (Montero-Manso and Hyndman, 2021): it learns what follows, measured
 * from each series' recent level and in its scale, out of lags, rolling moments, season, calendar,
 * covariates and attributes. Series with fewer than 3 known points are forecast from their nearest
 * by attributes.
 */
export function global(params: GlobalParams): Forecaster {
  const { objective, rounds, learningRate, leaves, minDataInLeaf, l2 } = params;
  const estimator = boosting({ objective, rounds, learningRate, leaves, minDataInLeaf, l2 });
  return {
    async fit(set, effects) {
      const plan = planOf(set, params);
      rejectNameClash(set, plan);
      const rows = trainingRows(set, plan, params.rowsMax, effects);
      const targets = new Float64Array(rows.length);
      const anchors = rows.map(({ known }) => anchorOf(known, plan));
      rows.forEach(({ target }, i) => {
        targets[i] = (target - anchors[i]!.level) / anchors[i]!.scale;
      });
      const x = lagFrame(set, rows, anchors, plan);
      const inner =
        rows.length < ROWS_MIN ? undefined : await estimator.fit({ x, y: targets }, effects);
      return globalModel({
        plan,
        analogues: params.analogues,
        floor: params.floor,
        inner,
        tails: tailsOf(set, plan.memory),
        indexOf: indexKeys(set.keys),
      });
    },
  };
}

export const loadGlobal = (artifact: Artifact): ForecastModel =>
  globalModel(decodeGlobal(artifact));

function globalModel(state: GlobalState): ForecastModel {
  const { plan, inner } = state;
  const isCold = (history: SeriesSet, index: number) =>
    countKnown(seriesValues(history, index).subarray(-plan.memory)) < OWN_POINTS_MIN;
  return {
    kind: 'global',
    forecast(history, horizon, out) {
      checkOutput(history, horizon, out);
      checkCovariates(history, plan, horizon);
      const own: Walker[] = [];
      for (let i = 0; i < history.keys.length; i++) {
        const slot = out.subarray(i * horizon, (i + 1) * horizon);
        if (isCold(history, i)) forecastCold(history, i, state, slot);
        else own.push(ownWalker(history, i, slot));
      }
      walk(history, own, horizon, plan, inner);
      if (state.floor !== null)
        for (let i = 0; i < out.length; i++) if (out[i]! < state.floor) out[i] = state.floor;
    },
    analogues: (history, index) => (isCold(history, index) ? nearestTo(history, index, state) : []),
    drivers: (history, index, step) =>
      inner === undefined || isCold(history, index)
        ? []
        : driversOf(history, ownWalker(history, index, new Float64Array(step)), step, plan, inner),
    bytes: () => encodeGlobal(state),
  };
}

function ownWalker(history: SeriesSet, index: number, out: Float64Array): Walker {
  const known = seriesValues(history, index);
  return { series: index, known, origin: history.starts[index]! + known.length - 1, out };
}

function trainingRows(set: SeriesSet, plan: LagPlan, rowsMax: number, { rng }: Effects) {
  const rows: (LagRow & { target: number })[] = [];
  const possible = set.values.length * plan.block;
  const share = rowsMax / possible;
  const draw = rng.fork('rows');
  for (let i = 0; i < set.keys.length; i++) {
    const values = seriesValues(set, i);
    let known = 0;
    for (let o = 0; o < values.length - 1; o++) {
      if (!Number.isNaN(values[o]!)) known++;
      if (known < OWN_POINTS_MIN) continue;
      for (let ahead = 1; ahead <= plan.block && o + ahead < values.length; ahead++) {
        if (share < 1 && draw.next() >= share) continue;
        const target = values[o + ahead]!;
        const window = values.subarray(Math.max(0, o + 1 - plan.memory), o + 1);
        if (Number.isNaN(target) || countKnown(window) < OWN_POINTS_MIN) continue;
        rows.push({ series: i, known: window, origin: set.starts[i]! + o, ahead, target });
      }
    }
  }
  return rows;
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
    if (kind === 'past') return;
    for (let i = 0; i < history.keys.length; i++) {
      const end = history.starts[i]! + history.offsets[i + 1]! - history.offsets[i]!;
      for (let h = 0; h < horizon; h++)
        if (Number.isNaN(given.at(i, end + h, c)))
          throw new Error(
            `covariate ${name} of series ${history.keys[i]} is not known at step ${end + h}; it was declared known ahead`,
          );
    }
  });
}

function rejectNameClash(set: SeriesSet, plan: LagPlan): void {
  const names = new Set<string>();
  const anchors = [{ level: 0, scale: 1 }];
  const known = Float64Array.of(0);
  const probe: LagRow[] = [{ series: 0, known, origin: set.starts[0] ?? 0, ahead: 1 }];
  if (set.keys.length === 0) throw new Error('the set holds no series; there is nothing to learn');
  for (const { name } of lagFrame(set, probe, anchors, plan).columns) {
    if (names.has(name))
      throw new Error(
        `column ${name} appears twice among lags, covariates and attributes; rename it`,
      );
    names.add(name);
  }
}
