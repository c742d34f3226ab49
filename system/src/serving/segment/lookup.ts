import { TinoError } from '../../contract/error.js';
import type { Words } from '../../contract/words.js';
import type { House } from '../../ports/house.js';
import type { ServingContext } from '../context.js';
import type { ScoreTable } from '../score-table.js';

/** The last scoring; NOT_SCORED before the first. */
export async function scoringOf(context: ServingContext, model: string): Promise<ScoreTable> {
  const table = await context.scores.current(model);
  if (table === undefined) throw new TinoError('NOT_SCORED', { model });
  return table;
}

const NAMES_MS = 10_000;
const remembered = new WeakMap<
  ServingContext,
  Map<string, { names: Promise<Map<string, Words>>; until: number }>
>();

/** Names that people gave; a look-up does not ask the state for them each time. */
export function namesOf(context: ServingContext, model: string): Promise<Map<string, Words>> {
  let known = remembered.get(context);
  if (known === undefined) remembered.set(context, (known = new Map()));
  const standing = known.get(model);
  if (standing !== undefined && standing.until > Date.now()) return standing.names;
  const names = readNames(context.house, model);
  known.set(model, { names, until: Date.now() + NAMES_MS });
  names.catch(() => known.delete(model));
  return names;
}

/** Names that people gave, as the state has them now. */
export async function readNames(
  { state }: Pick<House, 'state'>,
  model: string,
): Promise<Map<string, Words>> {
  const rows = await state.query<{ segment: string; label: Words }>(
    'SELECT segment, label FROM segment_names WHERE model = $1 ORDER BY segment',
    [model],
  );
  return new Map(rows.map(({ segment, label }) => [segment, label]));
}
