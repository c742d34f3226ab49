import { numberColumn, type Column, type Frame } from '../frame.js';
import type { SeriesSet } from '../series.js';

/**
 * What a target is measured from: `mean` of the last season, `last` value (the first difference),
 * `season` the same phase a cycle ago (the seasonal difference), `both` that phase moved by what
 * the last value gained since (both differences).
 */
export type AnchorKind = 'mean' | 'last' | 'season' | 'both';

/**
 * What a target is divided by: the mean `size` of the series' last values, or the mean absolute
 * `change` since a cycle ago, the unit of MASE.
 */
export type ScaleKind = 'size' | 'change';

/** What one row of the global model is made of; saved with the model. */
export interface LagPlan {
  lags: number[];
  windows: number[];
  /** Mean and deviation of all the past. */
  expanding: boolean;
  anchor: AnchorKind;
  scale: ScaleKind;
  seasonalLag: boolean;
  period: number;
  /** Longer seasons whose phases and past are read too, such as a week of hours. */
  longer: number[];
  /** Known covariate by which the same moment of a past season is found; `null`: by the calendar. */
  aligned: string | null;
  /** Steps that are forecast before any forecast is fed back. */
  block: number;
  covariates: { name: string; kind: 'known' | 'past' }[];
  /** Longest look back, in steps: what a model keeps of its training series. */
  memory: number;
}

export interface PlanOptions {
  lags: number[] | null;
  windows: number[] | null;
  expanding: boolean;
  anchor: AnchorKind;
  scale: ScaleKind;
  seasonalLag: boolean;
  /** Steps of each season, the set's among them or not; `null` for that of the set. */
  periods: number[] | null;
  /** Name of a known covariate such as the days to a feast that moves between steps. */
  aligned: string | null;
  block: number;
}

/** One history: what is known, and after it what was forecast so far. */
export interface Track {
  /** Whose attributes and covariates are read. */
  series: number;
  values: Float64Array;
  /** Calendar index of the first of `values`. */
  start: number;
}

/** Rows to learn or to forecast, as flat columns. */
export interface LagRows {
  tracks: readonly Track[];
  /** By row: which track, */
  track: Int32Array;
  /** the place of the origin in its values: nothing after it is read, */
  at: Int32Array;
  /** and how many steps ahead, from 1. */
  ahead: Int32Array;
}

/** By row: what targets and columns are measured from and divided by. */
export interface Anchors {
  /** Of the target. */
  level: Float64Array;
  /** Of the columns: the level of the recent past. */
  base: Float64Array;
  scale: Float64Array;
}

const ANCHORS: readonly AnchorKind[] = ['mean', 'last', 'season', 'both'];

/** @throws RangeError on a step that is no whole number, Error on an unknown anchor or scale */
export function planOf(set: SeriesSet, options: PlanOptions): LagPlan {
  const { period } = set;
  const { anchor, scale, block, expanding } = options;
  if (!ANCHORS.includes(anchor))
    throw new Error(`anchor is ${String(anchor)}, expected one of ${ANCHORS.join(', ')}`);
  if (scale !== 'size' && scale !== 'change')
    throw new Error(`scale is ${String(scale)}, expected size or change`);
  checkAligned(set, options.aligned);
  const lags = options.lags ?? [...new Set([1, 2, 3, period])];
  const windows = options.windows ?? [...new Set([4, ...(period > 1 ? [period] : [12])])];
  const seasonal = options.seasonalLag && (period > 1 || (options.periods ?? []).length > 0);
  const longer = (options.periods ?? []).filter((one) => one !== period);
  for (const value of [...lags, ...windows, ...longer, block])
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(
        `lags, windows, periods and block are whole steps from 1, found ${value}`,
      );
  const cyclesOf = (one: number) => (2 + Math.ceil(block / one)) * one;
  const differenced = seasonal && looksBack(anchor);
  return {
    lags,
    windows,
    expanding,
    anchor,
    scale,
    seasonalLag: seasonal,
    period,
    longer,
    aligned: options.aligned,
    block,
    covariates:
      set.covariates?.names.map((name, i) => ({ name, kind: set.covariates!.kinds[i]! })) ?? [],
    memory:
      Math.max(
        12,
        ...lags.map((lag) => lag + (differenced ? period : 0)),
        ...windows,
        seasonal || looksBack(anchor) ? cyclesOf(period) : 0,
        ...longer.map(cyclesOf),
        period,
      ) + 1,
  };
}

function checkAligned({ covariates }: SeriesSet, name: string | null): void {
  const at = covariates?.names.indexOf(name ?? '') ?? -1;
  if (name !== null && covariates?.kinds[at] !== 'known')
    throw new Error(
      `seasons are to be aligned by ${name}, which is no known covariate; there are ${covariates?.names.join(', ') || 'none'}`,
    );
}

const looksBack = (anchor: AnchorKind) => anchor === 'season' || anchor === 'both';

