import { z } from 'zod';
import { provenanceSchema, spanSchema, wordsSchema } from './common.js';

export const comparisonSchema = z.object({
  /** As asked; the others are compared with the first. */
  segments: z.array(
    z.object({ id: z.string(), name: wordsSchema, size: z.number().int(), of: z.number().int() }),
  ),
  /** Of the intervals, each by itself. */
  level: z.number(),
  /** What differs most first, in deviations. */
  rows: z.array(
    z.object({
      column: z.string(),
      /** The share of members with this value; null where `means` are of a number. */
      level: z.string().nullable(),
      /** By segment: members of whom it is known, and their mean or share. */
      means: z.array(z.object({ known: z.number().int(), mean: z.number().nullable() })),
      /** By segment after the first: itself minus the first; null where too few are known. */
      differences: z.array(
        z
          .object({
            value: z.number(),
            lower: z.number(),
            upper: z.number(),
            /** In standard deviations of all that are compared. */
            deviations: z.number(),
          })
          .nullable(),
      ),
    }),
  ),
  sentence: z.array(spanSchema),
  provenance: provenanceSchema,
});
export type Comparison = z.infer<typeof comparisonSchema>;
