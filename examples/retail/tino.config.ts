import {
  category,
  date,
  days,
  defineWorkspace,
  entity,
  integer,
  money,
  number,
  quantity,
  source,
  text,
} from '@tino/system';

export default defineWorkspace({
  name: 'retail',
  title: { pt: 'Varejo', en: 'Retail' },
  zone: 'America/Sao_Paulo',
  language: 'pt',
  currency: 'BRL',
  sources: {
    sales: source({
      files: 'data/sales.csv*',
      key: ['client_id', 'store_id', 'product_id', 'sold_on'],
      eventTime: 'sold_on',
      freshWithin: days(3),
      columns: {
        client_id: integer({ required: true }),
        store_id: integer({ required: true }),
        product_id: integer({ required: true }),
        sold_on: date({ from: 'date', required: true }),
        units: quantity({ required: true, min: 0 }),
        revenue: money({ required: true, min: 0 }),
      },
    }),
    stores: source({
      files: 'data/stores.csv*',
      key: 'store_id',
      columns: {
        store_id: integer({ required: true }),
        client_id: integer({ required: true }),
        store_name: text({ from: 'name', required: true }),
        city: text(),
        state: category(),
        store_type: category({ from: 'type', values: ['rua', 'shopping'] }),
        size_m2: number({ min: 0 }),
      },
    }),
    products: source({
      files: 'data/products.csv*',
      key: 'product_id',
      columns: {
        product_id: integer({ required: true }),
        product_name: text({ from: 'name', required: true }),
        category: category({ required: true }),
      },
    }),
    // Planned before they start: what counts is since when each one was known.
    promotions: source({
      files: 'data/promotions.csv*',
      key: ['store_id', 'product_id', 'starts_on'],
      eventTime: 'starts_on',
      knownAt: 'known_from',
      columns: {
        client_id: integer({ required: true }),
        store_id: integer({ required: true }),
        product_id: integer({ required: true }),
        starts_on: date({ required: true }),
        ends_on: date({ required: true }),
        known_from: date({ required: true }),
        discount: number({ required: true, min: 0, max: 1 }),
      },
    }),
  },
  entities: {
    client: entity('client_id', { pt: ['cliente', 'clientes'], en: ['client', 'clients'] }),
    store: entity('store_id', { pt: ['loja', 'lojas'], en: ['store', 'stores'] }),
    product: entity('product_id', { pt: ['produto', 'produtos'], en: ['product', 'products'] }),
    shelf: entity(['client_id', 'store_id', 'product_id'], {
      pt: ['produto na loja', 'produtos nas lojas'],
      en: ['product in a store', 'products in stores'],
    }),
  },
});
