import { seesKey, type Scope } from '../../access/principal.js';
import { TinoError } from '../../contract/error.js';
import type { EntityAnswer } from '../../contract/segments.js';
import type { ServedModel } from '../catalog.js';
import type { ServingContext } from '../context.js';
import { noteLookUp } from '../persons.js';
import { rowOfKey } from '../score-rows.js';
import { scoringOf } from '../segment/lookup.js';
import { preparedFor, type Asker } from './prepared.js';

const TASKS = ['classify', 'regress', 'segment'];

/**
 * One entity of the last scoring by the text of its key (columns joined by commas): its segment or its
 * prediction, with the reasons. Outside the scope is UNKNOWN_KEY, as one that does not exist.
 */
export async function entity(
  context: ServingContext,
  model: ServedModel,
  keyText: string,
  { by, scope, ...asker }: Asker & { by: string; scope: Scope },
): Promise<EntityAnswer> {
  const key = keyAsked(model, keyText);
  const table = await scoringOf(context, model.name);
  const row = seesKey(scope, key) ? rowOfKey(table, model.key, key) : undefined;
  if (row === undefined) throw new TinoError('UNKNOWN_KEY', { model: model.name, key: keyText });
  const { columns, provenance, said } = await preparedFor(context, model, table, asker);
  const also = await alsoSaid(context, model, key, asker);
  const fields = [...columns.names, ...also.map((other) => other.model)];
  noteLookUp(context, model, key, { by, fields });
  return { key, columns: columns.of(row), ...said(row), also, provenance };
}

/**
 * The key that a text names, its values joined by commas.
 * @throws WRONG_TASK where a model says nothing of single entities
 */
export function keyAsked(
  { name: model, key, declaration: { task } }: ServedModel,
  keyText: string,
): Record<string, string> {
  if (!TASKS.includes(task))
    throw new TinoError('WRONG_TASK', {
      model,
      task,
      expected: TASKS.join(', '),
      route: `/v1/models/${model}/${task === 'price' ? 'suggestion' : 'forecast'}`,
    });
  const parts = key.length === 1 ? [keyText] : keyText.split(',');
  return Object.fromEntries(key.map((name, i) => [name, parts[i] ?? '']));
}

/** What the other models of the part last said of the same entity; those that said nothing are left out. */
async function alsoSaid(
  context: ServingContext,
  model: ServedModel,
  key: Record<string, string>,
  asker: Asker,
): Promise<EntityAnswer['also']> {
  const said: EntityAnswer['also'] = [];
  for (const other of othersOf(context, model)) {
    const table = await context.scores.current(other.name);
    const row = table && rowOfKey(table, other.key, key);
    if (table === undefined || row === undefined) continue;
    const { sentenceOf } = await preparedFor(context, other, table, asker);
    const { page } = other.declaration;
    said.push({ model: other.name, title: page.tab ?? page.title, sentence: sentenceOf(row) });
  }
  return said;
}

const others = new WeakMap<ServedModel['declaration'], ServedModel[]>();

function othersOf({ house }: ServingContext, model: ServedModel): ServedModel[] {
  let known = others.get(model.declaration);
  if (known === undefined) {
    known = Object.values(house.workspace.models)
      .filter(
        ({ name, part, declaration: { task, entity: same } }) =>
          name !== model.name &&
          part === model.part &&
          same === model.declaration.entity &&
          TASKS.includes(task),
      )
      .map((other) => ({ ...other, key: model.key }));
    others.set(model.declaration, known);
  }
  return known;
}
