import { daily, monthly, monthlyCutoffs, segment } from '@tino/system';
import { sellerLabels, sellerNames, sellerPhrases, sellerUnits } from '../phrases.js';

export default segment({
  entity: 'seller',
  spine: 'features/spines/active-sellers.sql',
  cutoffs: monthlyCutoffs({ from: '2017-06-01' }),
  features: ['seller_sales', 'seller_reviews', 'seller_logistics', 'seller_assortment'],
  // What says the same as a column that stays; and where and what they sell is not how they sell.
  ignore: [
    'score_30d',
    'orders_30d',
    'transit_days',
    'reviews_90d',
    'categories',
    'photos',
    'main_category',
    'seller_state',
  ],
  clusters: { min: 3, max: 6 },
  // Few months have sellers so different that they part by themselves: a cut is of use, and says so.
  shapeless: 'cut',
  money: 'revenue_90d',
  membersMin: 5,
  schedule: { build: daily('02:20'), train: monthly(3, '03:00'), score: daily('06:20') },
  page: {
    title: { pt: 'Vendedores', en: 'Sellers' },
    tab: { pt: 'Que tipos existem?', en: 'What kinds are there?' },
    noun: { pt: ['vendedor', 'vendedores'], en: ['seller', 'sellers'] },
    unit: 'money',
    worse: 'none',
    money: 'revenue_90d',
    columns: ['orders_90d', 'revenue_90d', 'score_90d', 'late_share_90d', 'main_category'],
    filters: ['seller_state', 'main_category'],
    action: 'export',
    units: sellerUnits,
    labels: sellerLabels,
    phrases: sellerPhrases,
    names: sellerNames,
  },
});
