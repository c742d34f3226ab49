import type { Rng } from '@tino/learn';
import { chance, exponential, hexKey, pick } from '../../chance.js';
import { dateText, timeText } from '../../dates.js';
import type { Cell } from '../../simulator.js';
import type { Delivery } from './orders.js';
import { decline, type Seller } from './sellers.js';

export const reviewColumns = (
  'review_id order_id review_score review_comment_title review_comment_message ' +
  'review_creation_date review_answer_timestamp'
).split(' ');

const praise = ['Recomendo', 'Chegou antes do prazo', 'Produto muito bom, "nota dez"'];
const complaints = [
  'Atrasou muito',
  'Não gostei, veio com defeito',
  'Demorou,\ne ninguém respondeu',
];

/**
 * The question goes out the midnight after delivery and is answered days later. As in the public
 * table, an order may have two answers, and one answer may stand under two orders' ids.
 */
export function reviewsOf(
  order: string,
  trip: Delivery,
  seller: Seller,
  last: number,
  rng: Rng,
): Cell[][] {
  const asked = Math.floor(trip.delivered) + 1;
  const answered = asked + 0.3 + exponential(2, rng);
  if (answered >= last + 1 || chance(0.01, rng)) return [];
  const score = scoreOf(trip, seller, rng);
  const row = [hexKey(rng), order, score, ...commentOf(score, rng), at(asked), timeText(answered)];
  if (!chance(0.005, rng)) return [row];
  const again = answered + 0.5;
  const second = [hexKey(rng), order, Math.max(1, score - 1), null, null, at(asked)];
  return again < last + 1 ? [row, [...second, timeText(again)]] : [row];
}

const at = (day: number) => `${dateText(day)} 00:00:00`;

/** Late costs two points and more; a sloppy or declining seller costs the rest. */
function scoreOf(trip: Delivery, seller: Seller, rng: Rng): number {
  const late = trip.delivered - trip.estimated;
  const lateness = late > 0 ? 2 + Math.min(1.5, late / 10) : 0;
  const service = 0.6 * seller.sloppiness + decline(seller, trip.purchased);
  return Math.min(5, Math.max(1, Math.round(5.2 - lateness - service + 0.9 * rng.normal())));
}

function commentOf(score: number, rng: Rng): [Cell, Cell] {
  if (!chance(0.4, rng)) return [null, null];
  const message = pick(score >= 4 ? praise : complaints, rng);
  return [chance(0.25, rng) ? (score >= 4 ? 'Ótimo' : 'Péssimo') : null, message];
}
