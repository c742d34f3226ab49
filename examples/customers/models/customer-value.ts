import {
  bgNbd,
  boosting,
  daily,
  days,
  grid,
  monthly,
  monthlyCutoffs,
  regress,
  ridge,
} from '@tino/system';
import { customerLabels, customerPhrases, customerUnits } from '../phrases.js';

export default regress({
  entity: 'customer',
  spine: 'features/spines/active-customers.sql',
  cutoffs: monthlyCutoffs({ from: '2011-03-01' }),
  label: 'labels/revenue-within-90-days.sql',
  horizon: days(90),
  features: ['customer_purchases', 'customer_basket'],
  candidates: [
    bgNbd({ horizonDays: 90, recencyColumn: 'days_since_purchase' }),
    ridge(grid({ alpha: [1, 100] })),
    boosting(
      { objective: 'tweedie', rounds: 80, learningRate: 0.05, minDataInLeaf: 40 },
      grid({ leaves: [7, 15] }),
    ),
  ],
  metric: 'rmse',
  gate: { minGain: 1 },
  folds: 3,
  floor: 0,
  schedule: { build: daily('01:30'), train: monthly(4, '03:00'), score: daily('05:30') },
  page: {
    title: { pt: 'Clientes', en: 'Customers' },
    tab: { pt: 'Quanto vão comprar?', en: 'How much will they buy?' },
    noun: { pt: ['cliente', 'clientes'], en: ['customer', 'customers'] },
    unit: 'money',
    worse: 'low',
    money: 'revenue_90d',
    columns: ['purchases_90d', 'days_since_purchase', 'revenue_365d'],
    action: 'offer',
    units: customerUnits,
    labels: customerLabels,
    phrases: customerPhrases,
  },
});
