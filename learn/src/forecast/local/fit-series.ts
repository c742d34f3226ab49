import type { Effects } from '../../estimator.js';
import { seriesValues, type SeriesSet } from '../../series.js';
import type { FitFailure, ForecastRecipe } from '../forecaster.js';
import type { LocalMethod, Surroundings } from './local-method.js';
import { firstKnown } from '../series/missing.js';
import { packed, type PackedSet } from '../series/panel.js';

/** Some series to fit, as plain data: what a worker needs to do it. */
export interface SeriesTask {
  recipe: ForecastRecipe;
  set: PackedSet;
}

/** Parameters by series, empty where there are none, and who failed. */
export interface FittedSeries {
  parts: Float64Array[];
  failures: FitFailure[];
}

// Small enough for a stop to be heard and for two workers to end together, large enough that
// copying is nothing.
const CHUNK = 200;

/** Fits each of `rows` by itself: in the pool's workers, chunk by chunk, or here. */
export async function fitSeries(
  recipe: ForecastRecipe,
  method: LocalMethod,
  set: SeriesSet,
  { rows, effects }: { rows: readonly number[]; effects: Effects },
): Promise<FittedSeries> {
  const { pool, stop, progress } = effects;
  const parts: Float64Array[] = [];
  const failures: FitFailure[] = [];
  const wave = CHUNK * (pool === undefined || rows.length <= CHUNK ? 1 : pool.threads);
  let isFitted = false;
  for (let from = 0; from < rows.length; from += wave) {
    const part = rows.slice(from, from + wave);
    // A series left out by a stop is served from the pooled parameters of those that were fitted.
    if (isFitted && stop?.stopped === true) {
      parts.push(...part.map(() => new Float64Array(0)));
      continue;
    }
    const done =
      pool === undefined || wave === CHUNK
        ? [fitHere(method, set, part)]
        : await inWorkers(recipe, set, part, pool);
    for (const one of done) {
      parts.push(...one.parts);
      failures.push(...one.failures);
    }
    isFitted ||= done.some((one) => one.parts.some(({ length }) => length > 0));
    progress?.(parts.length / rows.length);
  }
  if (failures.length > 0 && !isFitted)
    throw new Error(`series ${failures[0]!.key}: ${failures[0]!.message}`);
  return { parts, failures };
}

type Workers = NonNullable<Effects['pool']>;

async function inWorkers(
  recipe: ForecastRecipe,
  set: SeriesSet,
  rows: readonly number[],
  pool: Workers,
): Promise<FittedSeries[]> {
  const tasks: SeriesTask[] = [];
  for (let at = 0; at < rows.length; at += CHUNK)
    tasks.push({ recipe, set: packed(set, rows.slice(at, at + CHUNK)) });
  return (await pool.map('fitSeries', tasks)) as FittedSeries[];
}

/** Fits some series of a set, one after another. */
export function fitHere(
  method: LocalMethod,
  set: SeriesSet,
  rows: readonly number[],
): FittedSeries {
  const failures: FitFailure[] = [];
  const parts = rows.map((row) => {
    const { values, start } = trimmed(set, row);
    if (values.length === 0) return new Float64Array(0);
    try {
      const infinite = values.find((value) => Math.abs(value) === Infinity);
      if (infinite !== undefined)
        throw new RangeError(`a value is ${infinite}, expected finite numbers or NaN for a gap`);
      return method.fit(values, set.period, surroundings(set, row, start));
    } catch (error) {
      failures.push({ key: set.keys[row]!, message: (error as Error).message });
      return new Float64Array(0);
    }
  });
  return { parts, failures };
}

/** Two 32-bit hashes a series of all that its fit reads; the same data give the same. */
export function fingerprints(set: SeriesSet): Uint32Array {
  const out = new Uint32Array(2 * set.keys.length);
  const number = new Float64Array(1);
  const words = new Int32Array(number.buffer);
  for (let i = 0; i < set.keys.length; i++) {
    let [one, other] = [0x811c9dc5, set.period];
    const put = (value: number) => {
      number[0] = value;
      for (const word of words) {
        one = Math.imul(one ^ word, 0x01000193);
        one ^= one >>> 15;
        other = Math.imul(other ^ word, 0x85ebca6b);
        other ^= other >>> 13;
      }
    };
    const { values, start } = trimmed(set, i);
    const { covariates } = surroundings(set, i, start);
    put(start);
    for (let t = 0; t < values.length; t++) {
      // One pattern of bits for every gap.
      put(Number.isNaN(values[t]!) ? NaN : values[t]!);
      for (const { at } of covariates) put(at(t));
    }
    out[2 * i] = one;
    out[2 * i + 1] = other;
  }
  return out;
}

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
