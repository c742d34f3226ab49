import { z } from 'zod';
import { entityKeySchema, provenanceSchema, spanSchema, wordsSchema } from './common.js';
import { ROWS_MAX } from './predictions.js';

export const clampSchema = z.object({ rule: z.string(), from: z.number(), to: z.number() });

export const suggestionSchema = z.object({
  id: z.string(),
  key: entityKeySchema,
  name: z.string(),
  category: z.string().nullable(),
  /** Other columns of the item that the page shows or filters by, as they are now. */
  attributes: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .optional(),
  at: z.string(),
  state: z.enum(['waiting', 'applied', 'refused', 'shadow', 'kept', 'hold-out', 'expired']),
  current: z.number(),
  cost: z.number(),
  /** Over the next cycle, where materials are foretold to rise: the floor stands on it. */
  costSoon: z.number().optional(),
  price: z.number(),
  /** Price before the guardrails. */
  proposed: z.number(),
  /** Optimum without exploration or guardrails; null when demand is not identifiable. */
  optimum: z.number().nullable(),
  floor: z.number(),
  highestSeen: z.number().nullable(),
  /** Of another seller, where the items have a column `competitor_price`. */
  competitor: z.number().optional(),
  binding: z.object({ rule: z.string(), says: wordsSchema }),
  trail: z.array(clampSchema),
  elasticity: z.object({
    value: z.number().nullable(),
    lower: z.number().nullable(),
    upper: z.number().nullable(),
    identifiable: z.boolean(),
    reason: wordsSchema,
    /** item, category or all: whose evidence carries it. */
    from: z.enum(['item', 'category', 'all']),
  }),
  /** Units and profit a week by price, each with its 80 % interval. */
  curve: z.array(
    z.object({
      price: z.number(),
      units: z.number(),
      /** Absent from the oldest suggestions. */
      unitsLower: z.number().optional(),
      unitsUpper: z.number().optional(),
      profit: z.number(),
      lower: z.number(),
      upper: z.number(),
      tried: z.boolean(),
    }),
  ),
  allowed: z.object({ low: z.number(), high: z.number() }),
  /** Expected profit a week of the suggestion minus that of today's price. */
  gain: z.object({ value: z.number(), lower: z.number(), upper: z.number() }),
  exploration: z.object({
    policy: z.string(),
    propensity: z.number(),
    arms: z.array(z.object({ price: z.number(), propensity: z.number() })),
    seed: z.number(),
  }),
  decision: z
    .object({
      by: z.string(),
      at: z.string(),
      price: z.number().nullable(),
      reason: z.string().nullable(),
    })
    .nullable(),
  sentence: z.array(spanSchema),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

export const suggestionsAnswerSchema = z.object({
  items: z.array(suggestionSchema),
  next: z.string().nullable(),
  total: z.number().int(),
  gain: z.number(),
  holdOut: z.number(),
  sentence: z.array(spanSchema),
  provenance: provenanceSchema,
});
export type SuggestionsAnswer = z.infer<typeof suggestionsAnswerSchema>;

export const decisionRequestSchema = z.object({
  decision: z.enum(['approve', 'refuse', 'edit']),
  /** With `edit`. */
  price: z.number().positive().optional(),
  reason: z.string().max(2000).optional(),
});

export const outcomeRequestSchema = z.object({
  outcomes: z
    .array(
      z.object({
        /** Of the suggestion that was applied, or … */
        suggestion: z.string().optional(),
        /** … a key and the price that was charged (set by hand). */
        key: entityKeySchema.optional(),
        price: z.number().positive(),
        units: z.number().nonnegative(),
        days: z.number().positive().default(7),
        at: z.string().optional(),
        /** Same id again: learned once. */
        id: z.string().min(1).max(200),
      }),
    )
    .min(1)
    .max(ROWS_MAX),
});
export const outcomeAnswerSchema = z.object({
  accepted: z.number().int(),
  repeated: z.number().int(),
});
