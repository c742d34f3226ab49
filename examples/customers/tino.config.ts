import {
  boughtTogether,
  category,
  days,
  defineWorkspace,
  entity,
  integer,
  source,
  text,
  timestamp,
  unitPrice,
  whoMoved,
  whoStays,
  whyMoved,
} from '@tino/system';

export default defineWorkspace({
  name: 'customers',
  title: { pt: 'Clientes', en: 'Customers' },
  zone: 'America/Sao_Paulo',
  language: 'pt',
  currency: 'BRL',
  sources: {
    invoice_lines: source({
      files: 'data/online_retail.csv*',
      eventTime: 'invoiced_at',
      freshWithin: days(7),
      columns: {
        invoice: text({ from: 'InvoiceNo', required: true }),
        stock_code: text({ from: 'StockCode', required: true }),
        description: text({ from: 'Description' }),
        quantity: integer({ from: 'Quantity', required: true }),
        invoiced_at: timestamp({ from: 'InvoiceDate', required: true }),
        // Below zero are corrections of the accounts, not prices: set aside with their reason.
        unit_price: unitPrice({ from: 'UnitPrice', required: true, min: 0 }),
        // "17850.0" in the file, and empty for a quarter of the lines.
        customer_id: integer({ from: 'CustomerID' }),
        country: category({ from: 'Country' }),
      },
    }),
    customers: source({
      files: 'data/customers.csv*',
      key: 'customer_id',
      columns: {
        customer_id: integer({ required: true }),
        name: text({ personal: true }),
        email: text({ personal: true }),
        cpf: text({ personal: true }),
        phone: text({ personal: true }),
        birth_date: text({ personal: true }),
        city: text({ personal: true }),
      },
    }),
  },
  entities: {
    customer: entity('customer_id', { pt: ['cliente', 'clientes'], en: ['customer', 'customers'] }),
  },
  insights: {
    revenue: whyMoved({
      title: { pt: 'Receita', en: 'Revenue' },
      sql: 'insights/sales.sql',
      period: days(90),
      unit: 'customer_id',
      noun: { pt: ['cliente', 'clientes'], en: ['customer', 'customers'] },
      labels: { country: { pt: 'País', en: 'Country' }, kind: { pt: 'Tipo', en: 'Kind' } },
      action: {
        pt: 'Fale primeiro com os clientes da lista que mais mudaram',
        en: 'Talk first to the customers of the list who moved most',
      },
    }),
    return: whoStays({
      title: { pt: 'Quem volta', en: 'Who comes back' },
      sql: 'insights/sales.sql',
      period: days(30),
      unit: 'customer_id',
      noun: { pt: ['cliente', 'clientes'], en: ['customer', 'customers'] },
      action: {
        pt: 'Convide para a segunda compra quem ainda não voltou',
        en: 'Invite those who have not come back to a second purchase',
      },
    }),
    moves: whoMoved({
      title: { pt: 'Clientes que mudaram de grupo', en: 'Customers who changed group' },
      model: 'customer-segments',
      noun: { pt: ['cliente', 'clientes'], en: ['customer', 'customers'] },
    }),
    baskets: boughtTogether({
      title: { pt: 'Cestas', en: 'Baskets' },
      sql: 'insights/baskets.sql',
      period: days(365),
      unit: 'customer_id',
      noun: { pt: ['cliente', 'clientes'], en: ['customer', 'customers'] },
      basketsMin: 30,
    }),
  },
});
