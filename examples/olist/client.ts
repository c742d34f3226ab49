import type { PredictAnswer, ScoresAnswer, SegmentsAnswer } from '@tino/system/contract';
import { sentenceOf, type Tino } from '../client.js';

/** The ten sellers to call first, by the money at stake, each with its reasons. */
async function callList(tino: Tino, model: string) {
  const path = `/v1/models/${model}/scores`;
  const answer = await tino.get<ScoresAnswer>(path, { sort: 'money', limit: 10 });
  const sellers = answer.items.map(({ key, value, money, reasons }) => ({
    seller: key['seller_id'],
    probability: value,
    money,
    because: reasons.slice(0, 3).map(({ phrase }) => phrase.pt),
  }));
  return { says: sentenceOf(answer), sellers };
}

/** An order at its approval, as the checkout knows it; what it does not know is null. */
export const order = {
  promised_days: 9,
  approval_hours: 0.3,
  purchase_month: 11,
  black_friday: 1,
  items: 1,
  price: 129.9,
  freight: 28.4,
  weight_kg: 2.1,
  product_category: 'moveis_decoracao',
  customer_state: 'BA',
  seller_state: 'SP',
  same_state: 0,
  distance_km: 1450,
  handling_days: 3.2,
  transit_days: null,
  late_share_90d: 0.15,
  stuck_orders: 1,
  reviews_90d: 12,
  score_90d: 3.9,
  score_30d: null,
  low_share_90d: 0.2,
};

export default async function client(tino: Tino) {
  const late = await tino.post<PredictAnswer>('/v1/models/late-delivery/predict?explain=true', {
    rows: [order],
  });
  const kinds = await tino.get<SegmentsAnswer>('/v1/models/seller-segments/segments');
  return {
    churn: await callList(tino, 'seller-churn'),
    activation: await callList(tino, 'seller-activation'),
    late: late.predictions[0]!.value,
    kinds: kinds.segments.map(({ name, size, moneyShare }) => ({
      name: name.pt,
      size,
      moneyShare,
    })),
  };
}
