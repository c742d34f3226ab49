/** What a group of sellers is called by what sets it apart. */
export const sellerNames = {
  orders_90d: {
    high: { pt: 'vendem muito', en: 'high volume' },
    low: { pt: 'vendem pouco', en: 'low volume' },
  },
  orders_30d: { high: { pt: 'em alta', en: 'selling now' }, low: { pt: 'parados', en: 'idle' } },
  revenue_90d: {
    high: { pt: 'maior receita', en: 'top revenue' },
    low: { pt: 'baixa receita', en: 'low revenue' },
  },
  days_since_sale: {
    high: { pt: 'sem vender', en: 'not selling' },
    low: { pt: 'ativos', en: 'active' },
  },
  tenure_days: { high: { pt: 'antigos', en: 'long-standing' }, low: { pt: 'novos', en: 'new' } },
  usual_price: {
    high: { pt: 'produto caro', en: 'pricey goods' },
    low: { pt: 'produto barato', en: 'cheap goods' },
  },
  score_90d: {
    high: { pt: 'bem avaliados', en: 'well rated' },
    low: { pt: 'mal avaliados', en: 'badly rated' },
  },
  low_share_90d: {
    high: { pt: 'muitas notas ruins', en: 'many bad ratings' },
    low: { pt: 'bem avaliados', en: 'well rated' },
  },
  late_share_90d: {
    high: { pt: 'atrasam', en: 'often late' },
    low: { pt: 'pontuais', en: 'on time' },
  },
  handling_days: {
    high: { pt: 'demoram a postar', en: 'slow to ship' },
    low: { pt: 'postam rápido', en: 'fast to ship' },
  },
  products: {
    high: { pt: 'catálogo largo', en: 'wide range' },
    low: { pt: 'catálogo pequeno', en: 'narrow range' },
  },
  usual_weight_kg: {
    high: { pt: 'produto pesado', en: 'heavy goods' },
    low: { pt: 'produto leve', en: 'light goods' },
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
  orders_30d: {
    pt: '{value} {pedido|pedidos} em 30 dias',
    en: '{value} {order|orders} in 30 days',
  },
  orders_90d: {
    pt: '{value} {pedido|pedidos} em 90 dias',
    en: '{value} {order|orders} in 90 days',
  },
  revenue_90d: { pt: '{value} de receita em 90 dias', en: '{value} revenue in 90 days' },
  pace: {
    pt: 'ritmo do último mês: {value} do trimestre',
    en: 'last month at {value} of the quarter',
  },
  days_since_sale: {
    pt: '{value} {dia|dias} sem vender',
    en: '{value} {day|days} without a sale',
  },
  tenure_days: { pt: 'vende há {value} {dia|dias}', en: 'selling for {value} {day|days}' },
  usual_price: { pt: 'preço usual de {value}', en: 'usual price {value}' },
  freight_share: { pt: 'frete é {value} do preço', en: 'freight is {value} of the price' },
  reviews_90d: {
    pt: '{value} {avaliação|avaliações} em 90 dias',
    en: '{value} {review|reviews} in 90 days',
  },
  score_90d: { pt: 'nota {value} em 90 dias', en: 'rated {value} over 90 days' },
  score_30d: { pt: 'nota {value} no último mês', en: 'rated {value} in the last month' },
  low_share_90d: { pt: '{value} das notas são 1 ou 2', en: '{value} of ratings are 1 or 2' },
  handling_days: {
    pt: '{value} {dia|dias} para postar',
    en: '{value} {day|days} to hand over',
  },
  transit_days: { pt: '{value} {dia|dias} em trânsito', en: '{value} {day|days} in transit' },
  late_share_90d: { pt: '{value} dos pedidos com atraso', en: '{value} of orders late' },
  stuck_orders: {
    pt: '{value} {pedido parado|pedidos parados}',
    en: '{value} {order|orders} stuck',
  },
  main_category: { pt: 'vende mais {value}', en: 'sells mostly {value}' },
  seller_state: { pt: 'fica em {value}', en: 'based in {value}' },
  products: {
    pt: '{value} {produto vendido|produtos vendidos}',
    en: '{value} {product|products} sold',
  },
  categories: { pt: '{value} {categoria|categorias}', en: '{value} {category|categories}' },
  usual_weight_kg: { pt: 'produto usual de {value} kg', en: 'usual product of {value} kg' },
  photos: { pt: '{value} {foto|fotos} por produto', en: '{value} {photo|photos} a product' },
};
