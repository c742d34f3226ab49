import { z } from 'zod';
import { provenanceSchema, taskSchema, wordsSchema } from './common.js';

const nounSchema = z.object({
  pt: z.tuple([z.string(), z.string()]),
  en: z.tuple([z.string(), z.string()]),
});

/** The words and shapes that a page is drawn from. */
export const pageDeclarationSchema = z.object({
  title: wordsSchema,
  tab: wordsSchema.optional(),
  noun: nounSchema,
  positive: wordsSchema.optional(),
  unit: z.enum(['money', 'probability', 'quantity', 'number', 'unitPrice']),
  worse: z.enum(['low', 'high', 'none']).optional(),
  money: z.string().optional(),
  filters: z.array(z.string()).optional(),
  columns: z.array(z.string()).optional(),
  action: z.string().optional(),
  /** How numbers of a column are written. */
  units: z.record(z.string(), z.enum(['money', 'share', 'number'])).optional(),
  /** What columns, parts of the key and levels are called. */
  labels: z.record(z.string(), wordsSchema).optional(),
});

export const featureSchema = z.object({
  name: z.string(),
  type: z.enum(['number', 'category']),
  levels: z.array(z.string()).optional(),
  /** Seen in training: 1st and 99th percentile and median, for forms. */
  low: z.number().optional(),
  high: z.number().optional(),
  typical: z.union([z.number(), z.string(), z.null()]),
  phrase: wordsSchema,
});

export const modelSchema = z.object({
  name: z.string(),
  task: taskSchema,
  entity: z.string(),
  key: z.array(z.string()),
  /** Levels of the hierarchy, finest last (forecast). */
  levels: z.array(z.string()),
  horizon: z.number().int().nullable(),
  step: z.string().nullable(),
  currency: z.string(),
  page: pageDeclarationSchema,
  state: z.enum(['untrained', 'serving', 'stale']),
  champion: z.number().int().nullable(),
  challenger: z.number().int().nullable(),
  provenance: provenanceSchema.nullable(),
  /** Features of the champion's signature, for forms (classify, regress). */
  features: z.array(featureSchema),
  /** What is missing before a first training, in words. */
  missing: z.array(wordsSchema),
});
export type ModelAnswer = z.infer<typeof modelSchema>;

export const versionSchema = z.object({
  model: z.string(),
  version: z.number().int(),
  aliases: z.array(z.string()),
  run: z.string(),
  createdAt: z.string(),
  dataUntil: z.string().nullable(),
  /** Recipe that won: kind and parameters. */
  recipe: z.object({ kind: z.string(), params: z.record(z.string(), z.unknown()) }),
  metrics: z.record(z.string(), z.number()),
  signature: z.array(
    z.object({ name: z.string(), type: z.string(), levels: z.number().int().optional() }),
  ),
  hash: z.string(),
  bytes: z.number().int(),
  /** Members of a family: how many are global, how many local. */
  members: z.object({ global: z.number().int(), local: z.number().int() }).nullable(),
  importance: z.array(z.object({ column: z.string(), share: z.number() })),
  /** Mean prediction as one column changes and the others stay, of the columns that weigh most. */
  dependence: z.array(
    z.object({
      column: z.string(),
      points: z.array(
        z.object({ value: z.union([z.number(), z.string()]), predicted: z.number() }),
      ),
    }),
  ),
});
export type VersionAnswer = z.infer<typeof versionSchema>;

export const verdictSchema = z.object({
  verdict: z.enum(['PROMOTE', 'HOLD', 'REJECT']),
  kind: z.enum(['first', 'refresh', 'replace']),
  metric: z.string(),
  better: z.enum(['higher', 'lower']),
  challenger: z.number(),
  /** The champion's recipe fitted again on the challenger's folds; null for a first version. */
  champion: z.number().nullable(),
  baseline: z.number(),
  /** Challenger minus champion, positive is better, with 95 % interval. */
  difference: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  minGain: z.number(),
  checks: z.array(z.object({ check: z.string(), passed: z.boolean(), says: wordsSchema })),
});
export type Verdict = z.infer<typeof verdictSchema>;

export const promotionSchema = z.object({
  id: z.string(),
  model: z.string(),
  alias: z.string(),
  version: z.number().int(),
  replaced: z.number().int().nullable(),
  kind: z.enum(['first', 'refresh', 'replace', 'rollback', 'manual', 'held', 'rejected']),
  verdict: verdictSchema.nullable(),
  by: z.string(),
  reason: z.string(),
  at: z.string(),
});
export type Promotion = z.infer<typeof promotionSchema>;
