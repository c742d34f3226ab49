import { encodeArtifact, type Artifact } from '../artifact.js';
import { seriesValues, type SeriesSet } from '../series.js';
import { checkOutput, type ForecastModel, type Forecaster } from './forecaster.js';
import { firstKnown } from './missing.js';
import { medianKnown } from './statistics.js';

/** What is known about one series besides its values. */
export interface Surroundings {
  /** Calendar index of its first value. */
  start: number;
  /** Covariates known ahead; `at` counts steps from the first value. */
  covariates: readonly { name: string; at(step: number): number }[];
}

/** Parts of a forecast by name (level, trend, season, a covariate); they sum to it. */
export type Parts = Record<string, Float64Array>;

/** A way to forecast one series from itself. */
export interface LocalMethod {
  kind: string;
  /**
   * Parameters of one series that begins with a known value; the first one is a form (a whole
   * number), so that parameters of one form can be pooled. Gaps are `NaN`.
   */
  fit(values: Float64Array, period: number, around: Surroundings): Float64Array;
  /**
   * Filters `values` and fills `out`. `fresh` says that the parameters were fitted on another
   * series or another start: what belongs to the start (initial states, scale) must be estimated
   * again. A method that knows parts of its forecast puts them into `parts`.
   */
  forecast(
    values: Float64Array,
    period: number,
    fitted: { parameters: Float64Array; fresh: boolean },
    out: Float64Array,
    around: Surroundings,
    parts?: Parts,
  ): void;
  /** Forecasts one step ahead within the series; without it, each is made from its own past. */
  trace?(
    values: Float64Array,
    period: number,
    parameters: Float64Array,
    out: Float64Array,
    around: Surroundings,
  ): void;
  /** What answered when the series was too short or too even for what the method is named for. */
  usedInstead?(values: Float64Array, period: number, parameters: Float64Array): string | undefined;
}

export interface LocalOptions {
  /** Forecasts never go below it; `null` is 0 where the series never went below 0. */
  floor: number | 'none' | null;
  /** Forecasts never go above it; `null` for none. */
  ceiling: number | null;
  /** A key never seen is an error instead of being forecast with the pooled parameters. */
  strict: boolean;
}

interface Fitted {
  keys: readonly string[];
  starts: Int32Array;
  offsets: Int32Array;
  parameters: Float64Array;
}

/** One independent fit a series. */
export function local(
  method: LocalMethod,
  recipe: Record<string, unknown>,
  options: LocalOptions,
): Forecaster {
  return {
    async fit(set, { stop, progress }) {
      rejectDuplicates(set.keys);
      const starts = new Int32Array(set.keys.length);
      const offsets = new Int32Array(set.keys.length + 1);
      const parts: Float64Array[] = [];
      for (let i = 0; i < set.keys.length; i++) {
        const { values, start } = trimmed(set, i);
        // A series left out by a stop is served from the pooled parameters of those that were
        // fitted.
        const part =
          values.length === 0 || (stop?.stopped === true && parts.some((p) => p.length > 0))
            ? new Float64Array(0)
            : method.fit(values, set.period, surroundings(set, i, start));
        parts.push(part);
        starts[i] = start;
        offsets[i + 1] = offsets[i]! + part.length;
        progress?.((i + 1) / set.keys.length);
      }
      const parameters = new Float64Array(offsets[set.keys.length]!);
      parts.forEach((part, i) => parameters.set(part, offsets[i]));
      return localModel(method, recipe, options, { keys: set.keys, starts, offsets, parameters });
    },
  };
}

export function loadLocal(
  artifact: Artifact,
  method: LocalMethod,
  recipe: Record<string, unknown>,
  options: LocalOptions,
): ForecastModel {
  const { starts, offsets, parameters } = artifact.sections;
  return localModel(method, recipe, options, {
    keys: artifact.meta['keys'] as string[],
    starts: starts as Int32Array,
    offsets: offsets as Int32Array,
    parameters: parameters as Float64Array,
  });
}

