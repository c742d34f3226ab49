import { z } from 'zod';
import {
  entityKeySchema,
  intervalSchema,
  provenanceSchema,
  scalarSchema,
  spanSchema,
  wordsSchema,
} from './common.js';
import { ROWS_MAX } from './predictions.js';

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
