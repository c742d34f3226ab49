import {
  band,
  daily,
  days,
  ending,
  maximumChange,
  minimumMargin,
  price,
  weekly,
} from '@tino/system';

export default price({
  entity: 'dish',
  key: ['restaurant_id', 'item_id'],
  sales: 'features/prices/dish-days.sql',
  items: 'features/prices/dishes.sql',
  objective: 'margin',
  guardrails: [maximumChange(10), band(0.75, 1.35), ending(90), minimumMargin(30)],
  exploration: { policy: 'thompson', arms: 9, width: 0.1 },
  cycle: days(7),
  approval: { mode: 'manual' },
  holdOut: 0.1,
  schedule: { train: weekly(1, '05:00'), score: daily('06:50') },
  page: {
    title: { pt: 'Preços', en: 'Prices' },
    tab: { pt: 'Quanto cobrar?', en: 'What to charge?' },
    noun: { pt: ['prato', 'pratos'], en: ['dish', 'dishes'] },
    unit: 'unitPrice',
    worse: 'none',
    filters: ['restaurant_name', 'category'],
    columns: ['name', 'restaurant_name', 'category'],
    action: 'approve',
    phrases: {
      weekday: { pt: 'dia {value} da semana', en: 'weekday {value}' },
      month: { pt: 'mês {value}', en: 'month {value}' },
    },
  },
});
