import {
  boolean,
  category,
  date,
  days,
  defineWorkspace,
  entity,
  integer,
  money,
  number,
  source,
} from '@tino/system';

export default defineWorkspace({
  name: 'walmart',
  title: { pt: 'Walmart', en: 'Walmart' },
  zone: 'America/Chicago',
  language: 'en',
  currency: 'USD',
  sources: {
    // One row a department, store and week; the week is dated by its last day, a Friday.
    sales: source({
      files: 'data/train.csv*',
      key: ['store_id', 'dept_id', 'week_ends_on'],
      eventTime: 'week_ends_on',
      freshWithin: days(14),
      columns: {
        store_id: integer({ from: 'Store', required: true }),
        dept_id: integer({ from: 'Dept', required: true }),
        week_ends_on: date({ from: 'Date', required: true }),
        // Returns of a week may be more than its sales.
        revenue: money({ from: 'Weekly_Sales', required: true }),
      },
    }),
    stores: source({
      files: 'data/stores.csv*',
      key: 'store_id',
      columns: {
        store_id: integer({ from: 'Store', required: true }),
        store_type: category({ from: 'Type' }),
        size: number({ from: 'Size', min: 0 }),
      },
    }),
    // Holiday weeks are known years ahead, so the table has no time of its own.
    weeks: source({
      files: 'data/features.csv*',
      key: ['store_id', 'week_ends_on'],
      columns: {
        store_id: integer({ from: 'Store', required: true }),
        week_ends_on: date({ from: 'Date', required: true }),
        is_holiday: boolean({ from: 'IsHoliday', required: true }),
      },
    }),
  },
  entities: {
    store: entity('store_id', { pt: ['loja', 'lojas'], en: ['store', 'stores'] }),
    department: entity('dept_id', {
      pt: ['departamento', 'departamentos'],
      en: ['department', 'departments'],
    }),
    shelf: entity(['store_id', 'dept_id'], {
      pt: ['departamento na loja', 'departamentos nas lojas'],
      en: ['department in a store', 'departments in stores'],
    }),
  },
});
