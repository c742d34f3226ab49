import { category, defineWorkspace, entity, integer, money, source } from '@tino/system';

const flag = (from: string) => integer({ from, required: true, min: 0, max: 1 });

export default defineWorkspace({
  name: 'houses',
  title: { pt: 'Imóveis', en: 'Houses' },
  zone: 'America/Sao_Paulo',
  language: 'pt',
  currency: 'BRL',
  sources: {
    houses: source({
      files: 'data/houses.csv*',
      columns: {
        area: integer({ from: 'Area', required: true, min: 1 }),
        garage: integer({ from: 'Garage', min: 0 }),
        fireplaces: integer({ from: 'FirePlace', min: 0 }),
        baths: integer({ from: 'Baths', min: 0 }),
        white_marble: flag('White Marble'),
        black_marble: flag('Black Marble'),
        indian_marble: flag('Indian Marble'),
        floors: flag('Floors'),
        city: category({ from: 'City', required: true, values: ['1', '2', '3'] }),
        solar: flag('Solar'),
        electric: flag('Electric'),
        fiber: flag('Fiber'),
        glass_doors: flag('Glass Doors'),
        swimming_pool: flag('Swiming Pool'),
        garden: flag('Garden'),
        price: money({ from: 'Prices', required: true, min: 0 }),
      },
    }),
  },
  entities: {
    house: entity('house_id', { pt: ['imóvel', 'imóveis'], en: ['house', 'houses'] }),
  },
});
