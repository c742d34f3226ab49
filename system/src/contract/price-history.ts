import { z } from 'zod';
import { suggestionSchema } from './predictions.js';

/** What was suggested for one item, what became of it, and what sold at which price. */
export const priceHistorySchema = z.object({
  /** The latest first. */
  suggestions: z.array(
    suggestionSchema
      .pick({ id: true, at: true, state: true, current: true, decision: true })
      .extend({
        price: z.number(),
        /** Units a day that were told before and after an applied price; null where none were. */
        units: z.object({ before: z.number().nullable(), after: z.number().nullable() }).nullable(),
      }),
  ),
  /** In order of time. */
  outcomes: z.array(z.object({ at: z.string(), price: z.number(), unitsPerDay: z.number() })),
});
export type PriceHistoryAnswer = z.infer<typeof priceHistorySchema>;
