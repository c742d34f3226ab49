/** Season of a category: when it peaks (0 to 1 of the year), by how much, and December's lift. */
export interface Category {
  units: number;
  peak: number;
  amplitude: number;
  december: number;
}

export const categories = {
  Bebidas: { units: 22, peak: 0.02, amplitude: 0.3, december: 1.35 },
  Padaria: { units: 26, peak: 0.5, amplitude: 0.08, december: 1.1 },
  Higiene: { units: 12, peak: 0.1, amplitude: 0.05, december: 1.0 },
  Limpeza: { units: 10, peak: 0.95, amplitude: 0.06, december: 1.1 },
  Vestuário: { units: 6, peak: 0.45, amplitude: 0.25, december: 1.8 },
  Brinquedos: { units: 5, peak: 0.78, amplitude: 0.2, december: 2.4 },
} satisfies Record<string, Category>;

export const productNames: [name: string, category: keyof typeof categories, price: number][] = [
  ['Água mineral 1,5 L', 'Bebidas', 3.49],
  ['Refrigerante 2 L', 'Bebidas', 9.9],
  ['Suco de uva 1 L', 'Bebidas', 14.9],
  ['Cerveja lata 350 ml', 'Bebidas', 4.29],
  ['Pão francês (kg)', 'Padaria', 17.9],
  ['Bolo de fubá', 'Padaria', 19.9],
  ['Pão de queijo (kg)', 'Padaria', 39.9],
  ['Sabonete 90 g', 'Higiene', 2.99],
  ['Shampoo 350 ml', 'Higiene', 18.9],
  ['Creme dental', 'Higiene', 6.49],
  ['Papel higiênico 12 un', 'Higiene', 21.9],
  ['Detergente 500 ml', 'Limpeza', 2.79],
  ['Sabão em pó 1,6 kg', 'Limpeza', 24.9],
  ['Desinfetante 1 L', 'Limpeza', 9.49],
  ['Camiseta básica', 'Vestuário', 39.9],
  ['Moletom', 'Vestuário', 119.9],
  ['Meia (par)', 'Vestuário', 12.9],
  ['Carrinho', 'Brinquedos', 29.9],
  ['Boneca', 'Brinquedos', 69.9],
  ['Quebra-cabeça', 'Brinquedos', 44.9],
];

export const storeNames: [city: string, state: string][] = [
  ['Campinas', 'SP'],
  ['Santos', 'SP'],
  ['Belo Horizonte', 'MG'],
  ['Uberlândia', 'MG'],
  ['Curitiba', 'PR'],
  ['Londrina', 'PR'],
  ['Salvador', 'BA'],
  ['Recife', 'PE'],
];
