import { numberColumn, type Column, type Frame } from '../../frame.js';
import type { SeriesSet } from '../../series.js';
import { looksBack, type LagPlan } from './lag-plan.js';
import { backTo, pastOf, type Anchors, type LagRows } from './lag-rows.js';

/** Columns of the rows, in a fixed order: lags, windows, season, calendar, covariates, statics. */
export function lagFrame(set: SeriesSet, rows: LagRows, anchors: Anchors, plan: LagPlan): Frame {
  const count = rows.at.length;
  const columns: Column[] = [];
  const add = (name: string, of: (row: number, values: Float64Array, at: number) => number) => {
    const column = new Float64Array(count);
    for (let r = 0; r < count; r++)
      column[r] = of(r, rows.tracks[rows.track[r]!]!.values, rows.at[r]!);
    columns.push(numberColumn(name, column));
  };
  const { base, scale } = anchors;
  const relative = (value: number, row: number) => (value - base[row]!) / scale[row]!;
  for (const lag of plan.lags)
    add(`lag_${lag}`, (r, values, at) => relative(values[at + 1 - lag] ?? NaN, r));
  for (const window of plan.windows) addWindow(columns, window, rows, anchors);
  if (plan.expanding) addWindow(columns, Infinity, rows, anchors);
  add('deviation_from_last', (r, values, at) => relative(lastOf(values, at), r));
  if (plan.seasonalLag) addSeason(add, set, rows, anchors, plan);
  add('steps_ahead', (r) => rows.ahead[r]!);
  add('log_scale', (r) => Math.log(scale[r]!));
  const calendar = (r: number) => rows.tracks[rows.track[r]!]!.start + rows.at[r]!;
  for (const period of seasonsOf(plan)) {
    const suffix = period === plan.period ? '' : `_of_${period}`;
    const phase = (r: number) => (((calendar(r) + rows.ahead[r]!) % period) + period) % period;
    add(`phase${suffix}`, phase);
    add(`phase_sin${suffix}`, (r) => Math.sin((2 * Math.PI * phase(r)) / period));
    add(`phase_cos${suffix}`, (r) => Math.cos((2 * Math.PI * phase(r)) / period));
  }
  plan.covariates.forEach(({ name, kind }, c) => {
    const at = (r: number, step: number) =>
      set.covariates!.at(rows.tracks[rows.track[r]!]!.series, calendar(r) + step, c);
    add(name, (r) => at(r, kind === 'known' ? rows.ahead[r]! : 0));
    // What is left of a seasonal difference is what the covariate was not, a cycle ago.
    if (kind === 'known' && plan.seasonalLag && looksBack(plan.anchor))
      add(`${name}_a_cycle_ago`, (r) => at(r, 1 - backTo(rows.ahead[r]!, 1, plan.period)));
  });
  for (const column of staticColumns(set, rows)) columns.push(column);
  return { rows: count, columns };
}

const seasonsOf = ({ period, longer }: LagPlan) => (period > 1 ? [period, ...longer] : longer);

type Add = (name: string, of: (row: number, values: Float64Array, at: number) => number) => void;

function addSeason(
  add: Add,
  set: SeriesSet,
  rows: LagRows,
  { base, scale }: Anchors,
  plan: LagPlan,
): void {
  const { period, lags } = plan;
  const past = pastOf(set, rows, plan);
  for (const season of seasonsOf(plan))
    for (const cycle of [1, 2]) {
      const name = season === period ? `${cycle}` : `${cycle}_of_${season}`;
      add(`seasonal_lag_${name}`, (r) => (past(r, cycle, season) - base[r]!) / scale[r]!);
      // The season's move from the same origin a cycle ago: free of the trend in between.
      add(`seasonal_change_${name}`, (r, values, at) => {
        const from = (Math.floor((rows.ahead[r]! - 1) / season) + cycle) * season;
        return (past(r, cycle, season) - (values[at - from] ?? NaN)) / scale[r]!;
      });
    }
  if (looksBack(plan.anchor))
    for (const lag of lags)
      add(`seasonal_difference_${lag}`, (r, values, at) => {
        const place = at + 1 - lag;
        return ((values[place] ?? NaN) - (values[place - period] ?? NaN)) / scale[r]!;
      });
}

/** Mean and deviation of the last `window` values up to the origin; of all when it is Infinity. */
function addWindow(
  columns: Column[],
  window: number,
  rows: LagRows,
  { base, scale }: Anchors,
): void {
  const count = rows.at.length;
  const means = new Float64Array(count);
  const deviations = new Float64Array(count);
  let known = { mean: NaN, deviation: NaN };
  for (let r = 0; r < count; r++) {
    const isSame = r > 0 && rows.track[r] === rows.track[r - 1] && rows.at[r] === rows.at[r - 1];
    if (!isSame) known = moments(rows.tracks[rows.track[r]!]!.values, rows.at[r]!, window);
    means[r] = (known.mean - base[r]!) / scale[r]!;
    deviations[r] = known.deviation / scale[r]!;
  }
  const [kind, suffix] = window === Infinity ? ['expanding', ''] : ['rolling', `_${window}`];
  columns.push(numberColumn(`${kind}_mean${suffix}`, means));
  columns.push(numberColumn(`${kind}_deviation${suffix}`, deviations));
}

function staticColumns(set: SeriesSet, { tracks, track }: LagRows): Column[] {
  const series = track.map((one) => tracks[one]!.series);
  return (set.statics?.columns ?? []).map((column) =>
    column.kind === 'number'
      ? numberColumn(
          column.name,
          Float64Array.from(series, (one) => column.values[one]!),
        )
      : { ...column, codes: series.map((one) => column.codes[one]!) },
  );
}

function lastOf(values: Float64Array, at: number): number {
  for (let i = at; i >= 0; i--) if (!Number.isNaN(values[i]!)) return values[i]!;
  return NaN;
}

function moments(values: Float64Array, at: number, window: number) {
  let [sum, squares, count] = [0, 0, 0];
  for (let i = Math.max(0, at + 1 - window); i <= at; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    squares += value * value;
    count++;
  }
  const mean = sum / count;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}
