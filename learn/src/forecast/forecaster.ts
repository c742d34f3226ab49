import type { Effects } from '../estimator.js';
import type { SeriesSet } from '../series.js';
import type { Backtest } from './choice/backtest.js';

/** A recipe of a forecast: holds parameters only, never data. */
export interface Forecaster {
  /**
   * @param previous a model of the same recipe: what has no new data since is taken over from it
   */
  fit(set: SeriesSet, effects: Effects, previous?: ForecastModel): Promise<ForecastModel>;
}

/** What a fit returns. Immutable; `loadForecastModel(model.bytes())` forecasts the same. */
export interface ForecastModel {
  readonly kind: string;
  /**
   * Forecasts `horizon` steps after the last step of each series of `history` (missing ones count
   * as steps). `out` holds series × horizon, row-major, in units of the series. The history may be
   * longer than at the fit and may hold keys never seen. A series without one known value gets
   * `NaN` from local models; the global model answers from its attributes.
   */
  forecast(history: SeriesSet, horizon: number, out: Float64Array): void;
  /** The training series that stand in for a series too short to speak for itself; else empty. */
  analogues?(history: SeriesSet, index: number): Analogue[];
  /** What moved one forecast away from the series' recent level, largest first, in its units. */
  drivers?(history: SeriesSet, index: number, step: number): Driver[];
  /**
   * Members of a combination by held-out windows, with their parts: in one series, or on average
   * over all.
   */
  members?(key?: string): MemberWeight[];
  /**
   * What it would have said of held-out windows, where the fit needed them: intervals are learned
   * from it. Its origins count steps back from the end of each series.
   */
  readonly heldOut?: Backtest;
  /** Series that could not be fitted and are forecast like an unknown one. */
  readonly failures?: readonly FitFailure[];
  bytes(): Uint8Array;
}

export interface FitFailure {
  key: string;
  message: string;
}

/** One member of a combination with its part in the whole: plain data. */
export interface MemberWeight {
  recipe: ForecastRecipe;
  weight: number;
  /** Held-out error relative to the seasonal naive forecast; `null` where none was judged. */
  loss: number | null;
}

export interface Analogue {
  key: string;
  /** Gower distance over the static attributes: 0 the same, 1 wholly different. */
  distance: number;
}

export interface Driver {
  column: string;
  /** In units of the series, added to its recent level. */
  contribution: number;
}

/** A plain description of a forecaster, as a declaration writes it. */
export interface ForecastRecipe {
  kind: string;
  params: Record<string, unknown>;
}

export function checkOutput(set: SeriesSet, horizon: number, out: Float64Array): void {
  if (!Number.isInteger(horizon) || horizon < 1)
    throw new RangeError(`horizon is ${horizon}, expected a whole number of steps from 1`);
  if (out.length !== set.keys.length * horizon)
    throw new RangeError(
      `out holds ${out.length} numbers, expected ${set.keys.length} series × ${horizon} steps`,
    );
}
