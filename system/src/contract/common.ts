import { z } from 'zod';

export const languageSchema = z.enum(['pt', 'en']);
export const wordsSchema = z.object({ pt: z.string(), en: z.string() });
export const taskSchema = z.enum(['classify', 'regress', 'segment', 'forecast', 'price']);
export const roleSchema = z.enum(['viewer', 'analyst', 'approver', 'admin']);
export type Role = z.infer<typeof roleSchema>;

/** A piece of the sentence that answers: ink was measured, anil with a tilde is predicted. */
export const spanSchema = z.object({
  kind: z.enum(['text', 'strong', 'measured', 'predicted']),
  text: z.string(),
});
export type SentenceSpan = z.infer<typeof spanSchema>;

/** Entity key as the API and the pages write it: strings by name. */
export const entityKeySchema = z.record(z.string(), z.string());

export const scalarSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Where a number comes from; on every answer that carries one. */
export const provenanceSchema = z.object({
  model: z.string(),
  version: z.number().int(),
  alias: z.string().nullable(),
  /** Rung of the fallback ladder that answered. */
  rung: z.enum(['champion', 'previous', 'baseline']),
  /** Local date of the newest data seen. */
  dataUntil: z.string().nullable(),
  /** Quality in people's words, from the held-out folds. */
  quality: wordsSchema,
  /** Measured beside promised coverage, where there are intervals. */
  coverage: z.array(
    z.object({ level: z.number(), measured: z.number(), points: z.number().int() }),
  ),
});
export type Provenance = z.infer<typeof provenanceSchema>;

export const intervalSchema = z.object({ level: z.number(), lower: z.number(), upper: z.number() });

/** What one column adds to the raw score, and its phrase in the declaration's words. */
export const reasonSchema = z.object({
  column: z.string(),
  value: scalarSchema,
  /** In `unit` of the answer: money for identity links, points of log-odds otherwise. */
  contribution: z.number(),
  phrase: wordsSchema,
});
export type Reason = z.infer<typeof reasonSchema>;

export const pageQuery = {
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
};
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable(), total: z.number().int() });

export const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  params: z.record(z.string(), scalarSchema),
  next: z.string(),
  where: z.string().optional(),
});
