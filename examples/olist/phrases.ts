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

/** What columns of sellers are called, shared by the models that use them. */
export const sellerLabels = {
  seller_id: { pt: 'Vendedor', en: 'Seller' },
  seller_state: { pt: 'Estado', en: 'State' },
  main_category: { pt: 'Categoria', en: 'Category' },
  orders_30d: { pt: 'Pedidos, 30 dias', en: 'Orders, 30 days' },
  orders_90d: { pt: 'Pedidos, 90 dias', en: 'Orders, 90 days' },
  revenue_90d: { pt: 'Receita, 90 dias', en: 'Revenue, 90 days' },
  pace: { pt: 'Ritmo do último mês', en: 'Pace of the last month' },
  days_since_sale: { pt: 'Dias sem vender', en: 'Days without a sale' },
  tenure_days: { pt: 'Vende há quantos dias', en: 'Selling for days' },
  usual_price: { pt: 'Preço usual', en: 'Usual price' },
  freight_share: { pt: 'Frete sobre o preço', en: 'Freight of the price' },
  reviews_90d: { pt: 'Avaliações, 90 dias', en: 'Reviews, 90 days' },
  score_90d: { pt: 'Nota', en: 'Rating' },
  score_30d: { pt: 'Nota, último mês', en: 'Rating, last month' },
  low_share_90d: { pt: 'Notas 1 ou 2', en: 'Ratings of 1 or 2' },
  handling_days: { pt: 'Dias para postar', en: 'Days to hand over' },
  transit_days: { pt: 'Dias em trânsito', en: 'Days in transit' },
  late_share_90d: { pt: 'Atrasos', en: 'Late share' },
  stuck_orders: { pt: 'Pedidos parados', en: 'Orders stuck' },
  products: { pt: 'Produtos vendidos', en: 'Products sold' },
  categories: { pt: 'Categorias', en: 'Categories' },
  usual_weight_kg: { pt: 'Peso usual, kg', en: 'Usual weight, kg' },
  photos: { pt: 'Fotos por produto', en: 'Photos a product' },
};

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
