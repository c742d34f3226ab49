import { z } from 'zod';
import { entityKeySchema, roleSchema, spanSchema, taskSchema, wordsSchema } from './common.js';
import { modelSchema, verdictSchema } from './models.js';

export const jobStateSchema = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);
export const jobSchema = z.object({
  id: z.string(),
  verb: z.string(),
  args: z.record(z.string(), z.unknown()),
  state: jobStateSchema,
  attempt: z.number().int(),
  progress: z.number(),
  message: wordsSchema.nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  result: z.unknown(),
  error: z.unknown(),
  requestedBy: z.string(),
});
export type Job = z.infer<typeof jobSchema>;

/** One server-sent event: a step of a bar, a cell of the candidate × fold grid, or the end. */
export const jobEventSchema = z.object({
  seq: z.number().int(),
  at: z.string(),
  kind: z.enum(['progress', 'score', 'state', 'log']),
  progress: z.number().optional(),
  message: wordsSchema.optional(),
  candidate: z.string().optional(),
  fold: z.number().int().optional(),
  value: z.number().optional(),
  state: jobStateSchema.optional(),
});
export type JobEvent = z.infer<typeof jobEventSchema>;

export const jobsAnswerSchema = z.object({
  items: z.array(jobSchema),
  next: z.string().nullable(),
  total: z.number().int(),
  schedule: z.array(
    z.object({
      name: z.string(),
      verb: z.string(),
      model: z.string().nullable(),
      rhythm: z.string(),
      nextAt: z.string(),
      lastAt: z.string().nullable(),
    }),
  ),
});
export type JobsAnswer = z.infer<typeof jobsAnswerSchema>;

export const leaderboardRowSchema = z.object({
  recipe: z.object({ kind: z.string(), params: z.record(z.string(), z.unknown()) }),
  name: z.string(),
  metrics: z.record(z.string(), z.number()),
  /** The deciding metric by fold. */
  folds: z.array(z.number()),
  seconds: z.number(),
  baseline: z.boolean(),
  winner: z.boolean(),
  error: z.string().nullable(),
  /** What a search tried, skipped or could not fit: of its fit on all rows, or of its last fold. */
  tried: z
    .array(
      z.object({
        name: z.string(),
        outcome: z.enum(['tried', 'skipped', 'failed']),
        score: z.number().nullable(),
        reason: z.string().nullable(),
        /** Of the model that was made; 0 for what is not in it. */
        share: z.number(),
      }),
    )
    .optional(),
});

export const runSchema = z.object({
  id: z.string(),
  model: z.string(),
  task: taskSchema,
  status: z.enum(['running', 'finished', 'failed', 'cancelled']),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  seed: z.number().int(),
  metric: z.string(),
  better: z.enum(['higher', 'lower']),
  params: z.record(z.string(), z.unknown()),
  metrics: z.record(z.string(), z.number()),
  leaderboard: z.array(leaderboardRowSchema),
  verdict: verdictSchema.nullable(),
  version: z.number().int().nullable(),
  rows: z.number().int().nullable(),
  abt: z.object({ hash: z.string(), cutoffs: z.array(z.string()) }).nullable(),
  timings: z.record(z.string(), z.number()),
  error: z.string().nullable(),
});
export type Run = z.infer<typeof runSchema>;

export const sourceSchema = z.object({
  id: z.string(),
  part: z.string(),
  name: z.string(),
  rows: z.number().int().nullable(),
  rejects: z.number().int(),
  newest: z.string().nullable(),
  ingestedAt: z.string().nullable(),
  fresh: z.boolean().nullable(),
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      personal: z.boolean(),
      knownAt: z.string().nullable(),
    }),
  ),
  reasons: z.array(
    z.object({ code: z.string(), says: wordsSchema, count: z.number().int(), example: z.string() }),
  ),
});
export type SourceAnswer = z.infer<typeof sourceSchema>;

/** One line of *Hoje*: what needs a decision, ordered by money. */
export const todayItemSchema = z.object({
  model: z.string(),
  task: taskSchema,
  title: wordsSchema,
  money: z.number().nullable(),
  predicted: z.boolean(),
  amount: z.string(),
  note: z.string(),
  sentence: z.array(spanSchema),
  why: z.string(),
  href: z.string(),
  verb: z.string(),
  /** Small figure of the task. */
  figure: z.object({
    kind: z.enum(['line', 'range', 'histogram', 'none']),
    values: z.array(z.number()),
    predicted: z.array(z.number()),
  }),
});
export const todaySchema = z.object({
  date: z.string(),
  sentence: z.array(spanSchema),
  items: z.array(todayItemSchema),
  trust: z.array(
    z.object({
      model: z.string(),
      title: wordsSchema,
      state: z.enum(['good', 'small', 'stale', 'none']),
      label: z.string(),
      says: z.string(),
    }),
  ),
  uplift: z.object({ says: z.string(), value: z.number().nullable() }),
  /** What the last look found new, the most money first. */
  insights: z.array(
    z.object({ id: z.string(), title: wordsSchema, sentence: z.array(spanSchema) }),
  ),
});
export type Today = z.infer<typeof todaySchema>;

export const alertSchema = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.string(),
  subject: z.string(),
  severity: z.enum(['info', 'warning', 'serious']),
  says: wordsSchema,
  money: z.number().nullable(),
});
export type Alert = z.infer<typeof alertSchema>;

export const scopeSchema = z.record(z.string(), z.array(z.string()));
export const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  scope: scopeSchema,
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
export type ApiKey = z.infer<typeof keySchema>;
export const keyRequestSchema = z.object({
  name: z.string().min(1).max(100),
  role: roleSchema,
  scope: scopeSchema.default({}),
});

export const sessionRequestSchema = z.object({ token: z.string().min(1).max(200) });
export const sessionSchema = z.object({
  role: roleSchema,
  scope: scopeSchema,
  name: z.string(),
  language: z.enum(['pt', 'en']),
  workspace: z.object({
    name: z.string(),
    title: wordsSchema,
    zone: z.string(),
    currency: z.string(),
  }),
});
export type Session = z.infer<typeof sessionSchema>;

export const healthSchema = z.object({
  status: z.literal('alive'),
  version: z.string(),
  uptimeSeconds: z.number(),
});
export const readySchema = z.object({ ready: z.boolean(), missing: z.array(wordsSchema) });
export const trainRequestSchema = z.object({
  key: entityKeySchema.optional(),
  seed: z.number().int().optional(),
});
export const promoteRequestSchema = z.object({
  version: z.int32().positive(),
  reason: z.string().min(1).max(2000),
});
export const rollbackRequestSchema = z.object({ reason: z.string().min(1).max(2000) });
export const modelsAnswerSchema = z.object({ items: z.array(modelSchema) });
