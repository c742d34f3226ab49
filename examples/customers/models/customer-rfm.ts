import { daily, monthly, monthlyCutoffs, rfm, segment } from '@tino/system';
import { customerLabels, customerPhrases, customerUnits } from '../phrases.js';

export default segment({
  entity: 'customer',
  spine: 'features/spines/active-customers.sql',
  cutoffs: monthlyCutoffs({ from: '2011-03-01' }),
  features: ['customer_purchases', 'customer_basket'],
  // Change a cut point and train again: the page shows those that serve. `cuts: 5` would cut the
  // customers in five groups of one size by each measure.
  rules: rfm(
    { recencyDays: 'days_since_purchase', frequency: 'frequency', monetary: 'revenue_365d' },
    {
      cuts: {
        recencyDays: [30, 60, 120, 240],
        frequency: [0, 1, 3, 7],
        monetary: [250, 500, 1000, 2500],
      },
    },
  ),
  money: 'revenue_365d',
  membersMin: 10,
  schedule: { build: daily('01:40'), train: monthly(5, '03:30'), score: daily('05:40') },
  page: {
    title: { pt: 'Clientes', en: 'Customers' },
    tab: { pt: 'Recência, frequência e valor', en: 'Recency, frequency, money' },
    noun: { pt: ['cliente', 'clientes'], en: ['customer', 'customers'] },
    unit: 'money',
    worse: 'none',
    money: 'revenue_365d',
    columns: ['days_since_purchase', 'frequency', 'revenue_365d', 'monetary'],
    action: 'export',
    units: customerUnits,
    labels: customerLabels,
    phrases: customerPhrases,
  },
});
