/**
 * The world's constants. `cheapest` is the month in which the ingredient costs least (null: no
 * season); `swing` the seasonal amplitude of the logarithm of its price; `drift` the yearly rise.
 */
export interface Ingredient {
  id: number;
  name: string;
  unit: 'kg' | 'l' | 'un';
  category: string;
  price: number;
  cheapest: number | null;
  swing: number;
  drift: number;
  /** Units in a box, for those that some restaurants buy by the box. */
  box?: number;
  everyDays: number;
}

type Row = [price: number, cheapest: number | null, swing: number, drift: number, days: number];
const item = (
  id: number,
  name: string,
  unit: Ingredient['unit'],
  category: string,
  [price, cheapest, swing, drift, everyDays]: Row,
): Ingredient => ({ id, name, unit, category, price, cheapest, swing, drift, everyDays });

export const ingredients: Ingredient[] = [
  item(1, 'Arroz', 'kg', 'grãos', [6.2, null, 0, 0.06, 16]),
  item(2, 'Feijão', 'kg', 'grãos', [8.4, 4, 0.12, 0.05, 14]),
  item(3, 'Farinha de trigo', 'kg', 'grãos', [5.1, null, 0, 0.04, 15]),
  item(4, 'Carne bovina', 'kg', 'carnes', [38.5, 5, 0.06, 0.09, 8]),
  item(5, 'Frango', 'kg', 'carnes', [16.9, null, 0, 0.05, 8]),
  item(6, 'Queijo muçarela', 'kg', 'laticínios', [42, 12, 0.07, 0.05, 9]),
  { ...item(7, 'Tomate', 'kg', 'hortifrúti', [7.2, 8, 0.35, 0.05, 6]), box: 20 },
  { ...item(8, 'Batata', 'kg', 'hortifrúti', [5.6, 9, 0.25, 0.05, 8]), box: 25 },
];

/** Name, category, reference price, elasticity, units a day at it, recipe per unit. */
export interface DishKind {
  name: string;
  category: string;
  price: number;
  elasticity: number;
  units: number;
  recipe: Record<number, number>;
}
const dish = (
  name: string,
  category: string,
  [price, elasticity, units]: [number, number, number],
  recipe: Record<number, number>,
): DishKind => ({ name, category, price, elasticity, units, recipe });

export const dishKinds: DishKind[] = [
  dish('Prato feito', 'pratos', [26.9, -2.4, 34], { 1: 0.15, 2: 0.12, 4: 0.18 }),
  dish('Frango grelhado', 'pratos', [31.9, -1.8, 18], { 1: 0.12, 5: 0.25, 7: 0.1 }),
  dish('Filé à parmegiana', 'pratos', [48.9, -1.6, 12], { 4: 0.22, 6: 0.08, 7: 0.15, 1: 0.12 }),
  dish('Pizza muçarela', 'massas', [52.9, -2.0, 15], { 3: 0.3, 6: 0.25, 7: 0.12 }),
  dish('Batata frita', 'porções', [28.9, -1.5, 14], { 8: 0.5 }),
];

export const places: [name: string, city: string, state: string, cuisine: string, size: string][] =
  [
    ['Cantina da Praça', 'São Paulo', 'SP', 'italiana', 'média'],
    ['Sabor Mineiro', 'Belo Horizonte', 'MG', 'mineira', 'grande'],
    ['Bar do Porto', 'Salvador', 'BA', 'baiana', 'pequena'],
    ['Dona Lourdes', 'Curitiba', 'PR', 'caseira', 'média'],
    ['Recanto do Sul', 'Porto Alegre', 'RS', 'churrascaria', 'grande'],
    ['Esquina 21', 'Rio de Janeiro', 'RJ', 'variada', 'pequena'],
    ['Quintal Novo', 'Campinas', 'SP', 'caseira', 'pequena'],
  ];
