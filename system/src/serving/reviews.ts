import type { Scope } from '../access/principal.js';
import type { Role } from '../contract/common.js';
import { TinoError } from '../contract/error.js';
import type { DecisionsAnswer, EntityDecisionsAnswer, Review } from '../contract/privacy.js';
import type { Language } from '../contract/words.js';
import { newId } from '../store/ids.js';
import type { ServedModel } from './catalog.js';
import type { ServingContext } from './context.js';
import { entity } from './entity/answer.js';

interface Row extends Omit<Review, 'at' | 'resolvedAt'> {
  at: Date;
  resolvedAt: Date | null;
}

const COLUMNS = `id, model, version, key, decision, asked_by AS "askedBy", reason, at, state, note,
  resolved_by AS "resolvedBy", resolved_at AS "resolvedAt"`;

/** Keeps what was decided, by which version and why, and that a person is to look at it. */
export async function askReview(
  context: ServingContext,
  model: ServedModel,
  {
    key,
    reason,
    by,
    ...asker
  }: { key: string; reason: string; by: string; role: Role; scope: Scope; language: Language },
): Promise<Review> {
  const answer = await entity(context, model, key, { by, ...asker });
  const { segment, value, reasons, sentence, provenance } = answer;
  const { state, now } = context.house;
  const [row] = await state.query<Row>(
    `INSERT INTO reviews (id, model, version, key, decision, asked_by, reason, at)
     VALUES ($1, $2, $3, $4::jsonb, $5::jsonb, $6, $7, $8) RETURNING ${COLUMNS}`,
    [
      newId('review'),
      model.name,
      provenance.version,
      JSON.stringify(answer.key),
      JSON.stringify({ segment, value, reasons, sentence }),
      by,
      reason,
      now(),
    ],
  );
  return reviewOf(row!);
}

export async function listReviews(
  { house }: ServingContext,
  state?: Review['state'],
): Promise<Review[]> {
  const rows = await house.state.query<Row>(
    `SELECT ${COLUMNS} FROM reviews WHERE $1::text IS NULL OR state = $1 ORDER BY id DESC LIMIT 1000`,
    [state ?? null],
  );
  return rows.map(reviewOf);
}

/** Reviews asked about one entity, the newest first, without who asked or answered. */
export async function reviewsOf(
  { house }: ServingContext,
  model: string,
  key: Readonly<Record<string, string>>,
): Promise<EntityDecisionsAnswer['items'][number]['reviews']> {
  const rows = await house.state.query<Row>(
    `SELECT ${COLUMNS} FROM reviews WHERE model = $1 AND key = $2::jsonb ORDER BY id DESC`,
    [model, JSON.stringify(key)],
  );
  return rows.map((row) => {
    const { id, version, at, reason, state, note, resolvedAt } = reviewOf(row);
    return { id, version, at, reason, state, note, resolvedAt };
  });
}

/** Ends a review once; what was said of it is not said over. */
export async function resolveReview(
  { house }: ServingContext,
  id: string,
  { state, note, by }: { state: 'kept' | 'changed'; note: string; by: string },
): Promise<Review> {
  const [row] = await house.state.query<Row>(
    `UPDATE reviews SET state = $2, note = $3, resolved_by = $4, resolved_at = $5
     WHERE id = $1 AND state = 'open' RETURNING ${COLUMNS}`,
    [id, state, note, by, house.now()],
  );
  if (row !== undefined) return reviewOf(row);
  const [standing] = await house.state.query<Row>(`SELECT ${COLUMNS} FROM reviews WHERE id = $1`, [
    id,
  ]);
  if (standing === undefined) throw new TinoError('NOT_FOUND', { kind: 'review', id });
  throw new TinoError('REVIEW_CLOSED', { id, by: standing.resolvedBy });
}

const reviewOf = ({ at, resolvedAt, ...row }: Row): Review => ({
  ...row,
  at: at.toISOString(),
  resolvedAt: resolvedAt?.toISOString() ?? null,
});

/** The register of automated decisions: which version decided about whom, from when to when. */
export async function decisions({ house }: ServingContext): Promise<DecisionsAnswer['items']> {
  const rows = await house.state.query<{
    model: string;
    version: number;
    since: Date;
    until: Date | null;
    verdict: string;
    by: string;
    reason: string | null;
    signature: { name: string }[];
    reviews: number;
  }>(
    `SELECT p.model, p.version, p.at AS since,
       lead(p.at) OVER (PARTITION BY p.model ORDER BY p.at, p.id) AS until,
       p.verdict, p.by, p.reason, v.signature,
       (SELECT count(*) FROM reviews r WHERE r.model = p.model AND r.version = p.version) AS reviews
     FROM promotions p JOIN versions v ON v.model = p.model AND v.version = p.version
     WHERE p.alias = 'champion' ORDER BY p.at DESC, p.id DESC LIMIT 1000`,
  );
  const counts = await house.state.query<{ name: string; rows: number }>(
    `SELECT name, rows FROM tables WHERE kind = 'scores' AND current`,
  );
  const scored = new Map(counts.map(({ name, rows: count }) => [name, count]));
  return rows.flatMap(({ signature, since, until, ...row }) => {
    const model = house.workspace.models[row.model];
    if (model === undefined) return [];
    const { declaration } = model;
    return [
      {
        ...row,
        task: declaration.task,
        entity: declaration.entity,
        since: since.toISOString(),
        until: until?.toISOString() ?? null,
        columns: signature.map(({ name }) => name),
        scored: until === null ? (scored.get(row.model) ?? 0) : 0,
        reviews: Number(row.reviews),
      },
    ];
  });
}
