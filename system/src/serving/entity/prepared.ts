import type { Role } from '../../contract/common.js';
import type { EntityAnswer } from '../../contract/segments.js';
import type { Language, Words } from '../../contract/words.js';
import type { ServedModel } from '../catalog.js';
import type { ServingContext } from '../context.js';
import type { Served } from '../predictors.js';
import { provenanceOf } from '../provenance.js';
import { cellsReader } from '../score-rows.js';
import type { ScoreTable } from '../score-table.js';
import { namesOf } from '../segment/lookup.js';
import { shownTo } from '../shown.js';
import { segmentAnswers } from './of-segment.js';
import { valueAnswers } from './of-value.js';

/** Who asks, as far as an answer depends on it. */
export interface Asker {
  language: Language;
  role: Role;
}

/** What a model says of an entity of its last scoring. */
export type Said = Pick<EntityAnswer, 'segment' | 'value' | 'reasons' | 'sentence' | 'next'>;

/** Answers for the rows of a scoring; what is the same for many of them is worked out already. */
export interface Answers {
  said(row: number): Said;
  /** The sentence alone, which is what other models of the same entity show. */
  sentenceOf(row: number): Said['sentence'];
}

interface Prepared extends Answers {
  /** What was known of a row, as far as the role may see it. */
  columns: { names: readonly string[]; of(row: number): EntityAnswer['columns'] };
  provenance: EntityAnswer['provenance'];
}

/** What answers are prepared from. */
export interface Material extends Asker {
  model: ServedModel;
  table: ScoreTable;
  served: Served;
  currency: string;
  /** Names that people gave to segments; undefined for other tasks. */
  names: ReadonlyMap<string, Words> | undefined;
}

const standing = new WeakMap<ScoreTable, Map<string, { from: Material; prepared: Prepared }>>();

/** Once for a scoring, a role and a language; again when another version answers or a name changes. */
export async function preparedFor(
  context: ServingContext,
  model: ServedModel,
  table: ScoreTable,
  { language, role }: Asker,
): Promise<Prepared> {
  const served = await context.predictors.of(model.name);
  const segments = model.declaration.task === 'segment';
  const names = segments ? await namesOf(context, model.name) : undefined;
  let known = standing.get(table);
  if (known === undefined) standing.set(table, (known = new Map()));
  const last = known.get(role + language);
  if (
    last !== undefined &&
    last.from.served === served &&
    last.from.names === names &&
    last.from.model.declaration === model.declaration
  )
    return last.prepared;
  const { currency } = context.house.workspace;
  const from = { model, table, served, currency, names, language, role };
  const columns = shownTo(role, model, table.manifest.features.concat(table.manifest.carried));
  const prepared: Prepared = {
    ...(segments ? segmentAnswers(from) : valueAnswers(from)),
    columns: { names: columns, of: cellsReader(table, columns) },
    provenance: provenanceOf(served),
  };
  known.set(role + language, { from, prepared });
  return prepared;
}
