/** What a group of sellers is called by what sets it apart. */
export const sellerNames = {
  orders_90d: {
    high: { pt: 'Vendem muito', en: 'High volume' },
    low: { pt: 'Vendem pouco', en: 'Low volume' },
  },
  orders_30d: { high: { pt: 'Em alta', en: 'Selling now' }, low: { pt: 'Parados', en: 'Idle' } },
  revenue_90d: {
    high: { pt: 'Maior receita', en: 'Top revenue' },
    low: { pt: 'Baixa receita', en: 'Low revenue' },
  },
  days_since_sale: {
    high: { pt: 'Sem vender', en: 'Not selling' },
    low: { pt: 'Ativos', en: 'Active' },
  },
  tenure_days: { high: { pt: 'Antigos', en: 'Long-standing' }, low: { pt: 'Novos', en: 'New' } },
  usual_price: {
    high: { pt: 'Produto caro', en: 'Pricey goods' },
    low: { pt: 'Produto barato', en: 'Cheap goods' },
  },
  score_90d: {
    high: { pt: 'Bem avaliados', en: 'Well rated' },
    low: { pt: 'Mal avaliados', en: 'Badly rated' },
  },
  low_share_90d: {
    high: { pt: 'Muitas notas ruins', en: 'Many bad ratings' },
    low: { pt: 'Bem avaliados', en: 'Well rated' },
  },
  late_share_90d: {
    high: { pt: 'Atrasam', en: 'Often late' },
    low: { pt: 'Pontuais', en: 'On time' },
  },
  handling_days: {
    high: { pt: 'Demoram a postar', en: 'Slow to ship' },
    low: { pt: 'Postam rápido', en: 'Fast to ship' },
  },
  products: {
    high: { pt: 'Catálogo largo', en: 'Wide range' },
    low: { pt: 'Catálogo pequeno', en: 'Narrow range' },
  },
  usual_weight_kg: {
    high: { pt: 'Produto pesado', en: 'Heavy goods' },
    low: { pt: 'Produto leve', en: 'Light goods' },
  },
};

/** Columns that are money. */
export const sellerUnits = { revenue_90d: 'money', usual_price: 'money' } as const;

/** What the seller pages say of each feature, shared by the models that use it. */
export const sellerPhrases = {
  orders_30d: { pt: '{value} pedidos em 30 dias', en: '{value} orders in 30 days' },
  orders_90d: { pt: '{value} pedidos em 90 dias', en: '{value} orders in 90 days' },
  revenue_90d: { pt: '{value} de receita em 90 dias', en: '{value} revenue in 90 days' },
  pace: {
    pt: 'ritmo do último mês: {value} do trimestre',
    en: 'last month at {value} of the quarter',
  },
  days_since_sale: { pt: '{value} dias sem vender', en: '{value} days without a sale' },
  tenure_days: { pt: 'vende há {value} dias', en: 'selling for {value} days' },
  usual_price: { pt: 'preço usual de {value}', en: 'usual price {value}' },
  freight_share: { pt: 'frete é {value} do preço', en: 'freight is {value} of the price' },
  reviews_90d: { pt: '{value} avaliações em 90 dias', en: '{value} reviews in 90 days' },
  score_90d: { pt: 'nota {value} em 90 dias', en: 'rated {value} over 90 days' },
  score_30d: { pt: 'nota {value} no último mês', en: 'rated {value} in the last month' },
  low_share_90d: { pt: '{value} das notas são 1 ou 2', en: '{value} of ratings are 1 or 2' },
  handling_days: { pt: '{value} dias para postar', en: '{value} days to hand over' },
  transit_days: { pt: '{value} dias em trânsito', en: '{value} days in transit' },
  late_share_90d: { pt: '{value} entregue com atraso', en: '{value} delivered late' },
  stuck_orders: { pt: '{value} pedidos parados', en: '{value} orders stuck' },
  main_category: { pt: 'vende mais {value}', en: 'sells mostly {value}' },
  seller_state: { pt: 'fica em {value}', en: 'based in {value}' },
  products: { pt: '{value} produtos vendidos', en: '{value} products sold' },
  categories: { pt: '{value} categorias', en: '{value} categories' },
  usual_weight_kg: { pt: 'produto usual de {value} kg', en: 'usual product of {value} kg' },
  photos: { pt: '{value} fotos por produto', en: '{value} photos a product' },
};
