import { z } from 'zod';
import { entityKeySchema, scalarSchema } from './common.js';
import { conditionColumnSchema, conditionSchema } from './conditions.js';

/** Who belongs: all conditions hold; then the first `top` by money, most first. */
export const audienceRuleSchema = z.strictObject({
  segments: z.array(z.string()).min(1).max(100).optional(),
  where: z.array(conditionSchema).max(20).default([]),
  top: z.number().int().min(1).max(10_000_000).optional(),
});
export type AudienceRule = z.infer<typeof audienceRuleSchema>;

export const audienceRequestSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  rule: audienceRuleSchema,
});

export const audienceSchema = z.object({
  id: z.string(),
  model: z.string(),
  name: z.string(),
  rule: audienceRuleSchema,
  madeBy: z.string(),
  at: z.string(),
  /** As of the last scoring: members change with it, the rule does not. */
  size: z.number().int(),
  share: z.number(),
  money: z.number().nullable(),
  /** Segments and columns of the rule that the last scoring has no more: nobody is of them. */
  missing: z.array(z.string()),
});
export type Audience = z.infer<typeof audienceSchema>;
export const audiencesAnswerSchema = z.object({
  items: z.array(audienceSchema),
  /** What rules can ask. */
  columns: z.array(conditionColumnSchema),
});
export type AudiencesAnswer = z.infer<typeof audiencesAnswerSchema>;

export const audienceMemberSchema = z.object({
  key: entityKeySchema,
  segment: z.string().nullable(),
  value: z.number().nullable(),
  money: z.number().nullable(),
  columns: z.record(z.string(), scalarSchema),
});
export type AudienceMember = z.infer<typeof audienceMemberSchema>;
