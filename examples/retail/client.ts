import type { Forecast, ForecastAnswer } from '@tino/system/contract';
import { sentenceOf, type Tino } from '../client.js';

const summary = ({ name, total, change }: Forecast) => ({ name, value: total.value, change });

/** The next eight weeks of one client: the total, its stores, one store, its categories. */
export default async function client(tino: Tino) {
  const path = '/v1/models/revenue/forecast';
  const total = await tino.get<ForecastAnswer>(path, { level: 'client', 'key.client_id': 1 });
  const stores = await tino.get<ForecastAnswer>(path, { level: 'store', horizon: 8, limit: 20 });
  const store = await tino.get<ForecastAnswer>(path, { level: 'store', 'key.store_id': 20 });
  const categories = await tino.get<ForecastAnswer>(path, { level: 'category' });
  return {
    says: sentenceOf(total.forecast),
    stores: stores.members.map(summary),
    store: store.forecast.points.map(({ at, value, intervals }) => ({ at, value, intervals })),
    categories: categories.members.map(summary),
  };
}
