import {
  category,
  date,
  days,
  defineWorkspace,
  entity,
  integer,
  number,
  quantity,
  source,
  text,
  timestamp,
  unitPrice,
} from '@tino/system';

export default defineWorkspace({
  name: 'restaurant',
  title: { pt: 'Restaurantes', en: 'Restaurants' },
  zone: 'America/Sao_Paulo',
  language: 'pt',
  currency: 'BRL',
  sources: {
    restaurants: source({
      files: 'data/restaurants.csv*',
      key: 'restaurant_id',
      columns: {
        restaurant_id: integer({ required: true }),
        restaurant_name: text({ from: 'name', required: true }),
        city: category(),
        state: category(),
        cuisine: category(),
        size: category({ values: ['pequena', 'média', 'grande'] }),
        opened_at: date(),
      },
    }),
    dishes: source({
      files: 'data/dishes.csv*',
      key: 'dish_id',
      columns: {
        dish_id: integer({ required: true }),
        restaurant_id: integer({ required: true }),
        dish_name: text({ from: 'name', required: true }),
        category: category({ required: true }),
      },
    }),
    ingredients: source({
      files: 'data/ingredients.csv*',
      key: 'ingredient_id',
      columns: {
        ingredient_id: integer({ required: true }),
        ingredient_name: text({ from: 'name', required: true }),
        unit: category({ values: ['kg', 'l', 'un'] }),
        category: category({ required: true }),
        seasonality: category(),
        units_per_box: number({ min: 0 }),
      },
    }),
    recipes: source({
      files: 'data/recipes.csv*',
      key: ['dish_id', 'ingredient_id'],
      columns: {
        dish_id: integer({ required: true }),
        ingredient_id: integer({ required: true }),
        quantity: quantity({ required: true, min: 0 }),
      },
    }),
    purchases: source({
      files: 'data/purchases.csv*',
      eventTime: 'bought_at',
      freshWithin: days(7),
      columns: {
        restaurant_id: integer({ required: true }),
        ingredient_id: integer({ required: true }),
        bought_at: timestamp({ required: true }),
        quantity: quantity({ required: true, min: 0.001 }),
        unit: category({ required: true, values: ['kg', 'l', 'un', 'cx'] }),
        unit_cost: unitPrice({ required: true, min: 0.0001 }),
      },
    }),
    sales: source({
      files: 'data/sales.csv*',
      eventTime: 'sold_at',
      freshWithin: days(2),
      columns: {
        restaurant_id: integer({ required: true }),
        dish_id: integer({ required: true }),
        sold_at: timestamp({ required: true }),
        quantity: quantity({ required: true, min: 0 }),
        unit_price: unitPrice({ required: true, min: 0 }),
      },
    }),
  },
  entities: {
    restaurant: entity('restaurant_id', {
      pt: ['restaurante', 'restaurantes'],
      en: ['restaurant', 'restaurants'],
    }),
    ingredient: entity(['restaurant_id', 'item_id'], {
      pt: ['ingrediente', 'ingredientes'],
      en: ['ingredient', 'ingredients'],
    }),
    dish: entity(['restaurant_id', 'item_id'], { pt: ['prato', 'pratos'], en: ['dish', 'dishes'] }),
  },
});
