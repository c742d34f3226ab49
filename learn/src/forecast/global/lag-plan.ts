import type { SeriesSet } from '../../series.js';

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

/** Whether a target is measured from what was a cycle ago. */
export const looksBack = (anchor: AnchorKind) => anchor === 'season' || anchor === 'both';
