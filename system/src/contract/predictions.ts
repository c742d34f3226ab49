import { z } from 'zod';
import {
  entityKeySchema,
  intervalSchema,
  provenanceSchema,
  reasonSchema,
  scalarSchema,
  spanSchema,
} from './common.js';

export const ROWS_MAX = 10_000;

/** Rows of features (by name, null for unknown), or keys of entities already scored. */
export const predictRequestSchema = z.object({
  rows: z.array(z.record(z.string(), z.unknown())).min(1).optional(),
  keys: z.array(entityKeySchema).min(1).optional(),
});

export const predictionSchema = z.object({
  id: z.string(),
  key: entityKeySchema.nullable(),
  /** Value in the unit of the model, or probability of `positive`. */
  value: z.number(),
  intervals: z.array(intervalSchema),
  /** `base + Σ contributions = raw`; only with ?explain=true. */
  explanation: z
    .object({
      base: z.number(),
      raw: z.number(),
      link: z.enum(['identity', 'logit', 'log']),
      reasons: z.array(reasonSchema),
    })
    .optional(),
  sentence: z.array(spanSchema),
});
export type Prediction = z.infer<typeof predictionSchema>;

export const predictAnswerSchema = z.object({
  predictions: z.array(predictionSchema),
  provenance: provenanceSchema,
});
export type PredictAnswer = z.infer<typeof predictAnswerSchema>;

/** A row of the last batch score: the work list of a classify or regress page. */
export const scoredRowSchema = z.object({
  key: entityKeySchema,
  at: z.string(),
  value: z.number(),
  money: z.number().nullable(),
  columns: z.record(z.string(), scalarSchema),
  reasons: z.array(reasonSchema),
});
export type ScoredRow = z.infer<typeof scoredRowSchema>;

export const scoresAnswerSchema = z.object({
  items: z.array(scoredRowSchema),
  next: z.string().nullable(),
  total: z.number().int(),
  /** Expected number of positives (classify), or total value. */
  expected: z.number(),
  sentence: z.array(spanSchema),
  provenance: provenanceSchema,
  /** said / happened / count, on held-out folds (classify). */
  calibration: z.array(
    z.object({ said: z.number(), happened: z.number(), count: z.number().int() }),
  ),
  /** Share of positives captured when the top share is contacted, on held-out folds. */
  capacity: z.array(z.object({ contacted: z.number(), captured: z.number() })),
  histogram: z.array(z.object({ from: z.number(), to: z.number(), count: z.number().int() })),
  filters: z.record(z.string(), z.array(z.string())),
});
export type ScoresAnswer = z.infer<typeof scoresAnswerSchema>;