/** Rows of one step or more ahead of the given origins, all steps of a track after each other. */
export function rowsAhead(
  tracks: readonly Track[],
  origins: ArrayLike<number>,
  steps: number,
): LagRows {
  const count = tracks.length * steps;
  return {
    tracks,
    track: Int32Array.from({ length: count }, (_, r) => Math.floor(r / steps)),
    at: Int32Array.from({ length: count }, (_, r) => origins[Math.floor(r / steps)]!),
    ahead: Int32Array.from({ length: count }, (_, r) => (r % steps) + 1),
  };
}

/** Levels and scales of the rows; `NaN` level when nothing is known in the row's past. */
export function anchorsOf(set: SeriesSet, rows: LagRows, plan: LagPlan): Anchors {
  const past = pastOf(set, rows, plan);
  const count = rows.at.length;
  const level = new Float64Array(count);
  const base = new Float64Array(count);
  const scale = new Float64Array(count);
  let recent = { mean: NaN, last: NaN, lastAt: -1, size: 1, change: NaN };
  for (let r = 0; r < count; r++) {
    const { values } = rows.tracks[rows.track[r]!]!;
    const at = rows.at[r]!;
    // Steps ahead of one origin follow each other and share its past.
    const isSame = r > 0 && rows.track[r] === rows.track[r - 1] && at === rows.at[r - 1];
    if (!isSame) recent = recentOf(values, at, plan);
    scale[r] = plan.scale === 'change' && recent.change > 0 ? recent.change : recent.size;
    base[r] = plan.anchor === 'last' ? recent.last : recent.mean;
    level[r] = base[r]!;
    if (looksBack(plan.anchor)) {
      const ago = past(r, 1, plan.period);
      const before = values[recent.lastAt - plan.period] ?? NaN;
      const moved = plan.anchor === 'season' ? ago : ago + recent.last - before;
      if (!Number.isNaN(moved)) level[r] = moved;
    }
  }
  return { level, base, scale };
}

/**
 * The value of the same phase some cycles ago. Where a covariate aligns seasons, it is read between
 * the two steps whose covariate is about that of the step ahead: a week's feast may lie a day later
 * than a year ago. Where no two neighbours as near as steps get hold it, the calendar decides.
 */
function pastOf(set: SeriesSet, { tracks, track, at, ahead }: LagRows, plan: LagPlan) {
  const c = set.covariates?.names.indexOf(plan.aligned ?? '') ?? -1;
  return (row: number, cycle: number, period: number): number => {
    const { values, start, series } = tracks[track[row]!]!;
    const place = at[row]! + 1 - backTo(ahead[row]!, cycle, period);
    const plain = values[place] ?? NaN;
    if (c < 0 || Number.isNaN(plain)) return plain;
    const known = (t: number) => set.covariates!.at(series, start + t, c);
    const wanted = known(at[row]! + ahead[row]!);
    if (known(place) === wanted) return plain;
    let best = { low: place, share: 0, width: Infinity };
    let narrowest = Infinity;
    for (let low = place - 2; low < place + 2 && low < at[row]!; low++) {
      const [from, to] = [known(low), known(low + 1)];
      const width = Math.abs(to - from);
      if (width > 0) narrowest = Math.min(narrowest, width);
      if ((wanted - from) * (wanted - to) > 0 || !(width < best.width) || width === 0) continue;
      best = { low, share: (wanted - from) / (to - from), width };
    }
    if (best.width > 1.5 * narrowest) return plain;
    const between =
      (1 - best.share) * (values[best.low] ?? NaN) + best.share * (values[best.low + 1] ?? NaN);
    return Number.isNaN(between) ? plain : between;
  };
}

/** How far back, counted from 1 at the origin, the step's phase is found `cycles` cycles ago. */
const backTo = (ahead: number, cycles: number, period: number) =>
  (Math.floor((ahead - 1) / period) + cycles) * period - ahead + 1;

function recentOf(values: Float64Array, at: number, plan: LagPlan) {
  const span = plan.period > 1 ? plan.period : Math.max(...plan.windows);
  let [sum, count, size, sized, change, changes] = [0, 0, 0, 0, 0, 0];
  let [last, lastAt] = [NaN, -1];
  for (let back = 1; back <= plan.memory; back++) {
    const value = values[at + 1 - back];
    if (value === undefined) break;
    if (Number.isNaN(value)) continue;
    if (lastAt < 0) [last, lastAt] = [value, at + 1 - back];
    size += Math.abs(value);
    sized++;
    const moved = Math.abs(value - (values[at + 1 - back - plan.period] ?? NaN));
    if (!Number.isNaN(moved)) {
      change += moved;
      changes++;
    }
    if (back > span && count > 0) continue;
    sum += value;
    count++;
  }
  return {
    mean: sum / count,
    last,
    lastAt,
    size: size > 0 ? size / sized : 1,
    change: change / changes,
  };
}

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
