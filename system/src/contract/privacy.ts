import { z } from 'zod';

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
