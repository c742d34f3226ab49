import {
  category,
  days,
  defineWorkspace,
  entity,
  integer,
  money,
  number,
  source,
  text,
  timestamp,
  whatMakes,
  whoMoved,
  whyMoved,
} from '@tino/system';

const table = (name: string) => `data/olist_${name}_dataset.csv*`;

const columnLabels = {
  customer_state: { pt: 'Estado do cliente', en: 'Customer state' },
  seller_state: { pt: 'Estado do vendedor', en: 'Seller state' },
  product_category: { pt: 'Categoria', en: 'Category' },
  promised_days: { pt: 'Dias de prazo', en: 'Days promised' },
  hours_to_carrier: { pt: 'Horas até o envio', en: 'Hours to the carrier' },
  freight: { pt: 'Frete', en: 'Freight' },
};

export default defineWorkspace({
  name: 'olist',
  title: { pt: 'Marketplace', en: 'Marketplace' },
  zone: 'America/Sao_Paulo',
  language: 'pt',
  currency: 'BRL',
  sources: {
    orders: source({
      files: table('orders'),
      key: 'order_id',
      eventTime: 'purchased_at',
      freshWithin: days(3),
      columns: {
        order_id: text({ required: true }),
        customer_id: text({ required: true }),
        // The file has today's status only, so it counts as known on the day of delivery.
        order_status: category({ knownAt: 'delivered_at' }),
        purchased_at: timestamp({ from: 'order_purchase_timestamp', required: true }),
        approved_at: timestamp({ from: 'order_approved_at', knownAt: 'approved_at' }),
        carrier_at: timestamp({ from: 'order_delivered_carrier_date', knownAt: 'carrier_at' }),
        delivered_at: timestamp({ from: 'order_delivered_customer_date', knownAt: 'delivered_at' }),
        promised_at: timestamp({ from: 'order_estimated_delivery_date' }),
      },
    }),
    // Items and payments have no time of their own: they became known with their order.
    order_items: source({
      files: table('order_items'),
      key: ['order_id', 'order_item_id'],
      timeOf: { source: 'orders', on: ['order_id'] },
      columns: {
        order_id: text({ required: true }),
        order_item_id: integer({ required: true, min: 1 }),
        product_id: text({ required: true }),
        seller_id: text({ required: true }),
        shipping_limit_at: timestamp({ from: 'shipping_limit_date' }),
        price: money({ required: true, min: 0 }),
        freight: money({ from: 'freight_value', min: 0 }),
      },
    }),
    order_payments: source({
      files: table('order_payments'),
      key: ['order_id', 'payment_sequential'],
      timeOf: { source: 'orders', on: ['order_id'] },
      columns: {
        order_id: text({ required: true }),
        payment_sequential: integer({ required: true }),
        payment_type: category(),
        payment_installments: integer({ min: 0 }),
        payment_value: money({ min: 0 }),
      },
    }),
    order_reviews: source({
      files: table('order_reviews'),
      key: ['review_id', 'order_id'],
      eventTime: 'asked_at',
      knownAt: 'answered_at',
      columns: {
        review_id: text({ required: true }),
        order_id: text({ required: true }),
        review_score: integer({ required: true, min: 1, max: 5 }),
        review_comment_title: text(),
        review_comment_message: text(),
        asked_at: timestamp({ from: 'review_creation_date', required: true }),
        answered_at: timestamp({ from: 'review_answer_timestamp', required: true }),
      },
    }),
    customers: source({
      files: table('customers'),
      key: 'customer_id',
      columns: {
        customer_id: text({ required: true }),
        customer_unique_id: text(),
        customer_zip: text({ from: 'customer_zip_code_prefix' }),
        customer_city: text(),
        customer_state: category(),
      },
    }),
    // Lists only who ever sold: being in it is itself the answer of `seller-activation`, whose SQL
    // therefore never names it.
    sellers: source({
      files: table('sellers'),
      key: 'seller_id',
      columns: {
        seller_id: text({ required: true }),
        seller_zip: text({ from: 'seller_zip_code_prefix' }),
        seller_city: text(),
        seller_state: category(),
      },
    }),
    products: source({
      files: table('products'),
      key: 'product_id',
      columns: {
        product_id: text({ required: true }),
        product_category: category({ from: 'product_category_name' }),
        // "lenght" is how the public file spells it.
        name_length: integer({ from: 'product_name_lenght' }),
        description_length: integer({ from: 'product_description_lenght' }),
        photos: integer({ from: 'product_photos_qty' }),
        weight_g: number({ from: 'product_weight_g', min: 0 }),
        length_cm: number({ from: 'product_length_cm', min: 0 }),
        height_cm: number({ from: 'product_height_cm', min: 0 }),
        width_cm: number({ from: 'product_width_cm', min: 0 }),
      },
    }),
    geolocation: source({
      files: table('geolocation'),
      columns: {
        zip: text({ from: 'geolocation_zip_code_prefix', required: true }),
        latitude: number({ from: 'geolocation_lat', required: true, min: -90, max: 90 }),
        longitude: number({ from: 'geolocation_lng', required: true, min: -180, max: 180 }),
        city: text({ from: 'geolocation_city' }),
        state: category({ from: 'geolocation_state' }),
      },
    }),
    category_translation: source({
      files: 'data/product_category_name_translation.csv*',
      key: 'product_category',
      columns: {
        product_category: text({ from: 'product_category_name', required: true }),
        product_category_english: text({ from: 'product_category_name_english' }),
      },
    }),
    leads: source({
      files: table('marketing_qualified_leads'),
      key: 'mql_id',
      eventTime: 'contacted_at',
      columns: {
        mql_id: text({ required: true }),
        contacted_at: timestamp({ from: 'first_contact_date', required: true }),
        landing_page_id: text(),
        origin: category(),
      },
    }),
    deals: source({
      files: table('closed_deals'),
      key: 'mql_id',
      eventTime: 'won_at',
      columns: {
        mql_id: text({ required: true }),
        seller_id: text({ required: true }),
        sdr_id: text(),
        sr_id: text(),
        won_at: timestamp({ from: 'won_date', required: true }),
        business_segment: category(),
        lead_type: category(),
        lead_behaviour_profile: category(),
        has_company: category(),
        has_gtin: category(),
        average_stock: category(),
        business_type: category(),
        declared_product_catalog_size: number({ min: 0 }),
        declared_monthly_revenue: money({ min: 0 }),
      },
    }),
  },
  entities: {
    seller: entity('seller_id', { pt: ['vendedor', 'vendedores'], en: ['seller', 'sellers'] }),
    order: entity('order_id', { pt: ['pedido', 'pedidos'], en: ['order', 'orders'] }),
  },
  insights: {
    sales: whyMoved({
      title: { pt: 'Vendas', en: 'Sales' },
      sql: 'insights/sales.sql',
      period: days(30),
      unit: 'seller_id',
      noun: { pt: ['vendedor', 'vendedores'], en: ['seller', 'sellers'] },
      labels: columnLabels,
      action: {
        pt: 'Veja com os vendedores da lista o que mudou',
        en: 'Ask the sellers of the list what changed',
      },
    }),
    kinds: whoMoved({
      title: { pt: 'Vendedores que mudaram de grupo', en: 'Sellers who changed group' },
      model: 'seller-segments',
      noun: { pt: ['vendedor', 'vendedores'], en: ['seller', 'sellers'] },
      action: {
        gain: {
          pt: 'Mostre aos que subiram o que ainda podem vender',
          en: 'Show those who rose what else they could sell',
        },
        loss: { pt: 'Ligue para os que mais perderam receita', en: 'Call those who lost most' },
      },
    }),
    'late-orders': whatMakes({
      title: { pt: 'Atrasos', en: 'Late orders' },
      event: { pt: 'atraso na entrega', en: 'late delivery' },
      sql: 'insights/late-orders.sql',
      period: days(90),
      unit: 'seller_id',
      noun: { pt: ['vendedor', 'vendedores'], en: ['seller', 'sellers'] },
      rows: { pt: ['pedido', 'pedidos'], en: ['order', 'orders'] },
      // What a late order costs in refunds and calls; put your own.
      moneyEach: -25,
      labels: columnLabels,
      action: {
        gain: {
          pt: 'Veja que prazo e transportadora dão certo aí, e leve às outras rotas',
          en: 'See which promise and carrier work here, and bring them to other routes',
        },
        loss: {
          pt: 'Reveja prazo e transportadora dessa rota, e fale com os vendedores da lista',
          en: 'Review promise and carrier of this route, and talk to the sellers of the list',
        },
      },
    }),
  },
});
