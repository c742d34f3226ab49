import type { z } from 'zod';
import { takeRows, type Frame } from '@tino/learn';
import { seesKey, type Scope } from '../access/principal.js';
import { TinoError } from '../contract/error.js';
import {
  ROWS_MAX,
  type PredictAnswer,
  type Prediction,
  type predictRequestSchema,
} from '../contract/predictions.js';
import type { Role } from '../contract/common.js';
import type { Language } from '../contract/words.js';
import { newId } from '../store/ids.js';
import type { VersionPackage } from '../training/package.js';
import type { ServedModel } from './catalog.js';
import type { ServingContext } from './context.js';
import { explanationOf, valueAt } from './explain.js';
import { bounded, inScale, intervalsAround } from './intervals.js';
import { noteLookUp } from './persons.js';
import { rowOfKey } from './score-rows.js';
import { predictionSentence } from './predict-sentence.js';
import type { Served } from './predictors.js';
import { provenanceOf } from './provenance.js';
import { reasonsShownTo } from './shown.js';
import { rowReader, type RowReader } from './request-rows.js';

export type PredictRequest = z.infer<typeof predictRequestSchema>;
type Key = Record<string, string>;

export interface PredictOptions {
  explain: boolean;
  language: Language;
  role: Role;
  /** Whose look-ups of persons these are. */
  by: string;
  scope: Scope;
}

const REASONS_MAX = 8;
const readers = new WeakMap<VersionPackage, RowReader>();

/** Rows of features, or entities of the last scoring by their keys; every answer is logged by its id. */
export async function predict(
  context: ServingContext,
  model: ServedModel,
  { rows, keys }: PredictRequest,
  options: PredictOptions,
): Promise<PredictAnswer> {
  if ((rows === undefined) === (keys === undefined))
    throw new TinoError('BAD_REQUEST', { path: 'body', detail: 'rows or keys, one of them' });
  const asked = (rows ?? keys)!.length;
  if (asked > ROWS_MAX) throw new TinoError('TOO_MANY_ROWS', { rows: asked, max: ROWS_MAX });
  const served = context.predictors.peek(model.name) ?? (await context.predictors.of(model.name));
  const x = rows ? readRows(model, served, rows) : await readKeys(context, model, keys!, options);
  return answerOf(context, model, served, x, keys, options);
}

function readRows(
  { name }: ServedModel,
  served: Served,
  rows: readonly Record<string, unknown>[],
): Frame {
  let reader = readers.get(served.package);
  if (reader === undefined) {
    reader = rowReader(name, served.package.meta.signature, served.opened);
    readers.set(served.package, reader);
  }
  return reader.read(rows);
}

async function readKeys(
  context: ServingContext,
  model: ServedModel,
  keys: readonly Key[],
  { scope }: PredictOptions,
): Promise<Frame> {
  const table = await context.scores.current(model.name);
  const found = keys.map((key) => {
    const row = table && seesKey(scope, key) ? rowOfKey(table, model.key, key) : undefined;
    if (row === undefined)
      throw new TinoError('UNKNOWN_KEY', { model: model.name, key: JSON.stringify(key) });
    return row;
  });
  return table === undefined ? { rows: 0, columns: [] } : takeRows(table.x, found);
}

function answerOf(
  { house, log, lookups }: ServingContext,
  model: ServedModel,
  served: Served,
  x: Frame,
  keys: readonly Key[] | undefined,
  { explain, language, role, by }: PredictOptions,
): PredictAnswer {
  const { meta } = served.package;
  const { page } = model.declaration;
  const values = new Float64Array(x.rows);
  served.opened.predict(x, values);
  const at = house.now().toISOString();
  const predictions: Prediction[] = [];
  for (let row = 0; row < x.rows; row++) {
    const value = inScale(page, bounded(model, values[row]!));
    const intervals = intervalsAround(model, meta, value);
    const id = newId('prediction');
    const key = keys?.[row] ?? null;
    if (key !== null) noteLookUp({ house, lookups }, model, key, { by, fields: ['value'] });
    const explanation = explain
      ? explanationOf(served.opened, page, x, row, { reasonsMax: REASONS_MAX })
      : undefined;
    predictions.push({
      id,
      key,
      value,
      intervals,
      ...(explanation && {
        // Whoever sent the row knows what it holds.
        explanation: keys
          ? {
              ...explanation,
              reasons: reasonsShownTo(role, model, explanation.reasons),
            }
          : explanation,
      }),
      sentence: predictionSentence(
        meta,
        page,
        { value, intervals },
        { language, currency: house.workspace.currency },
      ),
    });
    const columns = Object.fromEntries(x.columns.map(({ name }) => [name, valueAt(x, name, row)]));
    const { rung, version } = served;
    log.add({ id, at, model: model.name, version, rung, key, row: columns, value });
  }
  return { predictions, provenance: provenanceOf(served) };
}
