/**
 * Houses with the sixteen columns of the public half-million file, all integers, written while they
 * are generated: a million rows take the memory of one.
 *
 * The truth, in R$: the sum of `terms`, plus two interactions that no straight line follows
 * (a pool is worth twice as much beside a garden; white marble gains R$ 20 for each m² of area
 * above 125), plus normal noise of `noise`. The best possible R² is about 0.98.
 */
import { seeded, type Rng } from '@tino/learn';
import { pick } from '../chance.js';
import type { Cell, SimulateOptions, Table } from '../simulator.js';

export const terms = {
  base: 1000,
  area: 25,
  garage: 1500,
  firePlace: 750,
  bath: 1250,
  marble: { white: 14_000, black: 5000, indian: 0 },
  floors: 15_000,
  city: { 1: 0, 2: 3500, 3: 7000 },
  solar: 250,
  electric: 1250,
  fiber: 11_750,
  glassDoors: 4450,
  pool: 1200,
  garden: 600,
  poolBesideGarden: 1200,
  whiteMarbleByArea: 20,
} as const;
export const noise = 1500;

const columns = (
  'Area,Garage,FirePlace,Baths,White Marble,Black Marble,Indian Marble,Floors,City,Solar,Electric,' +
  'Fiber,Glass Doors,Swiming Pool,Garden,Prices'
).split(',');

export default function simulate({ seed = 1, rows = 50_000 }: SimulateOptions = {}): Table[] {
  return [{ table: 'houses', columns, rows: houses(rows, seeded(seed)) }];
}

function* houses(count: number, rng: Rng): Generator<Cell[]> {
  for (let i = 0; i < count; i++) yield house(rng);
}

function house(rng: Rng): Cell[] {
  const flag = () => rng.below(2);
  const area = 1 + rng.below(249);
  const garage = 1 + rng.below(3);
  const firePlace = rng.below(5);
  const baths = 1 + rng.below(5);
  const marble = pick(['white', 'black', 'indian'] as const, rng);
  const floors = flag();
  const city = pick([1, 2, 3] as const, rng);
  const features = [flag(), flag(), flag(), flag(), flag(), flag()] as const;
  const [solar, electric, fiber, glassDoors, pool, garden] = features;
  const price =
    terms.base +
    terms.area * area +
    terms.garage * garage +
    terms.firePlace * firePlace +
    terms.bath * baths +
    terms.marble[marble] +
    (marble === 'white' ? terms.whiteMarbleByArea * (area - 125) : 0) +
    terms.floors * floors +
    terms.city[city] +
    terms.solar * solar +
    terms.electric * electric +
    terms.fiber * fiber +
    terms.glassDoors * glassDoors +
    terms.pool * pool +
    terms.garden * garden +
    terms.poolBesideGarden * pool * garden +
    noise * rng.normal();
  const oneHot = (['white', 'black', 'indian'] as const).map((name) => Number(name === marble));
  return [
    ...[area, garage, firePlace, baths].concat(oneHot, floors, city),
    ...features,
    Math.max(1000, Math.round(price)),
  ];
}
