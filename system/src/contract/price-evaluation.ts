import { z } from 'zod';
import { provenanceSchema, spanSchema, wordsSchema } from './common.js';

/** What prices are worth, each figure named as what it is: simulated, off-policy or measured. */
export const priceEvaluationSchema = z.object({
  /** Rules and version that decide today. */
  policy: z.string(),
  /** Policies that drew what is in the log. */
  policies: z.number().int(),
  decisions: z.object({
    /** Drawn prices that were charged. */
    charged: z.number().int(),
    /** Those whose outcome is known. */
    known: z.number().int(),
  }),
  /** Profit of an item and week in the currency, with 95 % interval; refused where value is null. */
  estimates: z.array(
    z.object({
      /** Today's policy, or every item at its price of then. */
      policy: z.enum(['policy', 'keep']),
      kind: z.enum(['simulated', 'off-policy']),
      method: z.enum(['directMethod', 'snips', 'doublyRobust']),
      value: z.number().nullable(),
      lower: z.number().nullable(),
      upper: z.number().nullable(),
      /** Decisions of this policy that the log is worth (Kish). */
      effectiveSampleSize: z.number(),
      /** Share of this policy's choices that the log could have made. */
      overlap: z.number(),
      reason: wordsSchema.nullable(),
    }),
  ),
  /** Against what was held out: profit of an item and week, with 95 % interval. */
  measured: z.object({
    value: z.number().nullable(),
    lower: z.number().nullable(),
    upper: z.number().nullable(),
    treated: z.number().int(),
    heldOut: z.number().int(),
    needed: z.number().int(),
    /** What counts once: an item, each of its weeks where items are too few, a group, or a cycle of it. */
    design: z.enum(['items', 'item-weeks', 'groups', 'cycles']),
  }),
  /** Suggestions that changed nothing beside what was charged; null where none were only watched. */
  shadow: z
    .object({
      results: z.number().int(),
      items: z.number().int(),
      /** What the demand of then expected at the charged prices, and what sold. */
      expectedUnits: z.number(),
      soldUnits: z.number(),
      /** Simulated from what sold: profit of an item and week above the charged price, 95 % interval. */
      value: z.number(),
      lower: z.number().nullable(),
      upper: z.number().nullable(),
    })
    .nullable(),
  sentences: z.array(z.array(spanSchema)),
  provenance: provenanceSchema,
});
export type PriceEvaluation = z.infer<typeof priceEvaluationSchema>;
