import { daily, monthly, monthlyCutoffs, segment } from '@tino/system';
import { customerNames, customerLabels, customerPhrases, customerUnits } from '../phrases.js';

export default segment({
  entity: 'customer',
  spine: 'features/spines/active-customers.sql',
  cutoffs: monthlyCutoffs({ from: '2011-03-01' }),
  features: ['customer_purchases', 'customer_basket'],
  // What BG/NBD reads says the same as the columns that stay.
  ignore: [
    'recency_days',
    'interval_days',
    'revenue_90d',
    'products',
    // Habits tell a group, they do not make one.
    'discount_share',
    'weekend_share',
    'usual_hour',
  ],
  clusters: { min: 3, max: 7 },
  // Customers differ by degrees: where no groups stand apart a cut is of use, and the page says it is one.
  shapeless: 'cut',
  money: 'revenue_365d',
  membersMin: 10,
  schedule: { build: daily('01:40'), train: monthly(5, '03:00'), score: daily('05:40') },
  page: {
    title: { pt: 'Clientes', en: 'Customers' },
    tab: { pt: 'Quem são?', en: 'Who are they?' },
    noun: { pt: ['cliente', 'clientes'], en: ['customer', 'customers'] },
    unit: 'money',
    worse: 'none',
    money: 'revenue_365d',
    columns: ['frequency', 'days_since_purchase', 'monetary', 'revenue_365d'],
    action: 'export',
    units: customerUnits,
    labels: customerLabels,
    phrases: customerPhrases,
    names: customerNames,
  },
});
