import {
  auto,
  boosting,
  classify,
  daily,
  days,
  grid,
  linear,
  monthly,
  monthlyCutoffs,
} from '@tino/system';
import { sellerLabels, sellerPhrases } from '../phrases.js';

export default classify({
  entity: 'seller',
  spine: 'features/spines/active-sellers.sql',
  cutoffs: monthlyCutoffs({ from: '2017-06-01' }),
  label: 'labels/no-sale-within-45-days.sql',
  horizon: days(45),
  features: ['seller_sales', 'seller_reviews', 'seller_logistics', 'seller_assortment'],
  candidates: [
    linear(grid({ l2: [1, 10] })),
    boosting({ rounds: 100, minDataInLeaf: 30, leaves: 7, learningRate: 0.05 }),
    auto({ portfolio: 'small', folds: 3, repeats: 1 }),
  ],
  metric: 'rocAuc',
  gate: { minGain: 0.005 },
  schedule: { build: daily('02:00'), train: monthly(1, '03:00'), score: daily('06:00') },
  page: {
    title: { pt: 'Vendedores', en: 'Sellers' },
    tab: { pt: 'Vai parar de vender?', en: 'Will they stop selling?' },
    noun: { pt: ['vendedor', 'vendedores'], en: ['seller', 'sellers'] },
    positive: { pt: 'parar de vender', en: 'stop selling' },
    unit: 'probability',
    worse: 'high',
    money: 'revenue_90d',
    filters: ['seller_state', 'main_category'],
    columns: ['seller_state', 'main_category', 'orders_90d', 'days_since_sale'],
    action: 'call',
    labels: sellerLabels,
    phrases: sellerPhrases,
  },
});
