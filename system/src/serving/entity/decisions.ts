import { seesKey, type Scope } from '../../access/principal.js';
import { TinoError } from '../../contract/error.js';
import type { EntityDecisionsAnswer } from '../../contract/privacy.js';
import { inSession } from '../../features/parallel.js';
import type { ServedModel } from '../catalog.js';
import type { ServingContext } from '../context.js';
import { noteLookUp } from '../persons.js';
import { reviewsOf } from '../reviews.js';
import { keptScorings, type KeptScoring } from '../score-table.js';
import { namesOf } from '../segment/lookup.js';
import { keyAsked } from './answer.js';
import { decidedIn, openVersions, type Asked, type Decided } from './decided.js';
import type { Asker } from './prepared.js';

type Item = EntityDecisionsAnswer['items'][number];
type Found = KeptScoring & { decided: Decided };

/**
 * What was decided about one entity, by each scoring that is kept and has it, the newest first (LGPD
 * art. 20). Rights are those of the look-up, and it is noted as one.
 */
export async function entityDecisions(
  context: ServingContext,
  model: ServedModel,
  keyText: string,
  {
    by,
    scope,
    cursor,
    limit,
    ...asker
  }: Asker & { by: string; scope: Scope; cursor?: string | undefined; limit: number },
): Promise<EntityDecisionsAnswer> {
  const key = keyAsked(model, keyText);
  const before = cursor === undefined ? null : momentOf(cursor);
  const unknown = new TinoError('UNKNOWN_KEY', { model: model.name, key: keyText });
  const { house } = context;
  const { currency } = house.workspace;
  const names = await namesOf(context, model.name);
  const asked = { ...asker, key, names, currency, versions: openVersions(context, model) };
  const scorings = await keptScorings(house, model.name, before);
  if (scorings.length === 0 && before === null)
    throw new TinoError('NOT_SCORED', { model: model.name });
  if (!seesKey(scope, key)) throw unknown;
  // One more than a page: the oldest on it is compared with the one before.
  const found = await findIn(context, model, scorings, { ...asked, limit: limit + 1 });
  if (found.length === 0 && before === null) throw unknown;
  const reviews = await reviewsOf(context, model.name, key);
  const items = found.slice(0, limit).map((one, i) => itemOf(one, found[i + 1], reviews));
  const fields = items.flatMap(({ reasons }) => reasons?.map(({ column }) => column) ?? []);
  noteLookUp(context, model, key, { by, fields: [...new Set(fields)] });
  return { key, items, next: found.length > limit ? items.at(-1)!.since : null };
}

/** The place in the list is the moment of its last item: what is scored meanwhile moves nothing. */
function momentOf(cursor: string): Date {
  const moment = new Date(cursor);
  if (Number.isNaN(moment.getTime()) || moment.toISOString() !== cursor)
    throw new TinoError('BAD_CURSOR', { cursor });
  return moment;
}

const findIn = (
  { house }: ServingContext,
  model: ServedModel,
  scorings: readonly KeptScoring[],
  { limit, ...asked }: Asked & { limit: number },
): Promise<Found[]> =>
  inSession(house, async (session) => {
    const found: Found[] = [];
    for (const scoring of scorings) {
      if (found.length === limit) break;
      const decided = await decidedIn(session, model, scoring, asked);
      if (decided !== undefined) found.push({ ...scoring, decided });
    }
    return found;
  });

function itemOf(
  { since, until, manifest, decided: { outcome, ...decided } }: Found,
  earlier: Found | undefined,
  reviews: Item['reviews'],
): Item {
  const was = earlier?.decided.outcome ?? null;
  const [from, to] = [since.toISOString(), until?.toISOString() ?? null];
  return {
    since: from,
    until: to,
    cutoff: manifest.cutoff,
    version: manifest.version,
    ...decided,
    changed: was === null || outcome === null ? null : was !== outcome,
    reviews: reviews.filter(({ at }) => at >= from && (to === null || at < to)),
  };
}
