import { frame, periodOf, seriesSet, type Hygiene, type SeriesSet } from '@tino/learn';
import type { Batch } from '../../../engine/port.js';
import { readAsOf } from '../../../features/read-as-of.js';
import type { House } from '../../../ports/house.js';
import type { ForecastDeclaration, LoadedModel } from '../../../workspace/types.js';
import { columnOf, keyOfText, keyText, keyValue, numbersOf } from './keys.js';
import { readCovariates } from './known.js';
import { readAttributes, type Attributes } from './statics.js';
import { gather, type Point } from './gather.js';
import { stepIndex } from './steps.js';

/** All members of a family as they were known at one cut-off. */
export interface SeriesData {
  cutoff: string;
  /** Index of the last whole step on the common calendar; every series ends there. */
  end: number;
  /** Members in order of their key; those without one value hold one `NaN`. */
  set: SeriesSet;
  keys: readonly Readonly<Record<string, string>>[];
  /** By member: what the statics SQL says of it; empty without one. */
  attributes: readonly Attributes[];
  /** By member: attributes are known but not one value. */
  cold: readonly boolean[];
  /** What was odd about the points, counted over all members. */
  hygiene: Hygiene;
  /** The same of each member; undefined for one that no point speaks of. */
  hygieneOf: readonly (Hygiene | undefined)[];
}

/**
 * Reads the series SQL as of a cut-off (a local date) and lays it on the steps of the calendar. The
 * step that the cut-off falls in is not over and is left out. With `how: 'sum'` a step without rows
 * is 0, else it is missing. Keys that only the statics SQL names are members without history.
 */
export async function readSeries(
  house: House,
  model: LoadedModel,
  cutoff: string,
): Promise<SeriesData> {
  const declaration = model.declaration as ForecastDeclaration;
  const read = (file: string) =>
    readAsOf(house, model.part, file, model.sql[file]!, cutoff, {
      allowPersonal: declaration.allowPersonal ?? [],
    });
  const points = pointsOf(await read(declaration.series), declaration);
  const { series, end, hygiene } = gather(points, {
    ...declaration,
    before: stepIndex(cutoff, declaration),
  });
  const statics = declaration.statics ? await readAttributes(read, declaration) : undefined;
  const known = new Map(series.map((one) => [one.key, one]));
  const texts = new Set(known.keys());
  for (const key of statics?.whole ?? []) texts.add(keyText(declaration.key, key));
  const ordered = [...texts].sort();
  const keys = ordered.map(keyOfText);
  const set = seriesSet(
    ordered.map((key) => known.get(key) ?? { key, start: end, values: [NaN] }),
    periodOf[declaration.step],
  );
  const attributes = keys.map((key) => (statics ? statics.of(key) : {}));
  const covariates = await readCovariates(read, declaration, { keys, end });
  return {
    cutoff,
    end,
    keys,
    attributes,
    cold: ordered.map((key) => !known.has(key)),
    hygiene,
    hygieneOf: ordered.map((key) => known.get(key)?.hygiene),
    set: {
      ...set,
      ...(statics && { statics: frame(statics.columns(keys)) }),
      ...(covariates && { covariates }),
    },
  };
}

function pointsOf(batch: Batch, { series: file, key }: ForecastDeclaration): Point[] {
  const names = key.map((name) => columnOf(batch, name, file));
  const at = columnOf(batch, 'at', file).values;
  const value = numbersOf(batch, 'value', file);
  const weight = batch.columns.some(({ name }) => name === 'weight')
    ? numbersOf(batch, 'weight', file)
    : undefined;
  const available = batch.columns.some(({ name }) => name === 'available')
    ? numbersOf(batch, 'available', file)
    : undefined;
  const points: Point[] = [];
  for (let row = 0; row < batch.rows; row++) {
    const moment = at[row];
    const share = available?.[row] ?? NaN;
    if (typeof moment !== 'string') continue;
    const own = Object.fromEntries(key.map((name, k) => [name, keyValue(names[k]!, row)]));
    points.push({
      key: keyText(key, own),
      at: moment,
      value: value[row]!,
      weight: weight?.[row] ?? 1,
      ...(!Number.isNaN(share) && { available: share }),
    });
  }
  return points;
}
