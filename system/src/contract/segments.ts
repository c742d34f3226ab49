import { z } from 'zod';
import {
  entityKeySchema,
  provenanceSchema,
  reasonSchema,
  scalarSchema,
  spanSchema,
  wordsSchema,
} from './common.js';

export const segmentSchema = z.object({
  id: z.string(),
  name: wordsSchema,
  /** Null when the group is too small to be told of to this role; the shares of the others are without it. */
  size: z.number().int().nullable(),
  share: z.number().nullable(),
  money: z.number().nullable(),
  moneyShare: z.number().nullable(),
  /** What they are and what to do; every figure is in `facts`. */
  sentences: z.array(wordsSchema),
  facts: z.array(
    z.object({
      column: z.string(),
      mean: z.number().nullable(),
      overall: z.number().nullable(),
      difference: z.number(),
      level: z.string().nullable(),
      phrase: wordsSchema,
    }),
  ),
  centre: z.object({ x: z.number(), y: z.number() }),
  hidden: z.boolean(),
});
export type Segment = z.infer<typeof segmentSchema>;

export const segmentsAnswerSchema = z.object({
  segments: z.array(segmentSchema),
  axes: z.object({ x: wordsSchema, y: wordsSchema }),
  /** A sample of members on the two axes. */
  sample: z.array(z.object({ segment: z.string(), x: z.number(), y: z.number() })),
  /**
   * From the scoring of a month before to the last, those who stayed among them; `from` is null of
   * who is new, `to` of who is gone: by segment they sum to its members then and now. Of too few this
   * role is not told.
   */
  migration: z.array(
    z.object({
      from: z.string().nullable(),
      to: z.string().nullable(),
      count: z.number().int(),
    }),
  ),
  /** How the segments themselves moved since; null without an earlier scoring. */
  drift: z
    .object({
      since: z.string(),
      /** Below 0.1 the sizes are stable, above 0.25 they moved. */
      sizePsi: z.number(),
      /** Distance of the mean member, in deviations, and what chance alone would show. */
      segments: z.array(z.object({ id: z.string(), distance: z.number(), byChance: z.number() })),
    })
    .nullable(),
  quality: z.object({
    silhouette: z.number(),
    stability: z.number(),
    k: z.number().int(),
    reason: wordsSchema,
  }),
  /** Where the groups are cut by rules: the edges of each column, ascending; null where they were found. */
  cuts: z
    .array(
      z.object({
        column: z.string(),
        title: wordsSchema,
        unit: z.enum(['money', 'share', 'number']),
        edges: z.array(z.number()),
      }),
    )
    .nullable(),
  sentence: z.array(spanSchema),
  provenance: provenanceSchema,
});
export type SegmentsAnswer = z.infer<typeof segmentsAnswerSchema>;

export const memberSchema = z.object({
  key: entityKeySchema,
  segment: z.string(),
  money: z.number().nullable(),
  columns: z.record(z.string(), scalarSchema),
});
export type Member = z.infer<typeof memberSchema>;

export const entityAnswerSchema = z.object({
  key: entityKeySchema,
  segment: z.object({ id: z.string(), name: wordsSchema }).nullable(),
  /** Prediction, or of a segment's member the money that the declaration names. */
  value: z.number().nullable(),
  columns: z.record(z.string(), scalarSchema),
  reasons: z.array(reasonSchema),
  sentence: z.array(spanSchema),
  /** The nearest segment worth more a head, and what its members have that this one lacks. */
  next: z
    .object({
      segment: z.object({ id: z.string(), name: wordsSchema }),
      facts: z.array(
        z.object({
          column: z.string(),
          value: z.number(),
          /** Mean of that segment. */
          typical: z.number(),
          phrase: wordsSchema,
        }),
      ),
    })
    .nullable(),
  /** What the other models of the same entity last said of it. */
  also: z.array(z.object({ model: z.string(), title: wordsSchema, sentence: z.array(spanSchema) })),
  provenance: provenanceSchema,
});
export type EntityAnswer = z.infer<typeof entityAnswerSchema>;
