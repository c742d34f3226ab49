/** What a group of customers is called by what sets it apart. */
export const customerNames = {
  frequency: {
    high: { pt: 'Fiéis', en: 'Loyal' },
    low: { pt: 'Compraram pouco', en: 'Bought little' },
  },
  purchases_90d: { high: { pt: 'Em atividade', en: 'Active' }, low: { pt: 'Parados', en: 'Idle' } },
  days_since_purchase: {
    high: { pt: 'Sumidos', en: 'Gone quiet' },
    low: { pt: 'Recentes', en: 'Recent' },
  },
  tenure_days: { high: { pt: 'Antigos', en: 'Long-standing' }, low: { pt: 'Novos', en: 'New' } },
  monetary: {
    high: { pt: 'Compram caro', en: 'Big baskets' },
    low: { pt: 'Compras pequenas', en: 'Small baskets' },
  },
  revenue_365d: {
    high: { pt: 'Maior receita', en: 'Top revenue' },
    low: { pt: 'Baixa receita', en: 'Low revenue' },
  },
  units_per_line: { high: { pt: 'Atacado', en: 'Wholesale' }, low: { pt: 'Varejo', en: 'Retail' } },
  usual_price: {
    high: { pt: 'Itens caros', en: 'Pricey items' },
    low: { pt: 'Itens baratos', en: 'Cheap items' },
  },
  lines_per_invoice: {
    high: { pt: 'Cesta variada', en: 'Varied basket' },
    low: { pt: 'Poucos itens', en: 'Few items' },
  },
  return_share: { high: { pt: 'Devolvem muito', en: 'Return a lot' } },
  year_end_share: {
    high: { pt: 'De fim de ano', en: 'Year-end' },
    low: { pt: 'Do ano todo', en: 'All year' },
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
  frequency: { pt: 'voltou {value} vezes', en: 'came back {value} times' },
  recency_days: {
    pt: '{value} dias entre a 1ª e a última compra',
    en: '{value} days from first to last purchase',
  },
  tenure_days: { pt: 'cliente há {value} dias', en: 'customer for {value} days' },
  monetary: { pt: 'compra usual de {value}', en: 'usual purchase of {value}' },
  days_since_purchase: { pt: '{value} dias sem comprar', en: '{value} days without a purchase' },
  purchases_90d: { pt: '{value} compras em 90 dias', en: '{value} purchases in 90 days' },
  revenue_90d: { pt: '{value} em 90 dias', en: '{value} in 90 days' },
  revenue_365d: { pt: '{value} em um ano', en: '{value} in a year' },
  interval_days: { pt: 'compra a cada {value} dias', en: 'buys every {value} days' },
  products: { pt: '{value} produtos diferentes', en: '{value} different products' },
  lines_per_invoice: { pt: '{value} itens por nota', en: '{value} lines an invoice' },
  units_per_line: { pt: '{value} unidades por item', en: '{value} units a line' },
  usual_price: { pt: 'preço usual de {value}', en: 'usual price {value}' },
  return_share: { pt: 'devolve {value} do que compra', en: 'returns {value} of purchases' },
  discount_share: { pt: '{value} de desconto', en: '{value} of discounts' },
  weekend_share: { pt: '{value} no fim de semana', en: '{value} at the weekend' },
  usual_hour: { pt: 'compra por volta das {value} h', en: 'buys around {value} h' },
  year_end_share: { pt: '{value} em novembro e dezembro', en: '{value} in November and December' },
};
