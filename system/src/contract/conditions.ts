import { z } from 'zod';

/** What a row of the last scoring must be; what is not known of a row is on no side. */
export const conditionSchema = z.strictObject({
  /** A column of the last scoring, or `value` for what the model said. */
  column: z.string().min(1),
  is: z.enum(['atLeast', 'atMost', 'oneOf']),
  values: z
    .array(z.union([z.number(), z.string()]))
    .min(1)
    .max(1000),
});
export type Condition = z.infer<typeof conditionSchema>;

/** A column that conditions can name, with what it holds. */
export const conditionColumnSchema = z.object({
  name: z.string(),
  type: z.enum(['number', 'category']),
  /** Lowest and highest known number. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Values in order; null when they are too many to list. */
  levels: z.array(z.string()).nullable(),
});
export type ConditionColumn = z.infer<typeof conditionColumnSchema>;
