/** What a group of customers is called by what sets it apart. */
export const customerNames = {
  frequency: {
    high: { pt: 'fiéis', en: 'loyal' },
    low: { pt: 'compraram pouco', en: 'bought little' },
  },
  purchases_90d: { high: { pt: 'em atividade', en: 'active' }, low: { pt: 'parados', en: 'idle' } },
  days_since_purchase: {
    high: { pt: 'sumidos', en: 'gone quiet' },
    low: { pt: 'recentes', en: 'recent' },
  },
  tenure_days: { high: { pt: 'antigos', en: 'long-standing' }, low: { pt: 'novos', en: 'new' } },
  monetary: {
    high: { pt: 'compram caro', en: 'big baskets' },
    low: { pt: 'compras pequenas', en: 'small baskets' },
  },
  revenue_365d: {
    high: { pt: 'maior receita', en: 'top revenue' },
    low: { pt: 'baixa receita', en: 'low revenue' },
  },
  units_per_line: { high: { pt: 'atacado', en: 'wholesale' }, low: { pt: 'varejo', en: 'retail' } },
  usual_price: {
    high: { pt: 'itens caros', en: 'pricey items' },
    low: { pt: 'itens baratos', en: 'cheap items' },
  },
  lines_per_invoice: {
    high: { pt: 'cesta variada', en: 'varied basket' },
    low: { pt: 'poucos itens', en: 'few items' },
  },
  return_share: { high: { pt: 'devolvem muito', en: 'return a lot' } },
  year_end_share: {
    high: { pt: 'de fim de ano', en: 'year-end' },
    low: { pt: 'fora do fim de ano', en: 'not at year-end' },
  },
};

/** What columns are called that no phrase tells of. */
export const customerLabels = {
  customer_id: { pt: 'Cliente', en: 'Customer' },
  frequency: { pt: 'Vezes que voltou', en: 'Times back' },
  days_since_purchase: { pt: 'Dias sem comprar', en: 'Days without a purchase' },
  monetary: { pt: 'Compra usual', en: 'Usual purchase' },
  revenue_365d: { pt: 'Receita em um ano', en: 'Revenue in a year' },
  purchases_90d: { pt: 'Compras, 90 dias', en: 'Purchases, 90 days' },
  units_per_line: { pt: 'Unidades por item', en: 'Units a line' },
  recency_days: { pt: 'Dias da 1ª à última compra', en: 'Days from first to last purchase' },
  interval_days: { pt: 'Dias entre compras', en: 'Days between purchases' },
  revenue_90d: { pt: 'Receita em 90 dias', en: 'Revenue in 90 days' },
  products: { pt: 'Produtos diferentes', en: 'Different products' },
  usual_price: { pt: 'Preço usual', en: 'Usual price' },
  return_share: { pt: 'Devolve', en: 'Returns' },
  discount_share: { pt: 'Descontos', en: 'Discounts' },
  weekend_share: { pt: 'No fim de semana', en: 'At the weekend' },
  usual_hour: { pt: 'Hora usual', en: 'Usual hour' },
  year_end_share: { pt: 'Compra em nov. e dez.', en: 'Bought in Nov and Dec' },
  tenure_days: { pt: 'Cliente há quantos dias', en: 'Customer for days' },
};

/** Columns that are money. */
export const customerUnits = {
  monetary: 'money',
  usual_price: 'money',
  revenue_90d: 'money',
  revenue_365d: 'money',
} as const;

/** What the customer pages say of each feature, shared by both models. */
export const customerPhrases = {
  frequency: { pt: 'voltou {value} {vez|vezes}', en: 'came back {value} {time|times}' },
  recency_days: {
    pt: '{value} {dia|dias} entre a 1ª e a última compra',
    en: '{value} {day|days} from first to last purchase',
  },
  tenure_days: { pt: 'cliente há {value} {dia|dias}', en: 'customer for {value} {day|days}' },
  monetary: { pt: 'compra usual de {value}', en: 'usual purchase of {value}' },
  days_since_purchase: {
    pt: '{value} {dia|dias} sem comprar',
    en: '{value} {day|days} without a purchase',
  },
  purchases_90d: {
    pt: '{value} {compra|compras} em 90 dias',
    en: '{value} {purchase|purchases} in 90 days',
  },
  revenue_90d: { pt: 'gastou {value} em 90 dias', en: 'spent {value} in 90 days' },
  revenue_365d: { pt: 'gastou {value} em um ano', en: 'spent {value} in a year' },
  interval_days: { pt: 'compra a cada {value} {dia|dias}', en: 'buys every {value} {day|days}' },
  products: {
    pt: '{value} {produto diferente|produtos diferentes}',
    en: '{value} different {product|products}',
  },
  lines_per_invoice: { pt: '{value} {item|itens} por nota', en: '{value} {line|lines} an invoice' },
  units_per_line: { pt: '{value} {unidade|unidades} por item', en: '{value} {unit|units} a line' },
  usual_price: { pt: 'preço usual de {value}', en: 'usual price {value}' },
  return_share: { pt: 'devolve {value} do que compra', en: 'returns {value} of purchases' },
  discount_share: { pt: '{value} de desconto', en: '{value} of discounts' },
  weekend_share: {
    pt: '{value} das compras no fim de semana',
    en: '{value} of purchases at the weekend',
  },
  usual_hour: { pt: 'compra por volta das {value} h', en: 'buys around {value} h' },
  year_end_share: {
    pt: '{value} das compras em novembro e dezembro',
    en: '{value} of purchases in November and December',
  },
};
