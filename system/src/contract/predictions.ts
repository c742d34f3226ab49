import { z } from 'zod';
import {
  entityKeySchema,
  intervalSchema,
  provenanceSchema,
  reasonSchema,
  scalarSchema,
  spanSchema,
  wordsSchema,
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

// ── forecast ────────────────────────────────────────────────────────────────────────────────────

/** An interval with what such intervals did on held-out windows; null where there was one window. */
export const measuredIntervalSchema = intervalSchema.extend({
  /** Share of outcomes inside. */
  measured: z.number().nullable(),
  /** The Winkler score to expect, in units of the value: width, and a fine for what lies outside. */
  winkler: z.number().nullable(),
});
const withheldSchema = z.array(z.object({ level: z.number(), reason: wordsSchema }));

export const forecastPointSchema = z.object({
  at: z.string(),
  value: z.number(),
  intervals: z.array(measuredIntervalSchema),
});
export const historyPointSchema = z.object({ at: z.string(), value: z.number().nullable() });

export const directionSchema = z.object({
  probabilities: z.object({ up: z.number(), flat: z.number(), down: z.number() }),
  called: z.enum(['up', 'flat', 'down']).nullable(),
  /** Why a call was made, or why not. */
  reason: wordsSchema,
  deadBand: z.object({ kind: z.enum(['percent', 'money']), value: z.number() }),
  /** Past calls of this series on held-out origins. */
  record: z.object({ calls: z.number().int(), hits: z.number().int(), chance: z.number() }),
});

export const seasonPhaseSchema = z.object({
  phase: z.number().int(),
  label: wordsSchema,
  rose: z.number().int(),
  fell: z.number().int(),
  flat: z.number().int(),
  change: z.number().nullable(),
  /** The way it moves at this phase more often than chance would have it. */
  usual: z.enum(['up', 'down']).nullable(),
});

/** A column known ahead: what is planned, and what that moves. */
export const forecastPlanSchema = z.object({
  column: z.string(),
  name: z.string(),
  /** Declared as of the calendar: holidays, pay days. */
  calendar: z.boolean(),
  /** By step; of a sum the mean over its members. */
  values: z.array(z.number()),
  /** By step: the forecast less what it would be with the column's usual value. */
  effect: z.array(z.number()),
});

/** A forecast taken apart, by step: the five parts sum to the points. */
export const forecastPartsSchema = z.object({
  trend: z.array(z.number()),
  season: z.array(z.number()),
  calendar: z.array(z.number()),
  /** Of columns known ahead that are not of the calendar. */
  covariates: z.array(z.number()),
  remainder: z.array(z.number()),
});

/** What was odd about the points behind a series, counted. */
export const hygieneSchema = z.object({
  points: z.number().int(),
  /** Points without a value. */
  unknown: z.number().int(),
  /** Steps without a point. */
  gaps: z.number().int(),
  /** Points that share day and value with another. */
  duplicates: z.number().int(),
  /** Zeros before the first sale that were left out. */
  leadingZeros: z.number().int(),
  /** Steps unknown because it could not be sold. */
  censored: z.number().int(),
});

export const forecastSchema = z.object({
  id: z.string(),
  key: entityKeySchema,
  level: z.string().nullable(),
  name: z.string(),
  attributes: z.record(z.string(), scalarSchema),
  step: z.string(),
  history: z.array(historyPointSchema),
  points: z.array(forecastPointSchema),
  /** Levels left out of the points because the calibration points cannot support them. */
  withheld: withheldSchema,
  /** Of the whole horizon, which has windows of its own and may lack levels that points have. */
  total: z.object({
    value: z.number(),
    intervals: z.array(measuredIntervalSchema),
    withheld: withheldSchema,
  }),
  /** Same weeks a year before, when there are any. */
  lastYear: z.number().nullable(),
  change: z.number().nullable(),
  typicalError: z.number().nullable(),
  /** Share of the error of repeating the last season that is saved on held-out windows. */
  valueAdded: z.number().nullable(),
  direction: directionSchema.nullable(),
  season: z.array(seasonPhaseSchema),
  /** How much of what is not trend is season: 0 none, 1 all; null before two whole periods. */
  seasonStrength: z.number().nullable(),
  drivers: z.array(z.object({ name: z.string(), share: z.number() })),
  /** Of the answer itself; empty on the lines of a page. */
  plan: z.array(forecastPlanSchema),
  parts: forecastPartsSchema.nullable(),
  hygiene: hygieneSchema.nullable(),
  /** Which member answered, and for a series without history the number of analogues it leans on. */
  member: z.enum(['global', 'local', 'sum', 'baseline']),
  coldStart: z.object({ analogues: z.number().int(), names: z.array(z.string()) }).nullable(),
  sentence: z.array(spanSchema),
});
export type Forecast = z.infer<typeof forecastSchema>;

export const forecastAnswerSchema = z.object({
  /** The asked member, or the sum of the asked level's members. */
  forecast: forecastSchema,
  /** Without key: members of the level, one page. */
  members: z.array(forecastSchema),
  next: z.string().nullable(),
  total: z.number().int(),
  filters: z.record(z.string(), z.array(z.string())),
  provenance: provenanceSchema,
});
export type ForecastAnswer = z.infer<typeof forecastAnswerSchema>;

/** Other values for columns that are known ahead. */
export const whatIfRequestSchema = z.object({
  /** All of the key, or some of it: all members that match. Without it, all that the caller sees. */
  key: entityKeySchema.optional(),
  level: z.string().optional(),
  horizon: z.number().int().positive().optional(),
  /** Values that are kept, by column. */
  filters: z.record(z.string(), z.array(z.string())).default({}),
  changes: z
    .array(
      z.object({
        column: z.string(),
        /** Where a step begins; every step when absent. */
        at: z.string().optional(),
        value: z.number(),
      }),
    )
    .min(1)
    .max(ROWS_MAX),
});

export const whatIfAnswerSchema = z.object({
  key: entityKeySchema,
  level: z.string().nullable(),
  name: z.string(),
  /** Members whose plan was changed. */
  members: z.number().int(),
  points: z.array(
    z.object({ at: z.string(), planned: z.number(), changed: z.number(), difference: z.number() }),
  ),
  total: z.object({ planned: z.number(), changed: z.number(), difference: z.number() }),
  /** Columns that were changed, side by side; of many members the mean. */
  plan: z.array(
    z.object({
      column: z.string(),
      name: z.string(),
      planned: z.array(z.number()),
      changed: z.array(z.number()),
    }),
  ),
  sentence: z.array(spanSchema),
  provenance: provenanceSchema,
});
export type WhatIfAnswer = z.infer<typeof whatIfAnswerSchema>;

// ── price ───────────────────────────────────────────────────────────────────────────────────────

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

// ── segment ─────────────────────────────────────────────────────────────────────────────────────

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
