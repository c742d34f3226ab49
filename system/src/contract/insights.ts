import { z } from 'zod';
import { spanSchema, wordsSchema } from './common.js';

export const insightSchema = z.object({
  id: z.string(),
  part: z.string(),
  /** Of the declaration that it came from. */
  name: z.string(),
  title: wordsSchema,
  what: z.enum([
    'totalFell',
    'totalRose',
    'rateHigher',
    'rateLower',
    'together',
    'later',
    'stayedLess',
    'stayedMore',
    'moved',
  ]),
  /** Conditions that all hold, or the two items. */
  parts: z.array(z.object({ column: z.string(), level: z.string() })),
  sentence: z.array(spanSchema),
  /** Every number that the sentence says. */
  figures: z.record(z.string(), z.number()),
  /** Share of false ones among findings as sure as this one, at most. */
  q: z.number(),
  sure: z.string(),
  money: z.object({ effect: z.number(), lower: z.number(), upper: z.number() }),
  action: z.string(),
  /** How many units it is about, and what they are called. */
  people: z.number().int(),
  noun: z.string(),
  /** Whom the list holds and how many; null where they are too few for this role. */
  list: z.object({ count: z.number().int(), says: z.string() }).nullable(),
  /** Said for the first time, or changed, on the day of the last run. */
  news: z.boolean(),
  since: z.string(),
});
export type InsightAnswer = z.infer<typeof insightSchema>;

export const cohortSchema = z.object({
  /** First day of the period of the first purchase. */
  start: z.string(),
  size: z.number().int(),
  /** By periods since, from 0: share that bought in it, and money a head; null is not known yet. */
  retained: z.array(z.number().nullable()),
  value: z.array(z.number().nullable()),
});
export type Cohort = z.infer<typeof cohortSchema>;

export const pairSchema = z.object({
  kind: z.enum(['together', 'later']),
  first: z.string(),
  next: z.string(),
  /** Baskets with both; or customers who bought them in this order. */
  count: z.number().int(),
  /** Share of those with the first. */
  confidence: z.number(),
  lift: z.number(),
  lower: z.number(),
  upper: z.number(),
  /** Mean days between; null of one basket. */
  gap: z.number().nullable(),
  q: z.number(),
});
export type ItemPair = z.infer<typeof pairSchema>;

export const insightsAnswerSchema = z.object({
  sentence: z.array(spanSchema),
  items: z.array(insightSchema),
  /** What each declaration says even when nothing stands out. */
  headlines: z.array(
    z.object({
      part: z.string(),
      name: z.string(),
      title: wordsSchema,
      sentences: z.array(z.array(spanSchema)),
      figures: z.record(z.string(), z.number()),
      /** Who came back, by the period of the first purchase; null where that is not what was looked for. */
      cohorts: z.array(cohortSchema).nullable(),
      /** What goes together, the most money first; null where that is not what was looked for. */
      pairs: z.array(pairSchema).nullable(),
    }),
  ),
  runs: z.array(
    z.object({
      part: z.string(),
      at: z.string(),
      dataUntil: z.string(),
      /** Combinations that were looked at. */
      looks: z.number().int(),
    }),
  ),
});
export type InsightsAnswer = z.infer<typeof insightsAnswerSchema>;

export const insightMemberSchema = z.object({
  key: z.string(),
  figures: z.record(z.string(), z.number()),
});
export type InsightMember = z.infer<typeof insightMemberSchema>;
