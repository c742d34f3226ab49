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
