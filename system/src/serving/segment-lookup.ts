import { TinoError } from '../contract/error.js';
import type { Words } from '../contract/words.js';
import type { ServingContext } from './context.js';
import type { ScoreTable } from './score-table.js';

/** The last scoring; NOT_SCORED before the first. */
export async function scoringOf(context: ServingContext, model: string): Promise<ScoreTable> {
  const table = await context.scores.current(model);
  if (table === undefined) throw new TinoError('NOT_SCORED', { model });
  return table;
}

/** Names that people gave. */
export async function namesOf(
  { house }: ServingContext,
  model: string,
): Promise<Map<string, Words>> {
  const rows = await house.state.query<{ segment: string; label: Words }>(
    'SELECT segment, label FROM segment_names WHERE model = $1',
    [model],
  );
  return new Map(rows.map(({ segment, label }) => [segment, label]));
}
