import type { PredictAnswer } from '@tino/system/contract';
import type { Tino } from '../client.js';

/** A house as the form of a listings app fills it in; what it leaves out is null: unknown. */
export const house = {
  area: 120,
  garage: 2,
  fireplaces: 1,
  baths: 3,
  white_marble: 1,
  black_marble: 0,
  indian_marble: 0,
  floors: 1,
  city: '2',
  solar: 0,
  electric: 1,
  fiber: 1,
  glass_doors: 0,
  swimming_pool: null,
  garden: 1,
};

/** What it is worth, between what and what, and what makes it so: the reasons sum to the answer. */
export default async function client(tino: Tino) {
  const answer = await tino.post<PredictAnswer>('/v1/models/house-price/predict?explain=true', {
    rows: [house],
  });
  const { value, intervals, explanation } = answer.predictions[0]!;
  const reasons = explanation!.reasons.map(({ phrase, contribution }) => ({
    says: phrase.pt,
    adds: contribution,
  }));
  return { value, intervals, base: explanation!.base, reasons };
}
