import { encodeArtifact, type Artifact } from '../../artifact.js';
import type { SeriesSet } from '../../series.js';
import { fingerprints, fitSeries, surroundings, trimmed } from './fit-series.js';
import {
  checkOutput,
  type FitFailure,
  type ForecastModel,
  type Forecaster,
} from '../forecaster.js';
import type { LocalMethod, Surroundings } from './local-method.js';
import { medianKnown } from '../series/statistics.js';

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
  /** Two numbers a series: what its values and covariates were; empty in files of before. */
  prints: Uint32Array;
  failures: readonly FitFailure[];
}

/** What a model was fitted to, for the next fit to take over. */
const fittedOf = new WeakMap<ForecastModel, Fitted & { recipe: string }>();

/**
 * One independent fit a series. Series of `previous` that have no new data keep their parameters.
 * A series that cannot be fitted is among the model's `failures` and is forecast with the pooled
 * parameters; when none can, the first error is thrown.
 */
export function local(
  method: LocalMethod,
  recipe: Record<string, unknown>,
  options: LocalOptions,
): Forecaster {
  return {
    async fit(set, effects, previous) {
      rejectDuplicates(set.keys);
      const prints = fingerprints(set);
      const { parts, missing } = takenOver(set, prints, previous && fittedOf.get(previous), recipe);
      const fitted = await fitSeries({ kind: method.kind, params: recipe }, method, set, {
        rows: missing,
        effects,
      });
      missing.forEach((row, i) => (parts[row] = fitted.parts[i]!));
      const starts = Int32Array.from(set.keys, (_, i) => trimmed(set, i).start);
      const offsets = new Int32Array(set.keys.length + 1);
      parts.forEach((part, i) => (offsets[i + 1] = offsets[i]! + part.length));
      const parameters = new Float64Array(offsets[set.keys.length]!);
      parts.forEach((part, i) => parameters.set(part, offsets[i]));
      const { failures } = fitted;
      return localModel(method, recipe, options, {
        keys: set.keys,
        starts,
        offsets,
        parameters,
        prints,
        failures,
      });
    },
  };
}

/** The parameters of series whose data are the same as at the previous fit, and who is left. */
function takenOver(
  set: SeriesSet,
  prints: Uint32Array,
  previous: (Fitted & { recipe: string }) | undefined,
  recipe: Record<string, unknown>,
): { parts: Float64Array[]; missing: number[] } {
  const parts: Float64Array[] = Array.from({ length: set.keys.length });
  const missing: number[] = [];
  const usable = previous?.recipe === JSON.stringify(recipe) ? previous : undefined;
  const rowOf = new Map(usable?.keys.map((key, row) => [key, row]));
  set.keys.forEach((key, i) => {
    const row = rowOf.get(key);
    const isSame =
      row !== undefined &&
      usable!.offsets[row + 1]! > usable!.offsets[row]! &&
      usable!.prints[2 * row] === prints[2 * i] &&
      usable!.prints[2 * row + 1] === prints[2 * i + 1];
    if (isSame) parts[i] = usable!.parameters.slice(usable!.offsets[row], usable!.offsets[row + 1]);
    else missing.push(i);
  });
  return { parts, missing };
}

export function loadLocal(
  artifact: Artifact,
  method: LocalMethod,
  recipe: Record<string, unknown>,
  options: LocalOptions,
): ForecastModel {
  const { starts, offsets, parameters, prints } = artifact.sections;
  return localModel(method, recipe, options, {
    keys: artifact.meta['keys'] as string[],
    prints: (prints ?? new Uint32Array(0)) as Uint32Array,
    failures: (artifact.meta['failures'] ?? []) as FitFailure[],
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
  const model: ForecastModel = {
    kind: method.kind,
    failures: fitted.failures,
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
        meta: { recipe, keys: fitted.keys, failures: fitted.failures },
        sections: {
          starts: fitted.starts,
          offsets: fitted.offsets,
          parameters: fitted.parameters,
          prints: fitted.prints,
        },
      }),
  };
  fittedOf.set(model, { ...fitted, recipe: JSON.stringify(recipe) });
  return model;
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
