import type { ServedModel } from './catalog.js';
import type { ServingContext } from './context.js';
import { noteLeaving } from './export.js';

const persons = new WeakMap<ServedModel['declaration'], boolean>();

/** Entities of a source with personal columns are persons. */
export function arePersons(context: Pick<ServingContext, 'house'>, model: ServedModel): boolean {
  let known = persons.get(model.declaration);
  if (known === undefined) persons.set(model.declaration, (known = keyOfPersons(context, model)));
  return known;
}

function keyOfPersons({ house }: Pick<ServingContext, 'house'>, model: ServedModel): boolean {
  const { sources } = house.workspace.parts[model.part]!;
  return Object.values(sources).some(
    ({ columns }) =>
      model.key.every((name) => Object.hasOwn(columns, name)) &&
      Object.values(columns).some(({ personal }) => personal === true),
  );
}

/** Who looked at which person is kept. */
export function noteLookUp(
  { house, lookups }: Pick<ServingContext, 'house' | 'lookups'>,
  model: ServedModel,
  key: Record<string, string>,
  { by, fields }: { by: string; fields: readonly string[] },
): void {
  if (!arePersons({ house }, model)) return;
  const at = house.now().toISOString();
  lookups.add({ at, by, model: model.name, key, fields: [...fields] });
}

/** Who read a page of a list of persons, and how many were on it. */
export async function noteList(
  { house }: Pick<ServingContext, 'house'>,
  model: ServedModel,
  { by, subject, rows }: { by: string; subject: string; rows: number },
): Promise<void> {
  if (rows > 0 && arePersons({ house }, model))
    await noteLeaving(house, { by, action: 'list', subject, rows });
}
