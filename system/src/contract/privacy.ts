import { z } from 'zod';
import { entityKeySchema, reasonSchema, wordsSchema } from './common.js';

export const erasureRequestSchema = z.strictObject({
  entity: z.string().min(1).max(200),
  /** As the business writes it; the values of a key of several columns are joined by commas. */
  key: z.string().min(1).max(1000),
});
export type ErasureRequest = z.infer<typeof erasureRequestSchema>;

/** What was removed of a person, and what still holds them; the key itself is kept nowhere. */
export const erasureSchema = z.object({
  id: z.string(),
  entity: z.string(),
  tables: z.array(
    z.object({
      kind: z.string(),
      name: z.string(),
      rows: z.number().int(),
      hash: z.object({ before: z.string(), after: z.string() }).optional(),
    }),
  ),
  records: z.record(z.string(), z.number().int()),
  logLines: z.number().int(),
  versions: z.array(z.object({ model: z.string(), version: z.number().int() })),
  holders: z.array(z.object({ source: z.string(), file: z.string(), rows: z.number().int() })),
});
export type ErasureAnswer = z.infer<typeof erasureSchema>;

export const erasuresAnswerSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      entity: z.string(),
      by: z.string(),
      at: z.string(),
      /** Null: it was interrupted, and is to be asked again. */
      endedAt: z.string().nullable(),
      report: erasureSchema.nullable(),
    }),
  ),
});
export type ErasuresAnswer = z.infer<typeof erasuresAnswerSchema>;

export const lookUpsAnswerSchema = z.object({
  items: z.array(
    z.object({
      at: z.string(),
      by: z.string(),
      model: z.string(),
      key: z.record(z.string(), z.string()),
      fields: z.array(z.string()),
    }),
  ),
});

/** Somebody whom a decision is about asks that a person looks at it (LGPD art. 20). */
export const reviewRequestSchema = z.strictObject({
  model: z.string().min(1),
  /** Of the entity; its values joined by commas. */
  key: z.string().min(1).max(1000),
  reason: z.string().min(1).max(2000),
});
export const reviewResolveSchema = z.strictObject({
  /** Whether the decision stands. */
  state: z.enum(['kept', 'changed']),
  note: z.string().min(1).max(2000),
});
export const reviewSchema = z.object({
  id: z.string(),
  model: z.string(),
  version: z.number().int(),
  key: z.record(z.string(), z.string()),
  /** What the system said, with its reasons, when it was asked to look again. */
  decision: z.unknown(),
  askedBy: z.string(),
  reason: z.string(),
  at: z.string(),
  state: z.enum(['open', 'kept', 'changed']),
  note: z.string().nullable(),
  resolvedBy: z.string().nullable(),
  resolvedAt: z.string().nullable(),
});
export type Review = z.infer<typeof reviewSchema>;

/** What was decided about one entity, by each scoring that is kept and has it, the newest first. */
export const entityDecisionsAnswerSchema = z.object({
  key: entityKeySchema,
  items: z.array(
    z.object({
      since: z.string(),
      /** When the next scoring took its place; null: it stands. */
      until: z.string().nullable(),
      /** Local date before which all that it knew had happened. */
      cutoff: z.string(),
      /** The version that decided. */
      version: z.number().int(),
      /** Null for other tasks, and where the group is too small for the role. */
      segment: z.object({ id: z.string(), name: wordsSchema }).nullable(),
      /** Prediction, or of a segment's member the money that the declaration names. */
      value: z.number().nullable(),
      /** Whether the segment or the prediction is another than at the scoring before; null: unknown. */
      changed: z.boolean().nullable(),
      /** Told by the version that decided; null where it can tell no more, and `note` says why. */
      reasons: z.array(reasonSchema).nullable(),
      note: wordsSchema.nullable(),
      /** Asked while it stood, the newest first. */
      reviews: z.array(
        reviewSchema.pick({
          id: true,
          version: true,
          at: true,
          reason: true,
          state: true,
          note: true,
          resolvedAt: true,
        }),
      ),
    }),
  ),
  next: z.string().nullable(),
});
export type EntityDecisionsAnswer = z.infer<typeof entityDecisionsAnswerSchema>;

/** Automated decisions: each version that decides, since when, and what it was judged by. */
export const decisionsAnswerSchema = z.object({
  items: z.array(
    z.object({
      model: z.string(),
      task: z.string(),
      entity: z.string(),
      version: z.number().int(),
      since: z.string(),
      until: z.string().nullable(),
      verdict: z.string(),
      by: z.string(),
      reason: z.string().nullable(),
      /** Columns that it reads. */
      columns: z.array(z.string()),
      scored: z.number().int(),
      reviews: z.number().int(),
    }),
  ),
});
export type DecisionsAnswer = z.infer<typeof decisionsAnswerSchema>;
