import type { ForecastAnswer, Suggestion } from '@tino/system/contract';
import { sentenceOf, type Tino } from '../client.js';

const forecastPath = '/v1/models/ingredient-price/forecast';
const pricePath = '/v1/models/dish-price';

/** Will tomatoes go up here? With a restaurant's own key, every other restaurant does not exist. */
export async function ingredient(tino: Tino, restaurant: number, item: number) {
  const { forecast } = await tino.get<ForecastAnswer>(forecastPath, {
    'key.restaurant_id': restaurant,
    'key.item_id': item,
    horizon: 8,
  });
  const { direction, season, coldStart } = forecast;
  return { says: sentenceOf(forecast), called: direction?.called ?? null, season, coldStart };
}

/** What should this dish cost, and which rule binds? Asking again in the same week answers the same. */
export const suggestion = (tino: Tino, restaurant: number, item: number): Promise<Suggestion> =>
  tino.get(`${pricePath}/suggestion`, { 'key.restaurant_id': restaurant, 'key.item_id': item });

/** The owner's word on a suggestion; approving needs the role of approver. */
export const approve = (tino: Tino, { id }: Suggestion): Promise<Suggestion> =>
  tino.post(`${pricePath}/suggestions/${id}/decision`, { decision: 'approve' }, `approve ${id}`);

/** What sold at that price: the next suggestion has learned from it. Sent twice, learned once. */
export const report = (tino: Tino, { id, price }: Suggestion, units: number, days: number) =>
  tino.post<{ accepted: number; repeated: number }>(`${pricePath}/outcomes`, {
    outcomes: [{ suggestion: id, price, units, days, id: `week of ${id}` }],
  });

export default async function client(tino: Tino) {
  const tomato = await ingredient(tino, 12, 7);
  const newcomer = await ingredient(tino, 17, 7);
  const dish = await suggestion(tino, 12, 9);
  return {
    tomato,
    newcomer,
    dish: { says: sentenceOf(dish), price: dish.price, rule: dish.binding },
  };
}
