import type { Rng } from '@tino/learn';
import { between, chance, gamma, hexKey, pick } from '../../chance.js';
import type { Cell } from '../../simulator.js';
import { pickPlace, zipOf, type Place } from './places.js';
import { categoryNames, makeProduct, type Product } from './products.js';

/** Days between the first sign that a seller will stop and its last sale. */
export const declineDays = 75;

export interface Seller {
  id: string;
  place: Place;
  zip: string;
  products: Product[];
  /** Orders a day in an ordinary week. */
  rate: number;
  /** Days from approval to the carrier, on average. */
  handlingDays: number;
  /** What its service takes from a review, in points. */
  sloppiness: number;
  starts: number;
  /** Day of the last sale; null for sellers that stay. */
  stops: number | null;
}

export const sellerColumns = ['seller_id', 'seller_zip_code_prefix', 'seller_city', 'seller_state'];
export const sellerRow = ({ id, zip, place }: Seller): Cell[] => [id, zip, place.city, place.state];

/** Sloppy and slow sellers leave sooner: hazard a month of 1.5 % × exp(1.1 × sloppiness). */
export function makeSeller(starts: number, last: number, rng: Rng): Seller {
  const place = pickPlace('sellers', rng);
  const category = pick(categoryNames, rng);
  const second = pick(categoryNames, rng);
  const products = Array.from({ length: 1 + rng.below(8) }, () =>
    makeProduct(chance(0.85, rng) ? category : second, rng),
  );
  const sloppiness = Math.min(2, Math.max(0, 0.6 + 0.6 * rng.normal()));
  const hazard = (0.015 * Math.exp(1.1 * sloppiness)) / 30;
  const life = 60 - Math.log(1 - rng.next()) / hazard;
  return {
    id: hexKey(rng),
    place,
    zip: zipOf(place, rng),
    products,
    rate: 0.03 + 0.07 * gamma(1.2, rng),
    handlingDays: 1 + 1.6 * sloppiness + between(0, 1, rng),
    sloppiness,
    starts,
    stops: starts + life < last ? Math.floor(starts + life) : null,
  };
}

/** How far gone a seller is: 0 until `declineDays` before its last sale, then up to 1. */
export function decline({ stops }: Seller, day: number): number {
  if (stops === null) return 0;
  return Math.min(1, Math.max(0, 1 - (stops - day) / declineDays));
}
