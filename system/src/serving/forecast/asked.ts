import type { Scope } from '../../access/principal.js';
import { TinoError } from '../../contract/error.js';
import type { Language } from '../../contract/words.js';
import { matches } from '../../training/tasks/forecast/keys.js';
import type { ForecastDeclaration } from '../../workspace/types.js';
import { labelOf } from '../../training/tasks/forecast/levels.js';
import { nameOf } from './answer.js';
import { visibleMembers, type View } from './view.js';

/** What every question to a forecast says. */
export interface Asking {
  /** All of the key: one member. Some of it: all members that match. */
  key?: Record<string, string> | undefined;
  level?: string | undefined;
  /** Steps ahead; all that the model was trained for when absent. */
  horizon?: number | undefined;
  /** Values of columns that are kept; an empty list keeps all. */
  filters: Readonly<Record<string, readonly string[]>>;
  language: Language;
  scope: Scope;
}

export function stepsOf({ model, horizon }: View, asked: number | undefined): number {
  if (asked !== undefined && asked > horizon)
    throw new TinoError('HORIZON_TOO_LONG', { model, horizon: asked, max: horizon });
  return asked ?? horizon;
}

/** The names of a question's key must be columns of the level or of the members' key. */
export function checkKey(
  { declaration }: View,
  columns: readonly string[],
  key: Record<string, string>,
) {
  const known = [...new Set([...columns, ...declaration.key])];
  const unknown = Object.keys(key).filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new TinoError('BAD_KEY', {
      expected: known.join(', '),
      found: Object.keys(key).join(', '),
    });
}

export function checkFilters({ declaration }: View, filters: Asking['filters']): void {
  const known = filterColumns(declaration);
  const unknown = Object.keys(filters).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new TinoError('BAD_REQUEST', {
      path: `filter.${unknown}`,
      detail: `the filters are ${known.join(', ')}`,
    });
}

const filterColumns = ({ key, levels, page }: ForecastDeclaration): string[] => [
  ...new Set([...key, ...Object.values(levels).flat(), ...(page.filters ?? [])]),
];

/**
 * The members that a question is about. A key that does not exist and one out of scope get the same
 * answer.
 */
export function membersAsked(
  view: View,
  { key, scope, filters }: Pick<Asking, 'key' | 'scope' | 'filters'>,
): number[] {
  const members = visibleMembers(view, { scope, filters }).filter((member) =>
    matches(labels(view, member, key), key ?? {}),
  );
  if (members.length === 0 && key !== undefined)
    throw new TinoError('UNKNOWN_KEY', { model: view.model, key: JSON.stringify(key) });
  return members;
}

/** What a sum over many stands for: the part of the key that was asked for, else the model. */
export function titleOf(
  view: View,
  { key = {}, language }: Pick<Asking, 'key' | 'language'>,
): string {
  const columns = Object.keys(key);
  if (columns.length === 0) return view.declaration.page.title[language];
  const member = view.data.keys.findIndex((_, i) => matches(labels(view, i, key), key));
  return nameOf(view, { key, text: '', members: [member] }, 'part');
}

const labels = ({ data }: View, member: number, key: Record<string, string> = {}) =>
  Object.fromEntries(Object.keys(key).map((column) => [column, labelOf(data, member, column)]));
