import type { Rng } from '@tino/learn';
import { pickWeighted } from '../../chance.js';
import type { Cell } from '../../simulator.js';

export interface Place {
  state: string;
  city: string;
  zip: number;
  latitude: number;
  longitude: number;
  buyers: number;
  sellers: number;
}
const place = (
  state: string,
  city: string,
  zip: number,
  [latitude, longitude]: [number, number],
  [buyers, sellers]: [number, number],
): Place => ({ state, city, zip, latitude, longitude, buyers, sellers });

export const places: Place[] = [
  place('SP', 'sao paulo', 1001, [-23.55, -46.63], [30, 30]),
  place('SP', 'campinas', 13010, [-22.91, -47.06], [10, 14]),
  place('RJ', 'rio de janeiro', 20010, [-22.91, -43.17], [14, 6]),
  place('MG', 'belo horizonte', 30110, [-19.92, -43.94], [12, 8]),
  place('PR', 'curitiba', 80010, [-25.43, -49.27], [6, 11]),
  place('RS', 'porto alegre', 90010, [-30.03, -51.23], [6, 5]),
  place('SC', 'florianopolis', 88010, [-27.6, -48.55], [4, 5]),
  place('BA', 'salvador', 40010, [-12.97, -38.5], [4, 1]),
  place('DF', 'brasilia', 70040, [-15.78, -47.93], [3, 1]),
  place('PE', 'recife', 50010, [-8.05, -34.88], [3, 1]),
  place('CE', 'fortaleza', 60010, [-3.73, -38.52], [2, 1]),
  place('PA', 'belem', 66010, [-1.46, -48.5], [2, 0.2]),
];
/** Postal code prefixes of a place: as many as its geolocation rows. */
export const zipsAPlace = 25;

export const pickPlace = (role: 'buyers' | 'sellers', rng: Rng): Place =>
  pickWeighted(
    places.map((p) => [p, p[role]] as const),
    rng,
  );

/** A prefix of a place, five digits, zeros kept. */
export const zipOf = ({ zip }: Place, rng: Rng): string => zipText(zip + rng.below(zipsAPlace));

const zipText = (zip: number) => String(zip).padStart(5, '0');

/** Great-circle distance, in thousands of kilometres (haversine). */
export function distance(a: Place, b: Place): number {
  const radians = Math.PI / 180;
  const across = Math.sin(((b.longitude - a.longitude) * radians) / 2) ** 2;
  const h =
    Math.sin(((b.latitude - a.latitude) * radians) / 2) ** 2 +
    Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * across;
  return 12.742 * Math.asin(Math.sqrt(h));
}

export const geolocationColumns = (
  'geolocation_zip_code_prefix geolocation_lat geolocation_lng geolocation_city ' +
  'geolocation_state'
).split(' ');
/** One to two points a prefix: the public table repeats them. */
export function* geolocation(rng: Rng): Generator<Cell[]> {
  for (const { zip, latitude, longitude, city, state } of places) {
    for (let i = 0; i < zipsAPlace; i++) {
      for (let again = rng.below(2); again >= 0; again--) {
        const point = [latitude + 0.05 * rng.normal(), longitude + 0.05 * rng.normal()];
        yield [zipText(zip + i), ...point, city, state];
      }
    }
  }
}
