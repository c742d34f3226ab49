import { boosting, grid, monthly, regress, ridge, rowsSpine } from '@tino/system';

const has = (pt: string, en: string) => ({
  '0': { pt: `sem ${pt}`, en: `no ${en}` },
  '1': { pt: `com ${pt}`, en: `with ${en}` },
});

export default regress({
  entity: 'house',
  spine: rowsSpine('houses'),
  features: [],
  label: { column: 'price' },
  candidates: [
    ridge(grid({ alpha: [0.1, 1, 10] })),
    boosting(
      { rounds: 120, minDataInLeaf: 40 },
      grid({ leaves: [7, 31], learningRate: [0.1, 0.2] }),
    ),
  ],
  metric: 'rmse',
  gate: { minGain: 20 },
  folds: 3,
  floor: 0,
  schedule: { train: monthly(1, '03:00') },
  page: {
    title: { pt: 'Imóveis', en: 'Houses' },
    tab: { pt: 'Quanto vale?', en: 'What is it worth?' },
    noun: { pt: ['imóvel', 'imóveis'], en: ['house', 'houses'] },
    unit: 'money',
    worse: 'none',
    filters: ['city'],
    columns: ['area', 'baths', 'city'],
    phrases: {
      area: { pt: '{value} m²', en: '{value} m²' },
      garage: { pt: '{value} vagas', en: '{value} parking spaces' },
      fireplaces: { pt: '{value} lareiras', en: '{value} fireplaces' },
      baths: { pt: '{value} banheiros', en: '{value} baths' },
      white_marble: has('mármore branco', 'white marble'),
      black_marble: has('mármore preto', 'black marble'),
      indian_marble: has('mármore indiano', 'Indian marble'),
      floors: {
        '0': { pt: 'piso simples', en: 'plain floors' },
        '1': { pt: 'piso nobre', en: 'fine floors' },
      },
      city: { pt: 'cidade {value}', en: 'city {value}' },
      solar: has('energia solar', 'solar power'),
      electric: has('rede elétrica nova', 'new wiring'),
      fiber: has('fibra óptica', 'optical fibre'),
      glass_doors: has('portas de vidro', 'glass doors'),
      swimming_pool: has('piscina', 'swimming pool'),
      garden: has('jardim', 'garden'),
    },
  },
});
