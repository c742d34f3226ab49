import { z } from 'zod';
import { suggestionSchema } from './suggestions.js';

/** What was suggested for one item, what became of it, and what sold at which price. */
export const priceHistorySchema = z.object({
  /** The latest first. */
  suggestions: z.array(
    suggestionSchema
      .pick({ id: true, at: true, state: true, current: true, decision: true })
      .extend({
        price: z.number(),
        /** Units a day before and after an applied price, as told or else as the sales say; null where neither does. */
        units: z.object({ before: z.number().nullable(), after: z.number().nullable() }).nullable(),
      }),
  ),
  /** What the sales say, by week and price, in order of time. */
  sold: z.array(
    z.object({
      at: z.string(),
      days: z.number().int(),
      price: z.number(),
      unitsPerDay: z.number(),
    }),
  ),
  /** What was told, in order of time. */
  outcomes: z.array(z.object({ at: z.string(), price: z.number(), unitsPerDay: z.number() })),
});
export type PriceHistoryAnswer = z.infer<typeof priceHistorySchema>;
