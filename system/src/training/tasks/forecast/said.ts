import {
  forecasterOf,
  forecastKinds,
  type ForecastModel,
  type ForecastRecipe,
  type Rng,
  type Stop,
} from '@tino/learn';
import type { SeriesData } from './data.js';
import { seenSeries, sha256 } from './fingerprint.js';
import type { SearchMemory } from './memory.js';
import { type Origin, takeSeries, valuesOf } from './series.js';

export interface SayingEffects {
  rng: Rng;
  stop: Stop;
  memory?: SearchMemory;
}

/**
 * What one recipe says, fitted at the first of some origins and reading on at the others: for each
 * origin its series × horizon. What the memory holds is not fitted again.
 */
export async function saidFrom(
  recipe: ForecastRecipe,
  group: readonly Origin[],
  horizon: number,
  effects: SayingEffects,
): Promise<Float64Array[]> {
  const { memory } = effects;
  if (memory === undefined) return (await sayAll(recipe, group, horizon, effects)).said;
  const alone = isAlone(recipe);
  const named = group.map((origin) =>
    namesOf(recipe, group[0]!, origin, { horizon, alone, effects }),
  );
  const said = group.map(({ data }) => new Float64Array(data.set.keys.length * horizon));
  const missing = recall(memory, group, named, said);
  if (alone) for (const { key } of missing) memory.fitted.add(key);
  else memory.global[missing.length > 0 ? 'made' : 'reused']++;
  if (missing.length === 0) return said;
  const keys = new Set(missing.map(({ key }) => key));
  const some =
    alone && !missing.some(({ leaning }) => leaning)
      ? await saySome(recipe, group, horizon, { ...effects, keys })
      : null;
  const made = some ?? (await sayAll(recipe, group, horizon, effects));
  group.forEach(({ data }, o) => {
    const places = some ? placesOf(data, keys) : data.set.keys.map((_, i) => i);
    places.forEach((place, i) =>
      said[o]!.set(made.said[o]!.subarray(i * horizon, (i + 1) * horizon), place * horizon),
    );
  });
  // A series that cannot be fitted is forecast by what the others have in common.
  if (!alone || !made.failed) remember(memory, named, said, horizon);
  return said;
}

/** Fills in what is known and answers what is not. */
function recall(
  memory: SearchMemory,
  group: readonly Origin[],
  named: readonly Named[],
  said: readonly Float64Array[],
): { key: string; leaning: boolean }[] {
  return group.flatMap(({ data }, o) =>
    named[o]!.rows.flatMap(({ name, leaning }, i) => {
      const found = memory.find(named[o]!.block, name);
      if (found === undefined) return [{ key: data.set.keys[i]!, leaning }];
      said[o]!.set(found, i * found.length);
      return [];
    }),
  );
}

const remember = (
  memory: SearchMemory,
  named: readonly Named[],
  said: readonly Float64Array[],
  horizon: number,
): void =>
  named.forEach(({ block, rows }, o) =>
    rows.forEach(({ name }, i) =>
      memory.keep(block, name, said[o]!.subarray(i * horizon, (i + 1) * horizon)),
    ),
  );

interface Said {
  said: Float64Array[];
  failed: boolean;
}

async function sayAll(
  recipe: ForecastRecipe,
  group: readonly Origin[],
  horizon: number,
  effects: SayingEffects,
): Promise<Said> {
  const model = await fitAt(recipe, group[0]!.step, group[0]!.data.set, effects);
  const said = group.map(({ data }) => {
    const out = new Float64Array(data.set.keys.length * horizon);
    model.forecast(data.set, horizon, out);
    return out;
  });
  return { said, failed: (model.failures ?? []).length > 0 };
}

/** The same of some series, each fitted by itself; null where one of them cannot be. */
async function saySome(
  recipe: ForecastRecipe,
  group: readonly Origin[],
  horizon: number,
  { keys, ...effects }: SayingEffects & { keys: ReadonlySet<string> },
): Promise<Said | null> {
  const only = group.map(({ data, ...origin }) => ({
    ...origin,
    data: { ...data, set: takeSeries(data.set, placesOf(data, keys)) },
  }));
  try {
    const made = await sayAll(recipe, only, horizon, effects);
    return made.failed ? null : made;
  } catch {
    // None could be fitted: all together they lean on those that can.
    return null;
  }
}

const fitAt = (
  recipe: ForecastRecipe,
  step: number,
  set: SeriesData['set'],
  { rng, stop }: SayingEffects,
): Promise<ForecastModel> =>
  forecasterOf(recipe).fit(set, { rng: rng.fork(`origin ${step}`), stop });

const placesOf = (data: SeriesData, keys: ReadonlySet<string>): number[] =>
  data.set.keys.flatMap((key, i) => (keys.has(key) ? [i] : []));

/** Whether a fit reads one series at a time, and draws nothing. */
const isAlone = ({ kind }: ForecastRecipe): boolean =>
  forecastKinds[kind]?.scope === 'local' && kind !== 'combination';

interface Named {
  block: string;
  /** By series: a name of all that decides its forecast. */
  rows: { name: string; leaning: boolean }[];
}

function namesOf(
  recipe: ForecastRecipe,
  fit: Origin,
  { step, data }: Origin,
  { horizon, alone, effects }: { horizon: number; alone: boolean; effects: SayingEffects },
): Named {
  const block = nameOf([recipe, horizon, fit.step, step]);
  const seen = seenSeries(data, horizon);
  const fitted = seenSeries(fit.data, horizon);
  const place = new Map(fit.data.set.keys.map((key, i) => [key, i]));
  const all = nameOf(fitted);
  // Draws decide too where a fit draws: the stream is named by what it would say next.
  const others = alone ? [] : [all, nameOf(seen), effects.rng.fork('name').next()];
  const rows = data.set.keys.map((key, i) => {
    const own = place.get(key) ?? -1;
    // Without a value at the fit it is forecast by what the others have in common.
    const leaning = own < 0 || valuesOf(fit.data.set, own).every(Number.isNaN);
    const basis = leaning ? all : fitted[own]!;
    return { name: nameOf([basis, seen[i], ...others]), leaning };
  });
  return { block, rows };
}

const nameOf = (of: unknown): string => sha256(JSON.stringify(of)).slice(0, 32);
