import type { Rng } from '@tino/learn';
import { between, chance, hexKey, logNormal, pick, round } from '../../chance.js';
import type { Cell } from '../../simulator.js';

/** Portuguese and English name, usual price in R$, usual weight in grams. */
const categories: [name: string, english: string, price: number, grams: number][] = [
  ['beleza_saude', 'health_beauty', 90, 600],
  ['informatica_acessorios', 'computers_accessories', 110, 700],
  ['automotivo', 'auto', 130, 1800],
  ['cama_mesa_banho', 'bed_bath_table', 95, 1900],
  ['moveis_decoracao', 'furniture_decor', 90, 2800],
  ['esporte_lazer', 'sports_leisure', 110, 1500],
  ['perfumaria', 'perfumery', 115, 450],
  ['utilidades_domesticas', 'housewares', 85, 2000],
  ['telefonia', 'telephony', 70, 250],
  ['relogios_presentes', 'watches_gifts', 190, 400],
  ['bebes', 'baby', 125, 2500],
  ['papelaria', 'stationery', 80, 1000],
  ['brinquedos', 'toys', 110, 1400],
  ['pet_shop', 'pet_shop', 100, 2600],
];

/** What the funnel calls a seller's line of business, by category of what it sells. */
export const segments: Record<string, string> = {
  beleza_saude: 'health_beauty',
  informatica_acessorios: 'computers',
  automotivo: 'car_accessories',
  cama_mesa_banho: 'bed_bath_table',
  moveis_decoracao: 'home_decor',
  esporte_lazer: 'sports_leisure',
  perfumaria: 'perfume',
  utilidades_domesticas: 'household_utilities',
  telefonia: 'phone_mobile',
  relogios_presentes: 'watches',
  bebes: 'baby',
  papelaria: 'stationery',
  brinquedos: 'toys',
  pet_shop: 'pet',
};
export const categoryNames = categories.map(([name]) => name);

export const translationColumns = ['product_category_name', 'product_category_name_english'];
export const translations: Cell[][] = categories.map(([name, english]) => [name, english]);

export interface Product {
  id: string;
  category: string;
  price: number;
  grams: number;
  row: Cell[];
}
/** The misspelled names are the public table's. */
export const productColumns = (
  'product_id product_category_name product_name_lenght product_description_lenght ' +
  'product_photos_qty product_weight_g product_length_cm product_height_cm ' +
  'product_width_cm'
).split(' ');

/** Two products in a hundred have no category and no text, as in the public table. */
export function makeProduct(category: string, rng: Rng): Product {
  const [, , usualPrice, usualGrams] = categories.find(([name]) => name === category)!;
  const id = hexKey(rng);
  const price = Math.max(9.9, Math.round(logNormal(usualPrice, 0.5, rng)) - 0.1);
  const grams = Math.max(100, 50 * Math.round(logNormal(usualGrams, 0.5, rng) / 50));
  const centimetres = () => 11 + rng.below(45);
  const texts: Cell[] = chance(0.02, rng)
    ? [null, null, null, null]
    : [
        category,
        25 + rng.below(39),
        Math.round(between(100, 2400, rng)),
        pick([1, 1, 2, 3, 5], rng),
      ];
  const size = [grams, centimetres(), centimetres(), centimetres()];
  return { id, category, price: round(price), grams, row: [id, ...texts, ...size] };
}