function localModel(
  method: LocalMethod,
  recipe: Record<string, unknown>,
  options: LocalOptions,
  fitted: Fitted,
): ForecastModel {
  const indexOf = new Map(fitted.keys.map((key, i) => [key, i]));
  const own = (i: number) => fitted.parameters.subarray(fitted.offsets[i], fitted.offsets[i + 1]);
  const pooled = pool(fitted.keys.map((_, i) => own(i)));
  const parametersFor = (
    key: string,
    values: Float64Array,
    period: number,
    around: Surroundings,
  ) => {
    const index = indexOf.get(key);
    if (index === undefined && options.strict)
      throw new Error(`series ${key} was not in the training of this ${method.kind} model`);
    if (index !== undefined && own(index).length > 0)
      return { parameters: own(index), fresh: fitted.starts[index] !== around.start };
    return pooled.length > 0
      ? { parameters: pooled, fresh: true }
      : { parameters: method.fit(values, period, around), fresh: false };
  };
  return {
    kind: method.kind,
    forecast(history, horizon, out) {
      checkOutput(history, horizon, out);
      for (let i = 0; i < history.keys.length; i++) {
        const slot = out.subarray(i * horizon, (i + 1) * horizon);
        const { values, start } = trimmed(history, i);
        if (values.length === 0) slot.fill(NaN);
        else {
          const around = surroundings(history, i, start);
          const chosen = parametersFor(history.keys[i]!, values, history.period, around);
          method.forecast(values, history.period, chosen, slot, around);
          keepBetween(slot, values, options);
        }
      }
    },
    bytes: () =>
      encodeArtifact({
        kind: method.kind,
        meta: { recipe, keys: fitted.keys },
        sections: {
          starts: fitted.starts,
          offsets: fitted.offsets,
          parameters: fitted.parameters,
        },
      }),
  };
}

/** Holds forecasts to floor and ceiling. */
export function keepBetween(
  out: Float64Array,
  values: Float64Array,
  { floor, ceiling }: Pick<LocalOptions, 'floor' | 'ceiling'>,
): void {
  const lowest = floor === 'none' ? -Infinity : (floor ?? (neverNegative(values) ? 0 : -Infinity));
  for (let h = 0; h < out.length; h++) {
    if (out[h]! < lowest) out[h] = lowest;
    if (ceiling !== null && out[h]! > ceiling) out[h] = ceiling;
  }
}

const neverNegative = (values: Float64Array) => !values.some((value) => value < 0);

export function surroundings(set: SeriesSet, index: number, start: number): Surroundings {
  const { covariates } = set;
  if (covariates === undefined) return { start, covariates: [] };
  return {
    start,
    covariates: covariates.names.flatMap((name, c) =>
      covariates.kinds[c] === 'known'
        ? [{ name, at: (step: number) => covariates.at(index, start + step, c) }]
        : [],
    ),
  };
}

/** A series without its leading missing values, and where it then starts. */
export function trimmed(set: SeriesSet, index: number): { values: Float64Array; start: number } {
  const values = seriesValues(set, index);
  const first = firstKnown(values);
  return { values: values.subarray(first), start: set.starts[index]! + first };
}

/** The median parameters of the most frequent form: what a series never seen is forecast with. */
function pool(all: readonly Float64Array[]): Float64Array {
  const byForm = new Map<string, Float64Array[]>();
  for (const parameters of all) {
    if (parameters.length === 0) continue;
    const form = `${parameters[0]!}/${parameters.length}`;
    const group = byForm.get(form);
    if (group === undefined) byForm.set(form, [parameters]);
    else group.push(parameters);
  }
  let most: Float64Array[] = [];
  for (const form of [...byForm.keys()].sort())
    if (byForm.get(form)!.length > most.length) most = byForm.get(form)!;
  if (most.length === 0) return new Float64Array(0);
  return most[0]!.map((_, j) => medianKnown(most.map((parameters) => parameters[j]!)));
}

function rejectDuplicates(keys: readonly string[]): void {
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) throw new Error(`series ${key} appears twice; keys must be unique`);
    seen.add(key);
  }
}
